// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is filled behind curves: bands of standard errors, and hatching where a parameter is untrained.

#include "ui/plot/paint/plot_context.h"

namespace posbias::ui {

void paintCurveBands(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t panel);
/// The strips of each of CurvePanel::hatched along the bottom of the plot, one set above the other.
std::vector<std::vector<QRectF>> hatchedStrips(const PlotContext& context, const CurvePanel& panel,
                                               const PanelPlace& place);
/// Of what has no value, in the scheme's colour: of such a strip, and of the sample in a legend.
void paintHatched(QPainter& painter, const PlotContext& context, const QRectF& rect, Role role);
void paintHatchedOffsets(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t panel);

}  // namespace posbias::ui
