// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/result_curves.h"

#include "core/base/rounding.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace posbias {
namespace {

/// exp of less is 0.
constexpr double vanishing = -745.0;

double largestBias(const SchemeResult& scheme)
{
    const Bounds bounds = scheme.biasBounds->of(scheme.biasBounds->range());
    return std::max(std::abs(bounds.min), std::abs(bounds.max));
}

/// log A = b - log Z, and log Z is at most the largest bias and log n.
double ratioRounding(const SchemeResult& first, const SchemeResult& second)
{
    const auto n = static_cast<double>(first.attention->length());
    return roundingOf(std::max(largestBias(first), largestBias(second)) + std::log(n));
}

/// Without content log(B / A) = (b_B - log Z_B) - (b_A - log Z_A) at every offset of the row.
double largestRatioByOffset(const AttentionField& a, const AttentionField& b, std::int64_t query)
{
    const double logA = a.logNormaliser(query), logB = b.logNormaliser(query);
    const std::int64_t first = a.mask() == Mask::Causal ? 0 : query + 1 - a.length();
    double largest = 0.0;
    for (std::int64_t d = first; d <= query; ++d) {
        const double weightA = a.bias()[d] - logA, weightB = b.bias()[d] - logB;
        if (weightA > vanishing && weightB > vanishing)
            largest = std::max(largest, std::abs(weightB - weightA));
    }
    return largest / std::numbers::ln10;
}

double largestRatioByKey(const CurveSource& a, const CurveSource& b)
{
    double largest = 0.0;
    for (std::int64_t j = 0; j <= a.range().last; ++j)
        if (const double weightA = a.at(j), weightB = b.at(j); weightA > 0.0 && weightB > 0.0)
            largest = std::max(largest, std::abs(std::log10(weightB / weightA)));
    return largest;
}

}  // namespace

std::shared_ptr<const CurveSource> parameterCurve(const ParameterTable& table,
                                                  std::shared_ptr<const std::vector<double>> values, double without,
                                                  OffsetRange shown)
{
    std::vector<CurveStretch> stretches;
    const auto untouched = [&](std::int64_t first, std::int64_t last) {
        if (first <= last)
            stretches.push_back({first, last, without});
    };
    bool own = false;
    std::int64_t next = shown.first;
    for (const Segment& segment : table.segments(shown)) {
        untouched(next, segment.first - 1);
        const double value = (*values)[static_cast<std::size_t>(segment.parameter)];
        stretches.push_back({segment.first, segment.last, value, segment.shared ? -1 : segment.parameter});
        own = own || !segment.shared;
        next = segment.last + 1;
    }
    untouched(next, shown.last);
    return stretchedCurve(std::move(stretches), own ? std::make_shared<const RangeBounds>(std::move(values)) : nullptr);
}

std::shared_ptr<const CurveSource> exposureCurve(const std::shared_ptr<const TrainedScheme>& trained, OffsetRange shown)
{
    return parameterCurve(trained->table, {trained, &trained->exposure}, 0.0, shown);
}

std::shared_ptr<const CurveSource> pairsCurve(std::shared_ptr<const Corpus> corpus, OffsetRange shown)
{
    const OffsetRange known = corpus->pairs.range();
    const OffsetRange both{std::max(known.first, shown.first), std::min(known.last, shown.last)};
    std::vector<CurveStretch> stretches;
    if (shown.first < both.first)
        stretches.push_back({shown.first, both.first - 1});
    stretches.push_back({both.first, both.last, 0.0, both.first - known.first});
    if (both.last < shown.last)
        stretches.push_back({both.last + 1, shown.last});
    const std::shared_ptr<const std::vector<double>> values(corpus, &corpus->pairs.values);
    return stretchedCurve(std::move(stretches), std::make_shared<const RangeBounds>(values));
}

Bounds biasDifferences(const SchemeResult& first, const SchemeResult& second)
{
    const OffsetValues &a = first.attention->bias(), &b = second.attention->bias();
    const double a0 = a[0], b0 = b[0];
    Bounds bounds;
    for (std::size_t d = 0; d < a.values.size(); ++d) {
        const double difference = (b.values[d] - b0) - (a.values[d] - a0);
        bounds.min = std::min(bounds.min, difference);
        bounds.max = std::max(bounds.max, difference);
    }
    const double rounding = biasRounding(first, second);
    bounds.min = beyondRounding(bounds.min, rounding);
    bounds.max = beyondRounding(bounds.max, rounding);
    return bounds;
}

double biasRounding(const SchemeResult& first, const SchemeResult& second)
{
    return roundingOf(std::max(largestBias(first), largestBias(second)));
}

std::shared_ptr<const MapSource> biasDifference(const SchemeResult& first, const SchemeResult& second)
{
    return biasDifferenceMap(first.biasMap, second.biasMap, biasRounding(first, second));
}

/// The averages of a picture are approximate: of maps that differ by rounding they could come out different. A map's ratio
/// to itself is 0 to the last bit.
std::shared_ptr<const MapSource> attentionRatio(const SchemeResult& first, const SchemeResult& second, bool same)
{
    return attentionRatioMap(first.attentionMap, same ? first.attentionMap : second.attentionMap,
                             ratioRounding(first, second));
}

MapRanges mapRanges(const SchemeResult& a, const SchemeResult& b, std::int64_t trainingLength, const Progress& progress)
{
    MapRanges ranges;
    ranges.biasDifference = biasDifferences(a, b);
    const std::int64_t last = a.attention->length() - 1;
    for (const std::int64_t query : {last, std::min(last, trainingLength - 1)}) {
        progress.check();
        const auto rowA = attentionRowCurve(*a.attention, a.biasBounds, query);
        const auto rowB = attentionRowCurve(*b.attention, b.biasBounds, query);
        for (const auto& row : {rowA, rowB})
            ranges.smallestWeight = std::min(ranges.smallestWeight, row->boundsAbove(0.0, row->range()).min);
        const double ratio = a.attention->hasContent() ? largestRatioByKey(*rowA, *rowB)
                                                       : largestRatioByOffset(*a.attention, *b.attention, query);
        ranges.largestRatio = std::max(ranges.largestRatio, ratio);
    }
    ranges.largestRatio = ranges.same() ? 0.0 : beyondRounding(ranges.largestRatio, ratioRounding(a, b));
    return ranges;
}

}  // namespace posbias
