// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The words within the panels of a figure, all placed together: PlotContext::labels.

#include "ui/plot/paint/plot_context.h"

namespace posbias::ui {

/// To be called after each change of the geometry.
void placeLabels(PlotContext& context);
/// Where only the cells that maps show have changed.
void placeMapLabels(PlotContext& context);

/// All of a panel's: what a line that is drawn over them has to leave out.
std::vector<QRectF> labelGaps(const PanelLabels& labels);

}  // namespace posbias::ui
