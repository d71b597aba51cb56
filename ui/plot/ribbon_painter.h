// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The ribbons: which parameter an offset uses.

#include "ui/plot/plot_context.h"

namespace posbias::ui {

void paintRibbons(QPainter& painter, const PlotContext& context, std::size_t row);
/// The segment of the crosshair's offset, solid, over what paintRibbons drew, and the crosshair's line across it.
void paintChosenSegments(QPainter& painter, const PlotContext& context, std::size_t row, std::int64_t offset,
                         double line);

}  // namespace posbias::ui
