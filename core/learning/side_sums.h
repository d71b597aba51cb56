// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The sums that a softmax over offsets needs, for shared biases, in time proportional to the number of offsets.
//
// Offsets are counted outward from 0 on two sides: level k >= 0 of the positive side is offset k, level k >= 1 of
// the negative side is offset -k. Query i of a document of l tokens sees the positive levels 0..i and, both ways,
// the negative levels 1..l-1-i. So its normaliser is a sum of two prefix sums
//     Z_i = P_i + N_(l-1-i)         P_i = sum over k = 0..i of exp b_k,  N_j = sum over k = 1..j of exp b_-k
// and what an offset receives from all queries that see it is a suffix sum.
//
// Terms are exp(b - reference). The reference starts at b_0 and moves to b_k whenever b_k exceeds it by more than
// `rebaseAbove`; levels between two moves form a block. So no term overflows, and in units of the larger of its two
// references every Z_i is at least 1: it cannot vanish, however far the biases spread.

#include "core/learning/corpus.h"
#include "core/schemes/parameter_table.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace posbias {

inline constexpr double rebaseAbove = 200.0;

/// Levels begin..end-1 of a side. A unit is a stretch of levels that use one parameter; units are numbered outward.
struct Run {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    std::int64_t parameter = 0;  ///< of level `begin`
    std::int64_t step = 0;       ///< 0: one unit for all levels; 1 or -1: a unit each, parameters ascend or descend
    std::int64_t unit = 0;       ///< of level `begin`

    std::int64_t units() const { return step == 0 ? 1 : end - begin; }
    std::int64_t levelsPerUnit() const { return step == 0 ? end - begin : 1; }
};

struct Side {
    std::vector<Run> runs;
    std::int64_t levels = 0;  ///< 0..levels-1; the negative side has no offset at level 0
    std::int64_t units = 0;
};

/// The offsets that occur in a sequence of `length` tokens, by parameter. Throws InputError when one has none.
Side positiveSide(const ParameterTable& table, std::int64_t length);
Side negativeSide(const ParameterTable& table, std::int64_t length);
/// The same with a parameter for each offset: parameter d - first belongs to offset d.
Side positiveSide(std::int64_t first, std::int64_t length);
Side negativeSide(std::int64_t first, std::int64_t length);

struct PrefixSums {
    struct Block {
        std::int64_t level = 0;  ///< where it begins
        std::int64_t unit = 0;
        double reference = 0.0;
        double factor = 1.0;  ///< exp(reference of the block before - reference)
    };
    std::vector<double> terms;  ///< exp(b - reference), shape (units)
    std::vector<double> sums;   ///< up to and including a level, in units exp(reference), shape (levels)
    std::vector<Block> blocks;  ///< ascending; the first begins at level 0
};

/// `reference` is b_0, for both sides.
void sumPrefixes(const Side& side, std::span<const double> parameters, double reference, PrefixSums& out);

/// visit(unit, parameter, levels of the unit), outward.
template <typename Visit>
void visitUnits(const Side& side, Visit visit)
{
    for (const Run& run : side.runs)
        for (std::int64_t u = 0; u < run.units(); ++u)
            visit(run.unit + u, run.parameter + run.step * u, run.levelsPerUnit());
}

/// visit(unit, parameter, levels of the unit), inward.
template <typename Visit>
void visitUnitsInward(const Side& side, Visit visit)
{
    for (auto run = side.runs.rbegin(); run != side.runs.rend(); ++run)
        for (std::int64_t u = run->units() - 1; u >= 0; --u)
            visit(run->unit + u, run->parameter + run->step * u, run->levelsPerUnit());
}

