// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Weighted sums over the offsets that each query sees, in one pass and bounded memory.
//
// Query i of a sequence of n tokens sees offsets 0..i and, both ways, -1..-(n - 1 - i). With weights exp a_d it has
//     sum 0      sum over visible d of exp a_d
//     sum s > 0  sum over visible d of exp(a_d) v_(s,d)
// Each side is walked outward from 0, level k being offset k or -k, in pieces of at most 512 levels. The sums of
// a piece are in units exp(reference): first a_0, then a_d whenever that exceeds the reference by more than 20. So
// every query's sum 0, in units of the larger of its two references, lies between 1 and n e^20.

#include "core/base/offsets.h"
#include "core/base/progress.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace posbias {

inline constexpr std::int64_t longestPiece = 512;

/// Where a piece begins, and what the levels before it add up to.
template <std::size_t sums>
struct SidePiece {
    std::int64_t begin = 0, count = 0;
    double reference = 0.0;
    std::array<double, sums> before = {};
};

enum class Outward { Ascending = 1, Descending = -1 };  ///< offsets 0, 1, 2, ... or -1, -2, ...

/// fill(offsets, out): out[0] gets a, out[s] gets v_s, ascending by offset.
template <std::size_t sums, typename Fill>
class SideWalk {
public:
    SideWalk(const Fill& fill, Outward way, std::int64_t levels, double reference)
        : m_fill(fill), m_way(way), m_levels(levels)
    {
        m_piece.reference = reference;
    }

    const SidePiece<sums>& piece() const { return m_piece; }
    std::int64_t end() const { return m_piece.begin + m_piece.count; }
    /// Up to and including the piece's k-th level.
    double sum(std::size_t s, std::int64_t k) const
    {
        return m_piece.before[s] + m_within[s][static_cast<std::size_t>(k)];
    }

    /// Goes on to the next piece; false after the last.
    bool next()
    {
        const std::int64_t begin = end();
        if (begin == m_levels)
            return false;
        if (begin == m_read.first + m_read.count)
            read(begin, std::min(longestPiece, m_levels - begin));
        for (std::size_t s = 0; s < sums && m_piece.count > 0; ++s)
            m_piece.before[s] = sum(s, m_piece.count - 1);
        const double* const first = m_read.values[0].data() + (begin - m_read.first);
        const double* const last = m_read.values[0].data() + m_read.count;
        if (tooLarge(*first))
            moveReference(*first);
        m_piece.begin = begin;
        m_piece.count = std::find_if(first + 1, last, [this](double a) { return tooLarge(a); }) - first;
        addUp();
        return true;
    }

    /// Goes to a piece that has been before.
    void restore(const SidePiece<sums>& piece)
    {
        m_piece = piece;
        read(piece.begin, piece.count);
        addUp();
    }

private:
    using Values = std::array<double, longestPiece>;

    bool tooLarge(double a) const { return a - m_piece.reference > 20.0; }

    void moveReference(double reference)
    {
        for (double& before : m_piece.before)
            before *= std::exp(m_piece.reference - reference);
        m_piece.reference = reference;
    }

    void read(std::int64_t first, std::int64_t count)
    {
        m_read.first = first;
        m_read.count = count;
        std::array<double*, sums> out;
        for (std::size_t s = 0; s < sums; ++s)
            out[s] = m_read.values[s].data();
        if (m_way == Outward::Ascending) {
            m_fill(OffsetRange{first, first + count - 1}, out);
            return;
        }
        const std::int64_t innermost = std::max<std::int64_t>(1, first);  // level 0 is the other side's
        if (innermost < first + count)
            m_fill(OffsetRange{-(first + count - 1), -innermost}, out);
        for (std::size_t s = 0; s < sums; ++s) {
            if (first == 0)
                out[s][count - 1] = s == 0 ? -std::numeric_limits<double>::infinity() : 0.0;
            std::reverse(out[s], out[s] + count);
        }
    }

