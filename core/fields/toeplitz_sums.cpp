// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/toeplitz_sums.h"

#include <algorithm>

namespace posbias {

StripSums::StripSums(std::span<const std::int64_t> edges) : m_edges(edges), m_row(edges.size()) {}

/// Column c holds the offsets i0 - edges[c + 1] + 1 .. i1 - 1 - edges[c].
StripSums::Columns StripSums::columns(OffsetRange range, std::int64_t i0, std::int64_t i1) const
{
    const auto begin = std::ranges::lower_bound(m_edges.begin() + 1, m_edges.end(), i0 + 1 - range.last);
    const auto end = std::ranges::upper_bound(m_edges.begin(), m_edges.end() - 1, i1 - 1 - range.first);
    const auto first = static_cast<std::size_t>(begin - m_edges.begin() - 1);
    return {first, std::max(first, static_cast<std::size_t>(end - m_edges.begin()))};
}

void StripSums::readTop(const ToeplitzSums& sums, std::int64_t i0, std::size_t begin, std::size_t end)
{
    const auto read = [&](std::size_t from, std::size_t to) {
        for (std::size_t c = from; c < to; ++c)
            m_row[c] = sums.at(i0 - m_edges[c]);
    };
    if (m_of != &sums || m_top != i0 || end < m_first || begin > m_last) {
        read(begin, end + 1);
    } else {
        read(begin, std::min(m_first, end + 1));
        read(std::max(m_last + 1, begin), end + 1);
    }
    m_of = &sums;
    m_first = begin;
    m_last = end;
}

}  // namespace posbias
