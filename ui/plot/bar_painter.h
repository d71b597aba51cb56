// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Signed parts that add up, as groups of bars.

#include "ui/plot/plot_context.h"

namespace posbias::ui {

/// Into which a panel that is narrow breaks the names of its groups.
inline constexpr std::size_t linesOfBarNames = 2;

/// Of the plot: words, and bars long enough to be compared.
double leastBarsWidth(const BarPanel& panel, const Fonts& fonts);

void paintBars(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t panel);

}  // namespace posbias::ui
