// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Annotations, the figure's title and its caption.

#include "ui/plot/paint/plot_context.h"

namespace posbias::ui {

/// What the annotations of a panel say, where its axes have a place for them; what they draw is put into the room.
std::vector<LabelWish> noteWishes(const PlotContext& context, std::size_t row, std::size_t panel, LabelRoom& room);
/// Their lines, over everything else of the panels but the crosshair.
void paintNoteLines(QPainter& painter, const PlotContext& context);
/// Their words, those of the context's labels: over the crosshair, too.
void paintNoteWords(QPainter& painter, const PlotContext& context);
/// Title and caption where the geometry puts them.
void paintFigureWords(QPainter& painter, const PlotContext& context);

}  // namespace posbias::ui
