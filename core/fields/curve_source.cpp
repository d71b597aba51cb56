// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/curve_source.h"

#include <algorithm>
#include <cmath>

namespace posbias {
namespace {

class ValueCurve : public CurveSource {
public:
    ValueCurve(std::shared_ptr<const RangeBounds> values, double shift) : m_values(std::move(values)), m_shift(shift) {}

    OffsetRange range() const override { return m_values->range(); }
    double at(std::int64_t x) const override { return (*m_values)[x] - m_shift; }
    Bounds boundsAbove(double above, OffsetRange within) const override
    {
        Bounds bounds = m_values->of(within, [&](double value) { return value - m_shift > above; });
        bounds.min -= m_shift;
        bounds.max -= m_shift;
        return bounds;
    }

private:
    std::shared_ptr<const RangeBounds> m_values;
    double m_shift;
};

/// exp(b(i - j) - log Z_i): key j is at offset i - j, so keys ascend as offsets descend.
class RowCurve : public CurveSource {
public:
    RowCurve(std::shared_ptr<const RangeBounds> bias, std::int64_t query, std::int64_t lastKey, double logNormaliser)
        : m_bias(std::move(bias)), m_query(query), m_lastKey(lastKey), m_logNormaliser(logNormaliser)
    {
    }

    OffsetRange range() const override { return {0, m_lastKey}; }
    double at(std::int64_t key) const override { return weight((*m_bias)[m_query - key]); }
    Bounds boundsAbove(double above, OffsetRange within) const override
    {
        const OffsetRange offsets{m_query - within.last, m_query - within.first};
        const Bounds bias = m_bias->of(
            offsets, [&](double b) { return weight(b) > above; }, Way::Descending);
        if (bias.empty())
            return {};
        return {weight(bias.min), weight(bias.max), m_query - bias.minAt, m_query - bias.maxAt};
    }

private:
    double weight(double bias) const { return std::exp(bias - m_logNormaliser); }

    std::shared_ptr<const RangeBounds> m_bias;
    std::int64_t m_query, m_lastKey;
    double m_logNormaliser;
};

class StretchedCurve : public CurveSource {
public:
    StretchedCurve(std::vector<CurveStretch> stretches, std::shared_ptr<const RangeBounds> values)
        : m_stretches(std::move(stretches)), m_values(std::move(values))
    {
    }

    OffsetRange range() const override { return {m_stretches.front().first, m_stretches.back().last}; }
    double at(std::int64_t x) const override
    {
        const CurveStretch& stretch = *holding(x);
        return stretch.index < 0 ? stretch.value : (*m_values)[stretch.index + x - stretch.first];
    }
    Bounds boundsAbove(double above, OffsetRange within) const override
    {
        Bounds bounds;
        for (auto stretch = holding(within.first); stretch != m_stretches.end() && stretch->first <= within.last;
             ++stretch)
            bounds.add(
                part(above, *stretch, {std::max(stretch->first, within.first), std::min(stretch->last, within.last)}));
        return bounds;
    }

private:
    std::vector<CurveStretch>::const_iterator holding(std::int64_t x) const
    {
        return std::ranges::lower_bound(m_stretches, x, {}, &CurveStretch::last);
    }
    Bounds part(double above, const CurveStretch& stretch, OffsetRange within) const
    {
        if (stretch.index < 0)
            return stretch.value > above ? Bounds{stretch.value, stretch.value, within.first, within.first} : Bounds{};
        const std::int64_t shift = stretch.index - stretch.first;
        Bounds bounds =
            m_values->of({within.first + shift, within.last + shift}, [&](double value) { return value > above; });
        bounds.minAt -= shift;
        bounds.maxAt -= shift;
        return bounds;
    }

    std::vector<CurveStretch> m_stretches;
    std::shared_ptr<const RangeBounds> m_values;
};

}  // namespace

std::shared_ptr<const CurveSource> valueCurve(std::shared_ptr<const RangeBounds> values, double shift)
{
    return std::make_shared<const ValueCurve>(std::move(values), shift);
}

std::shared_ptr<const CurveSource> valueCurve(OffsetValues values)
{
    return valueCurve(std::make_shared<const RangeBounds>(std::make_shared<const OffsetValues>(std::move(values))));
}

std::shared_ptr<const CurveSource> attentionRowCurve(const AttentionField& field,
                                                     std::shared_ptr<const RangeBounds> bias, std::int64_t query)
{
    const std::int64_t lastKey = field.mask() == Mask::Causal ? query : field.length() - 1;
    if (!field.hasContent())
        return std::make_shared<const RowCurve>(std::move(bias), query, lastKey, field.logNormaliser(query));
    OffsetValues row;
    row.values = field.row(query);
    row.values.resize(static_cast<std::size_t>(lastKey + 1));  // masked keys have no place on the curve
    return valueCurve(std::move(row));
}

std::shared_ptr<const CurveSource> stretchedCurve(std::vector<CurveStretch> stretches,
                                                  std::shared_ptr<const RangeBounds> values)
{
    return std::make_shared<const StretchedCurve>(std::move(stretches), std::move(values));
}

}  // namespace posbias
