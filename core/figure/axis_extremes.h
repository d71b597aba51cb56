// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Values that have no place on a logarithmic axis: 0, what is smaller than the rest by many decades, infinity. They get a
// line of their own at its ends.

#include "core/figure/figure.h"

#include <vector>

namespace posbias {

/// Sets floor and ceiling of y, where it is logarithmic and any series or mark needs them, and the span where values
/// differ by more than ten decades. The same on charts that follow each other: a floor that one needs all have.
void placeExtremes(const std::vector<ChartPanel*>& charts);
/// The same of curves, which have no infinity.
void placeExtremes(const std::vector<CurvePanel*>& panels);

}  // namespace posbias
