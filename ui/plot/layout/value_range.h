// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Values of curves and colour scales on their axes.

#include "core/figure/figure.h"
#include "ui/plot/ink/ticks.h"

#include <vector>

namespace posbias::ui {

/// In axis coordinates: log10 on a logarithmic axis. max > min.
struct ValueRange {
    double min = 0.0, max = 1.0;
};
/// From `min` to `max`, or about them where they are so near to each other that labels could not tell them apart.
ValueRange readableRange(double min, double max);
ValueRange valueRange(const CurvePanel& panel);

/// Where a value of its curves stands along y, log10 where that is logarithmic; not a number where it has no place.
double curvePosition(bool yLogarithmic, const std::optional<AxisFloor>& floor, double value);
/// Of a logarithmic axis over `range` (log10): its decades, and the lines of what has no place among them.
std::vector<Tick> logarithmicTicks(const std::optional<AxisFloor>& floor, const std::optional<AxisCeiling>& ceiling,
                                   const ValueRange& range, double pixels, double spacing);
std::vector<Tick> curveTicks(const CurvePanel& panel, const ValueRange& range, double pixels);

/// Where a value lies on a scale, from 0 (its low end) to 1.
double scaleShare(const ColourScale& scale, double value);
/// Both ends and round values between them; `at` is a share of the scale. Labels are `line` pixels high.
std::vector<Tick> scaleTicks(const ColourScale& scale, double pixels, double line);

}  // namespace posbias::ui
