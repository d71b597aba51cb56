// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What rounding leaves of a difference of equal numbers, so that nobody takes it for one.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace posbias {

/// Different ways to one value (a parameter for each offset, or a bucket for each) part by rounding: every step of a
/// training and every sum over offsets rounds to 2^-53 of the largest number in it, thousands of times, and maps are summed
/// to 2^-41. What that leaves has been seen to reach 2^-43 of the largest bias; nothing that data decides is as small.
inline constexpr double roundingShare = 0x1p-40;

/// How large a difference of numbers may be by rounding alone, where the numbers they came from are up to `largest` in size.
inline double roundingOf(double largest)
{
    return roundingShare * (1.0 + largest);
}

/// The difference; 0 where it is within rounding.
inline double beyondRounding(double difference, double rounding)
{
    return std::abs(difference) <= rounding ? 0.0 : difference;
}

/// The first of the values that are the smallest or differ from it by rounding alone; what is no number is not looked at.
/// 0 where there is no number.
inline std::size_t firstSmallest(const std::vector<double>& values)
{
    double least = HUGE_VAL;
    for (const double value : values)
        least = value < least ? value : least;
    const double limit = least + roundingOf(std::abs(least));
    const auto first = std::ranges::find_if(values, [&](double v) { return v <= limit; });
    return first == values.end() ? 0 : static_cast<std::size_t>(first - values.begin());
}

}  // namespace posbias
