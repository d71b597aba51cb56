// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Attention of biases alone in parts that can be summed: offsets by the size of their weights, rows by their normalisers.

#include "core/fields/toeplitz_sums.h"

#include <numbers>

namespace posbias {

/// exp b_d in units of exp(top), for the offsets whose biases lie in (top - width, top]: whole multiples of 2^-78 are
/// fine enough for all of them, and sums over n^2 cells stay below 2^126.
struct Band {
    static constexpr double width = 60.0 * std::numbers::ln2;
    double top;
    ToeplitzSums sums;
};

/// Consecutive rows that share a normaliser.
struct RowGroup {
    std::int64_t end;  ///< the first row after it
    double logZ;
};

/// Weights below this times a row's normaliser are 0 there.
inline constexpr double negligible = -700.0;

/// Rows whose normalisers agree within (1 + tolerance) / (1 - tolerance) take their mean: the relative error is at
/// most the tolerance, 0.49 %. logZ: of every row, at least one.
std::vector<RowGroup> groupRows(const std::vector<double>& logZ);

/// Every offset in the band of its bias, but for those negligible in all rows that see them; from the highest band down.
std::vector<Band> makeBands(const OffsetValues& bias, const std::vector<double>& logZ);

}  // namespace posbias
