// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Sums of a Toeplitz matrix over blocks of cells in O(1), by second-order prefix sums.
//
// With S(x) = sum over d < x of v_d and Q(x) = sum over y <= x of S(y),
//     sum over i0 <= i < i1, j0 <= j < j1 of v_(i-j) = [Q(i1 - j0) - Q(i0 - j0)] - [Q(i1 - j1) - Q(i0 - j1)].
// Q grows like n^2 while a block's sum may be tiny: doubles would lose it. Whole numbers of 128 bits (values times
// 2^bits) lose nothing but the first rounding.

#include "core/base/offsets.h"

namespace posbias {

class ToeplitzSums {
public:
    __extension__ using Sum = __int128;

    /// v_d = values[d] inside their range, 0 outside. |value| * 2^bits * n^2 may be 2^126 at most.
    ToeplitzSums(const OffsetValues& values, int bits);

    /// Sum over rows i0 <= i < i1 of S(i - j + 1): the difference of two such for j0 and j1 is the block's sum.
    Sum rowsBetween(std::int64_t i0, std::int64_t i1, std::int64_t j) const { return at(i1 - j) - at(i0 - j); }
    /// In two halves: several times faster than the compiler's conversion, and within an ulp of it.
    double toDouble(Sum sum) const
    {
        const Sum magnitude = sum < 0 ? -sum : sum;
        const auto high = static_cast<double>(static_cast<std::int64_t>(magnitude >> 64));
        const auto low = static_cast<double>(static_cast<std::uint64_t>(magnitude));
        return (high * 0x1p64 + low) * (sum < 0 ? -m_unit : m_unit);
    }

private:
    /// Q(x): 0 below the range; beyond it the sums go on linearly, which blocks inside the sequence never ask for.
    Sum at(std::int64_t x) const { return x < m_first ? 0 : m_sums[static_cast<std::size_t>(x - m_first)]; }

    std::int64_t m_first;
    double m_unit;  ///< 2^-bits
    std::vector<Sum> m_sums;  ///< Q(first) .. Q(last + 1)
};

}  // namespace posbias
