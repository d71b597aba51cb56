// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Sums of a Toeplitz matrix over blocks of cells in O(1), by second-order prefix sums.
//
// With S(x) = sum over d < x of v_d and Q(x) = sum over y <= x of S(y),
//     sum over i0 <= i < i1, j0 <= j < j1 of v_(i-j) = [Q(i1 - j0) - Q(i0 - j0)] - [Q(i1 - j1) - Q(i0 - j1)].
// Q grows like n^2 while a block's sum may be tiny: doubles would lose it. Whole numbers of 128 bits (values times
// 2^bits) lose nothing but the first rounding.

#include "core/base/offsets.h"

#include <cmath>
#include <span>
#include <vector>

namespace posbias {

class ToeplitzSums {
public:
    __extension__ using Sum = __int128;

    /// v_d = value(d) within `range`, 0 outside. |value| * 2^bits * n^2 may be 2^126 at most.
    template <typename Value>
    ToeplitzSums(OffsetRange range, int bits, Value value) : m_range(range), m_unit(std::ldexp(1.0, -bits))
    {
        const double scale = std::ldexp(1.0, bits);
        m_sums.reserve(static_cast<std::size_t>(range.size()) + 1);
        Sum second = 0;
        m_sums.push_back(second);
        for (std::int64_t d = range.first; d <= range.last; ++d) {
            m_total += static_cast<Sum>(std::nearbyint(value(d) * scale));
            second += m_total;
            m_sums.push_back(second);
        }
    }

    OffsetRange range() const { return m_range; }

    /// Q(x): 0 below the range; above it, it goes on in a straight line.
    Sum at(std::int64_t x) const
    {
        if (x <= m_range.first)
            return 0;
        return x <= m_range.last + 1 ? m_sums[static_cast<std::size_t>(x - m_range.first)]
                                     : m_sums.back() + (x - m_range.last - 1) * m_total;
    }

    /// Rounded once or twice. In two halves, below 2^111: several times faster than the compiler's conversion.
    double toDouble(Sum sum) const
    {
        constexpr int low = 48;
        const auto high = static_cast<std::int64_t>(sum >> low);
        if (high != (sum >> low))
            return static_cast<double>(sum) * m_unit;
        const std::int64_t rest = static_cast<std::int64_t>(sum) & ((std::int64_t{1} << low) - 1);
        return (static_cast<double>(high) * 0x1p48 + static_cast<double>(rest)) * m_unit;
    }

private:
    OffsetRange m_range;
    double m_unit;            ///< 2^-bits
    Sum m_total = 0;          ///< S(last + 1)
    std::vector<Sum> m_sums;  ///< Q(first) .. Q(last + 1)
};

/// Sums of the blocks between the edges of columns, for one strip of rows after the other. A strip that begins where
/// the one before ended looks up its lower edge only.
class StripSums {
public:
    /// `edges`: ascending, borrowed.
    explicit StripSums(std::span<const std::int64_t> edges);

    /// add(c, sum) for rows i0 <= i < i1 of every column c, edges[c] <= j < edges[c + 1], that meets the range of `sums`.
    template <typename Add>
    void strip(const ToeplitzSums& sums, std::int64_t i0, std::int64_t i1, Add add)
    {
        const auto [begin, end] = columns(sums.range(), i0, i1);
        if (begin == end)
            return;
        readTop(sums, i0, begin, end);
        const std::int64_t* const edges = m_edges.data();
        ToeplitzSums::Sum* const row = m_row.data();
        // Q(i1 - j) replaces Q(i0 - j) from left to right.
        ToeplitzSums::Sum below = sums.at(i1 - edges[begin]);
        ToeplitzSums::Sum left = below - row[begin];
        row[begin] = below;
        for (std::size_t c = begin; c < end; ++c) {
            below = sums.at(i1 - edges[c + 1]);
            const ToeplitzSums::Sum right = below - row[c + 1];
            row[c + 1] = below;
            add(c, left - right);
            left = right;
        }
        m_top = i1;
    }

private:
    struct Columns {
        std::size_t begin, end;
    };
    Columns columns(OffsetRange range, std::int64_t i0, std::int64_t i1) const;
    void readTop(const ToeplitzSums& sums, std::int64_t i0, std::size_t begin, std::size_t end);

    std::span<const std::int64_t> m_edges;
    std::vector<ToeplitzSums::Sum> m_row;  ///< Q(top - edges[c]) for c = first .. last, of `m_of`
    const ToeplitzSums* m_of = nullptr;
    std::int64_t m_top = 0;
    std::size_t m_first = 0, m_last = 0;
};

}  // namespace posbias
