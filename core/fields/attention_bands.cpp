// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/attention_bands.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace posbias {

std::vector<RowGroup> groupRows(const std::vector<double>& logZ)
{
    constexpr double tolerance = 0.0049;
    const double limit = std::log((1.0 + tolerance) / (1.0 - tolerance));
    const auto mean = [](double low, double high) { return low + std::log(0.5 * (1.0 + std::exp(high - low))); };
    std::vector<RowGroup> groups;
    double low = logZ.front(), high = low;
    for (std::size_t i = 1; i < logZ.size(); ++i) {
        const double newLow = std::min(low, logZ[i]), newHigh = std::max(high, logZ[i]);
        if (newHigh - newLow > limit) {
            groups.push_back({static_cast<std::int64_t>(i), mean(low, high)});
            low = high = logZ[i];
        } else {
            low = newLow;
            high = newHigh;
        }
    }
    groups.push_back({static_cast<std::int64_t>(logZ.size()), mean(low, high)});
    return groups;
}

std::vector<Band> makeBands(const OffsetValues& bias, const std::vector<double>& logZ)
{
    const double max = std::ranges::max(bias.values);
    const auto bandOf = [&](std::int64_t d) { return static_cast<std::int64_t>((max - bias[d]) / Band::width); };
    std::map<std::int64_t, OffsetRange> ranges;
    const auto take = [&](std::int64_t d, double lowestLogZ) {
        if (bias[d] < lowestLogZ + negligible)
            return;
        OffsetRange& range = ranges.try_emplace(bandOf(d), OffsetRange{d, d}).first->second;
        range = {std::min(range.first, d), std::max(range.last, d)};
    };
    // Offset d >= 0 is seen by rows d .. n - 1, offset d < 0 by rows 0 .. n - 1 + d.
    double lowest = logZ.back();
    for (std::int64_t d = bias.last(); d >= 0; --d)
        take(d, lowest = std::min(lowest, logZ[static_cast<std::size_t>(d)]));
    lowest = logZ.front();
    for (std::int64_t d = bias.first; d < 0; ++d)
        take(d, lowest = std::min(lowest, logZ[static_cast<std::size_t>(d - bias.first)]));

    std::vector<Band> bands;
    for (const auto& [band, range] : ranges) {
        const double top = max - static_cast<double>(band) * Band::width;
        double lastBias = top, lastWeight = 1.0;  // long stretches of offsets share one bias
        const auto weight = [&, band = band](std::int64_t d) {
            if (bandOf(d) != band)
                return 0.0;
            if (bias[d] != lastBias)
                lastWeight = std::exp((lastBias = bias[d]) - top);
            return lastWeight;
        };
        bands.push_back({top, ToeplitzSums(range, 78, weight)});
    }
    return bands;
}

}  // namespace posbias
