// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Curves with more points than pixels: first, lowest, highest and last of each pixel column look the same.

#include "core/figure/figure.h"
#include "ui/plot/ticks.h"

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

/// At most four points for each of `columns` equal parts of the axis, and none outside it. On a logarithmic y axis
/// y is log10, and a value that is not positive leaves a gap (NaN).
CurvePoints thinned(const Curve& curve, const AxisMap& axis, bool yLogarithmic, int columns);

}  // namespace posbias::ui
