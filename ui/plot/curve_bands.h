// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is filled behind curves: bands of standard errors, and hatching where a parameter is untrained.

#include "ui/plot/line_labels.h"
#include "ui/plot/plot_context.h"

namespace posbias::ui {

void paintCurveBands(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t panel);
/// "A untrained", left of what is hatched; `index`: into CurvePanel::hatched.
std::vector<LineLabel> hatchedLabels(const PlotContext& context, const PanelPlace& place, const CurvePanel& panel);
void paintHatchedOffsets(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t panel);

}  // namespace posbias::ui
