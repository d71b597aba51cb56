// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The values of a chart under the pointer.

#include "ui/plot/paint/plot_context.h"

namespace posbias::ui {

/// At the x with a value that is nearest to PlotContext::chartHover: a line, dots and a box beside them.
void paintChartReadout(QPainter& painter, const PlotContext& context);

}  // namespace posbias::ui