/// Calls cross(factor) on the way outward, before the first unit of every block but the first.
class OutwardBlocks {
public:
    explicit OutwardBlocks(const PrefixSums& prefix) : m_next(prefix.blocks.begin() + 1), m_end(prefix.blocks.end()) {}
    template <typename Cross>
    void arrive(std::int64_t unit, Cross cross)
    {
        for (; m_next != m_end && m_next->unit == unit; ++m_next)
            cross(m_next->factor);
    }

private:
    std::vector<PrefixSums::Block>::const_iterator m_next;
    std::vector<PrefixSums::Block>::const_iterator m_end;
};

/// Calls cross(factor) on the way inward, after the first unit of every block.
class InwardBlocks {
public:
    explicit InwardBlocks(const PrefixSums& prefix) : m_next(prefix.blocks.rbegin()), m_end(prefix.blocks.rend()) {}
    template <typename Cross>
    void leave(std::int64_t unit, Cross cross)
    {
        for (; m_next != m_end && m_next->unit == unit; ++m_next)
            cross(m_next->factor);
    }

private:
    std::vector<PrefixSums::Block>::const_reverse_iterator m_next;
    std::vector<PrefixSums::Block>::const_reverse_iterator m_end;
};

/// visit(unit, parameter, total): total = sum over the unit's levels k of the suffix sum of weights[k..], where
/// weights of a block are in units exp(-power * reference), and so is the total.
template <int power = 1, typename Visit>
void visitSuffixSums(const Side& side, const PrefixSums& prefix, std::span<const double> weights, Visit visit)
{
    double tail = 0.0;
    InwardBlocks blocks(prefix);
    auto cross = [&](double factor) { tail *= power == 1 ? factor : factor * factor; };
    for (auto run = side.runs.rbegin(); run != side.runs.rend(); ++run) {
        if (run->step == 0) {
            double total = 0.0;
            for (std::int64_t k = run->end - 1; k >= run->begin; --k) {
                tail += weights[k];
                total += tail;
            }
            visit(run->unit, run->parameter, total);
            blocks.leave(run->unit, cross);
            continue;
        }
        for (std::int64_t k = run->end - 1; k >= run->begin; --k) {
            const std::int64_t u = k - run->begin;
            tail += weights[k];
            visit(run->unit + u, run->parameter + run->step * u, tail);
            blocks.leave(run->unit + u, cross);
        }
    }
}

/// One row of softmax: Z_i = z * exp(reference); a sum of the positive side at level i times `positive`, or of the
/// negative side at level j times `negative`, is in the same units.
struct Normaliser {
    std::int64_t i = 0;
    std::int64_t j = 0;  ///< keys after the query: l - 1 - i
    double z = 0.0;
    double reference = 0.0;
    double positive = 1.0;
    double negative = 1.0;
};

/// The reference of every level.
std::vector<double> referencesByLevel(const PrefixSums& prefix);

/// visit(documents, normaliser) for every position of every document length, both ways.
template <typename Visit>
void visitQueries(const std::vector<LengthCount>& lengths, const PrefixSums& positive, const PrefixSums& negative,
                  Visit visit)
{
    const double* p = positive.sums.data();
    const double* n = negative.sums.data();
    if (positive.blocks.size() == 1 && negative.blocks.size() == 1) {
        const double reference = positive.blocks.front().reference;
        for (const auto& [length, documents] : lengths)
            for (std::int64_t i = 0, j = length - 1; i < length; ++i, --j)
                visit(documents, Normaliser{i, j, p[i] + n[j], reference});
        return;
    }
    const std::vector<double> atPositive = referencesByLevel(positive);
    const std::vector<double> atNegative = referencesByLevel(negative);
    for (const auto& [length, documents] : lengths)
        for (std::int64_t i = 0, j = length - 1; i < length; ++i, --j) {
            Normaliser row{i, j, 0.0, std::max(atPositive[i], atNegative[j])};
            row.positive = std::exp(atPositive[i] - row.reference);
            row.negative = std::exp(atNegative[j] - row.reference);
            row.z = p[i] * row.positive + n[j] * row.negative;
            visit(documents, row);
        }
}

}  // namespace posbias
