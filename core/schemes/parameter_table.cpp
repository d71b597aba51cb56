// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schemes/parameter_table.h"

#include <algorithm>
#include <numeric>

namespace posbias {

ParameterTable::ParameterTable(std::int64_t parameterCount, std::vector<Segment> segments)
    : m_parameterCount(parameterCount), m_segments(std::move(segments))
{
    std::erase_if(m_segments, [](const Segment& segment) { return segment.last < segment.first; });
    m_byParameter.resize(m_segments.size());
    std::iota(m_byParameter.begin(), m_byParameter.end(), 0u);
    std::ranges::sort(m_byParameter, {}, [this](std::uint32_t index) { return m_segments[index].parameter; });
}

std::vector<Segment>::const_iterator ParameterTable::firstEndingAtOrAfter(std::int64_t d) const
{
    return std::ranges::lower_bound(m_segments, d, {}, &Segment::last);
}

std::int64_t ParameterTable::parameterOf(std::int64_t d) const
{
    const auto segment = firstEndingAtOrAfter(d);
    return segment != m_segments.end() && segment->first <= d ? segment->parameterAt(d) : noParameter;
}

std::vector<Segment> ParameterTable::segments(OffsetRange range) const
{
    std::vector<Segment> clipped;
    for (auto segment = firstEndingAtOrAfter(range.first); segment != m_segments.end() && segment->first <= range.last;
         ++segment) {
        const std::int64_t first = std::max(segment->first, range.first);
        const std::int64_t last = std::min(segment->last, range.last);
        if (first <= last)
            clipped.push_back({first, last, segment->parameterAt(first), segment->shared});
    }
    return clipped;
}

Segment ParameterTable::offsetsOf(std::int64_t parameter) const
{
    const auto after = std::ranges::upper_bound(m_byParameter, parameter, {},
                                                [this](std::uint32_t index) { return m_segments[index].parameter; });
    if (after != m_byParameter.begin()) {
        const Segment& segment = m_segments[*std::prev(after)];
        const std::int64_t step = parameter - segment.parameter;
        if (segment.shared && step == 0)
            return segment;
        if (!segment.shared && step <= segment.last - segment.first)
            return {segment.first + step, segment.first + step, parameter, true};
    }
    return {0, -1, parameter, true};
}

}  // namespace posbias
