// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/partition.h"

#include <cmath>
#include <limits>

namespace posbias {
namespace {

/// The weights are exp b.
auto fillOf(const OffsetValues& bias)
{
    return [&bias](OffsetRange offsets, const std::array<double*, 1>& out) {
        std::copy_n(bias.values.begin() + (offsets.first - bias.first), offsets.size(), out[0]);
    };
}

}  // namespace

ScaledSum::ScaledSum() : max(-std::numeric_limits<double>::infinity()), sum(0.0) {}

void ScaledSum::add(double logTerm)
{
    if (logTerm > max) {
        sum = sum * std::exp(max - logTerm) + 1.0;
        max = logTerm;
    } else if (sum > 0.0) {
        sum += std::exp(logTerm - max);
    }
}

double ScaledSum::log() const
{
    return sum > 0.0 ? max + std::log(sum) : max;
}

std::vector<double> logNormalisers(const OffsetValues& bias, Mask mask, std::int64_t length)
{
    std::vector<double> result;
    const OffsetSums sums(bias, mask, length, result);
    return result;
}

OffsetSums::OffsetSums(const OffsetValues& bias, Mask mask, std::int64_t length, std::vector<double>& logNormalisers)
{
    logNormalisers.resize(static_cast<std::size_t>(length));
    if (length == 0)
        return;
    m_pieces = visitQuerySums<1>(fillOf(bias), mask, length, bias[0], {}, [&](const QuerySums<1>& queries) {
        double* const out = logNormalisers.data() + queries.first;
        for (std::int64_t k = 0; k < queries.count; ++k)
            out[k] = queries.reference + std::log(queries.values[0][static_cast<std::size_t>(k)]);
    });
}

double OffsetSums::logUpTo(const OffsetValues& bias, std::int64_t d) const
{
    const std::vector<SidePiece<1>>& side = d < 0 ? m_pieces.below : m_pieces.above;
    const std::int64_t level = std::abs(d);
    const auto piece = std::prev(std::ranges::upper_bound(side, level, {}, &SidePiece<1>::begin));
    const auto fill = fillOf(bias);
    SideWalk<1, decltype(fill)> walk(fill, d < 0 ? Outward::Descending : Outward::Ascending, level + 1,
                                     piece->reference);
    SidePiece<1> upToLevel = *piece;
    upToLevel.count = level - piece->begin + 1;
    walk.restore(upToLevel);
    return piece->reference + std::log(walk.sum(0, upToLevel.count - 1));
}

}  // namespace posbias
