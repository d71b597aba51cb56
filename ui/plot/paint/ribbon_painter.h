// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The ribbons: which parameter an offset uses.

#include "ui/plot/paint/plot_context.h"

namespace posbias::ui {

/// Where the numbers and words of segments stand that the crosshair does not change.
std::vector<QRectF> ribbonWords(const PlotContext& context, std::size_t row);
/// Of the chosen segments, where the crosshair's line is at x.
std::vector<QRectF> chosenRibbonWords(const PlotContext& context, std::size_t row, std::int64_t offset, double x);
void paintRibbons(QPainter& painter, const PlotContext& context, std::size_t row);
/// The segments of the crosshair's offset, solid, over what paintRibbons drew, and the crosshair's line at x, from
/// `top` on. Words are left out, or move aside.
void paintChosenSegments(QPainter& painter, const PlotContext& context, std::size_t row, std::int64_t offset, double x,
                         double top);

}  // namespace posbias::ui
