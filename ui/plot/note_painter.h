// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Annotations, the figure's title and its caption.

#include "ui/plot/plot_context.h"

namespace posbias::ui {

/// Over everything else of the panel, and only where its axes have a place for the note.
void paintNotes(QPainter& painter, const PlotContext& context);
/// Title and caption where the geometry puts them.
void paintFigureWords(QPainter& painter, const PlotContext& context);

}  // namespace posbias::ui
