// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Whole numbers for a logarithmic axis.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace posbias {

/// From `first` (at least 1) to `last`, both included, ascending and none twice: `count` of them (at least 2), or all
/// where there are fewer. As evenly spaced in the logarithm as whole numbers can be.
inline std::vector<std::int64_t> logarithmicSteps(std::int64_t first, std::int64_t last, std::size_t count)
{
    std::vector<std::int64_t> steps;
    if (last < first)
        return steps;
    steps.push_back(first);
    auto left = std::min(static_cast<std::int64_t>(count) - 1, last - first);
    for (; left > 0; --left) {
        const std::int64_t from = steps.back();
        const double ratio = static_cast<double>(last) / static_cast<double>(from);
        const double next = static_cast<double>(from) * std::pow(ratio, 1.0 / static_cast<double>(left));
        steps.push_back(std::clamp<std::int64_t>(std::llround(next), from + 1, last - left + 1));
    }
    return steps;
}

}  // namespace posbias