    void addUp()
    {
        const auto skip = static_cast<std::size_t>(m_piece.begin - m_read.first);
        const auto count = static_cast<std::size_t>(m_piece.count);
        const double* const a = m_read.values[0].data() + skip;
        // Shared parameters give long stretches of one value.
        if (std::all_of(a, a + count, [a](double x) { return x == *a; }))
            std::fill_n(m_terms.begin(), count, std::exp(*a - m_piece.reference));
        else
            for (std::size_t k = 0; k < count; ++k)
                m_terms[k] = std::exp(a[k] - m_piece.reference);
        std::array<double, sums> sum = {};
        for (std::size_t k = 0; k < count; ++k)
            for (std::size_t s = 0; s < sums; ++s)
                m_within[s][k] = sum[s] += s == 0 ? m_terms[k] : m_terms[k] * m_read.values[s][skip + k];
    }

    const Fill& m_fill;
    Outward m_way;
    std::int64_t m_levels;
    SidePiece<sums> m_piece;
    struct {
        std::int64_t first = 0, count = 0;
        std::array<Values, sums> values;
    } m_read;
    Values m_terms;
    std::array<Values, sums> m_within;  ///< sums from the piece's begin on
};

/// The sums of queries first .. first + count - 1, in units exp(reference).
template <std::size_t sums>
struct QuerySums {
    std::int64_t first = 0, count = 0;
    double reference = 0.0;
    std::array<std::array<double, longestPiece>, sums> values;
};

/// The pieces of both sides: where any prefix sum can be had again.
template <std::size_t sums>
struct SidePieces {
    std::vector<SidePiece<sums>> above;
    std::vector<SidePiece<sums>> below;  ///< empty when causal
};

/// Causal: a piece is the sums of as many queries.
template <std::size_t sums, typename Walk>
void takeOver(const Walk& above, QuerySums<sums>& out)
{
    out.count = above.piece().count;
    out.reference = above.piece().reference;
    for (std::size_t s = 0; s < sums; ++s)
        for (std::int64_t k = 0; k < out.count; ++k)
            out.values[s][static_cast<std::size_t>(k)] = above.sum(s, k);
}

/// From query out.first, which sees the levels up to `last` below, while both sides are in the same piece.
template <std::size_t sums, typename Walk>
void addTogether(const Walk& above, const Walk& below, std::int64_t last, QuerySums<sums>& out)
{
    const std::int64_t up = out.first - above.piece().begin, down = last - below.piece().begin;
    out.count = std::min(above.piece().count - up, down + 1);
    out.reference = std::max(above.piece().reference, below.piece().reference);
    const double scaleAbove = std::exp(above.piece().reference - out.reference);
    const double scaleBelow = std::exp(below.piece().reference - out.reference);
    for (std::size_t s = 0; s < sums; ++s)
        for (std::int64_t k = 0; k < out.count; ++k)
            out.values[s][static_cast<std::size_t>(k)] =
                above.sum(s, up + k) * scaleAbove + below.sum(s, down - k) * scaleBelow;
}

/// visit(query sums) for queries 0..length-1, ascending. `atZero` is a_0.
template <std::size_t sums, typename Fill, typename Visit>
SidePieces<sums> visitQuerySums(const Fill& fill, Mask mask, std::int64_t length, double atZero,
                                const Progress& progress, Visit visit)
{
    SidePieces<sums> pieces;
    SideWalk<sums, Fill> above(fill, Outward::Ascending, length, atZero);
    SideWalk<sums, Fill> below(fill, Outward::Descending, mask == Mask::Causal ? 0 : length, atZero);
    const auto levels = static_cast<double>(mask == Mask::Causal ? length : 2 * length);
    std::int64_t walked = 0;
    const auto walk = [&](auto& side, auto& list) {
        if (!side.next())
            return false;
        if (list.size() % 64 == 0)
            progress.at(static_cast<double>(walked) / levels);
        walked += side.piece().count;
        list.push_back(side.piece());
        return true;
    };
    while (walk(below, pieces.below))
        ;
    auto inward = pieces.below.rbegin();
    if (inward != pieces.below.rend())
        below.restore(*inward);
    QuerySums<sums> out;
    for (std::int64_t i = 0; i < length; i += out.count) {
        if (i == above.end())
            walk(above, pieces.above);
        out.first = i;
        if (inward == pieces.below.rend()) {
            takeOver(above, out);
        } else {
            addTogether(above, below, length - 1 - i, out);
            if (out.count == length - i - inward->begin && ++inward != pieces.below.rend())
                below.restore(*inward);
        }
        visit(static_cast<const QuerySums<sums>&>(out));
    }
    return pieces;
}

}  // namespace posbias
