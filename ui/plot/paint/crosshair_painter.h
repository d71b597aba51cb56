// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The crosshair on every panel: diagonal and cell on maps, the offset's line on ribbons and curves.

#include "ui/plot/paint/plot_context.h"

namespace posbias::ui {

void paintCrosshair(QPainter& painter, const PlotContext& context);

/// What it draws in a panel, for words that stay clear of it.
void avoidCrosshair(const PlotContext& context, std::size_t row, std::size_t panel, LabelRoom& room);

/// Of a panel of curves in a file, where it stays: what its words take of guides beneath them.
std::optional<QRectF> crosshairGap(const PlotContext& context, std::size_t row, std::size_t panel);

}  // namespace posbias::ui
