// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Signed parts that add up, as groups of bars.

#include "ui/plot/paint/plot_context.h"

namespace posbias::ui {

void paintBars(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t panel);

}  // namespace posbias::ui
