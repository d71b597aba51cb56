// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Values of charts on their axes: where they stand, from where to where, and the ticks.

#include "core/figure/figure.h"
#include "ui/plot/ink/ticks.h"
#include "ui/plot/layout/value_range.h"

#include <vector>

namespace posbias::ui {

/// Where a value stands, in axis coordinates: log10 on a logarithmic axis. NaN where it has no place.
double axisPosition(const ChartAxis& axis, double value);
/// The value there, within the axis's span where it has one.
double axisValue(const ChartAxis& axis, double position);

/// In axis coordinates, without room to spare. Of a chart without anything to show: 0 to 1.
ValueRange chartRangeX(const ChartPanel& panel);
ValueRange chartRangeY(const ChartPanel& panel);

/// A handle's grip, at the foot of its line.
inline constexpr double gripWidth = 20.0, gripHeight = 17.0, gripGap = 4.0;
inline constexpr double gripArrow = 7.0;  ///< to either side
/// How many grips each handle's stands above, at these positions along x, so that none covers another.
std::vector<int> gripLevels(const std::vector<double>& pixels);
/// What all grips take of the foot of a plot of this width; 0 without handles.
double handleRoom(const ChartPanel& panel, double width);

/// Labels side by side, `width` wide each.
std::vector<Tick> chartTicksX(const ChartAxis& axis, const ValueRange& range, double pixels, const TextWidth& width);
/// Labels above each other. None where there is nothing to show.
std::vector<Tick> chartTicksY(const ChartPanel& panel, const ValueRange& range, double pixels);

}  // namespace posbias::ui
