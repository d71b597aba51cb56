// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Curves as few points: of each pixel column with more positions than that, the first, lowest, highest and last.

#include "core/figure/figure.h"
#include "ui/plot/ink/ticks.h"

#include <functional>
#include <vector>

namespace posbias::ui {

/// In axis coordinates, ascending in x.
struct CurvePoints {
    std::vector<double> x, y;
};

/// From data x to axis coordinates and back; both ascending.
struct AxisMap {
    std::function<double(double)> toAxis, toData;
    double lower = 0.0, upper = 1.0;  ///< the axis, in its own coordinates
};

/// At most five points for each of `columns` equal parts of the axis, and none outside it; each where the curve has it.
/// On a logarithmic y axis y is log10; values without a place on it (curvePosition) leave a gap (NaN).
CurvePoints thinned(const Curve& curve, const AxisMap& axis, bool yLogarithmic, int columns,
                    const std::optional<AxisFloor>& floor = {});

}  // namespace posbias::ui
