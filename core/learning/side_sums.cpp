// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/side_sums.h"

#include "core/base/error.h"
#include "core/base/parallel.h"

#include <string>

namespace posbias {

namespace {

constexpr std::int64_t levelsForTwoThreads = 1 << 17;

void append(Side& side, Run run)
{
    run.unit = side.units;
    side.units += run.units();
    side.runs.push_back(run);
}

[[noreturn]] void refuseGap(std::int64_t d)
{
    throw InputError("", "Training reads offset " + std::to_string(d) +
                             ", but the scheme's table has no parameter for it.");
}

/// Adds levels one by one, or a whole unit at once, and moves the reference.
class Accumulator {
public:
    Accumulator(PrefixSums& out, double reference) : m_out(out), m_reference(reference)
    {
        m_out.blocks.assign(1, {0, 0, reference, 1.0});
    }

    void addEach(const Run& run, std::span<const double> parameters)
    {
        const double* const biases = parameters.data() + run.parameter;
        double* const terms = m_out.terms.data() + run.unit;
        double* const sums = m_out.sums.data() + run.begin;
        for (std::int64_t begin = 0; begin < run.units();) {
            follow(biases[run.step * begin], run.begin + begin, run.unit + begin);
            std::int64_t end = begin + 1;
            for (const double limit = m_reference + rebaseAbove;
                 end < run.units() && !(biases[run.step * end] > limit);)
                ++end;
            inBlocks(begin, end, [biases, terms, step = run.step, reference = m_reference](std::int64_t u) {
                terms[u] = std::exp(biases[step * u] - reference);
            });
            double sum = m_sum;
            for (; begin < end; ++begin)
                sums[begin] = sum += terms[begin];
            m_sum = sum;
        }
    }

    void addShared(const Run& run, std::span<const double> parameters)
    {
        follow(parameters[run.parameter], run.begin, run.unit);
        const double term = std::exp(parameters[run.parameter] - m_reference);
        m_out.terms[run.unit] = term;
        double* sums = m_out.sums.data() + run.begin;
        const std::int64_t count = run.end - run.begin;
        for (std::int64_t u = 0; u < count; ++u)
            sums[u] = m_sum + static_cast<double>(u + 1) * term;
        m_sum = sums[count - 1];
    }

private:
    /// Moves the reference where the bias of this level and unit calls for it.
    void follow(double bias, std::int64_t level, std::int64_t unit)
    {
        if (!(bias > m_reference + rebaseAbove))
            return;
        const double factor = std::exp(m_reference - bias);
        m_sum *= factor;
        m_reference = bias;
        m_out.blocks.push_back({level, unit, bias, factor});
    }

    template <typename Each>
    static void inBlocks(std::int64_t begin, std::int64_t end, Each each)
    {
        constexpr std::int64_t block = 1 << 15;
        const auto run = [&](std::int64_t first) {
            for (std::int64_t u = first; u < std::min(end, first + block); ++u)
                each(u);
        };
        if (end - begin < levelsForTwoThreads)
            for (; begin < end; begin += block)
                run(begin);
        else
            inParallel(static_cast<std::size_t>((end - begin + block - 1) / block),
                       [&](std::size_t k) { run(begin + static_cast<std::int64_t>(k) * block); });
    }

    PrefixSums& m_out;
    double m_reference;
    double m_sum = 0.0;
};

}  // namespace

Side positiveSide(const ParameterTable& table, std::int64_t length)
{
    Side side{{}, length, 0};
    std::int64_t next = 0;
    for (const Segment& s : table.segments({0, length - 1})) {
        if (s.first != next)
            refuseGap(next);
        append(side, {s.first, s.last + 1, s.parameterAt(s.first), s.shared ? 0 : 1});
        next = s.last + 1;
    }
    if (next != length)
        refuseGap(next);
    return side;
}

Side negativeSide(const ParameterTable& table, std::int64_t length)
{
    Side side{{}, length, 0};
    const std::vector<Segment> segments = table.segments({-(length - 1), -1});
    std::int64_t next = -1;
    for (auto s = segments.rbegin(); s != segments.rend(); ++s) {
        if (s->last != next)
            refuseGap(next);
        append(side, {-s->last, -s->first + 1, s->parameterAt(s->last), s->shared ? 0 : -1});
        next = s->first - 1;
    }
    if (next != -length)
        refuseGap(next);
    return side;
}

Side positiveSide(std::int64_t first, std::int64_t length)
{
    Side side{{}, length, 0};
    append(side, {0, length, -first, 1});
    return side;
}

Side negativeSide(std::int64_t first, std::int64_t length)
{
    Side side{{}, length, 0};
    if (length > 1)
        append(side, {1, length, -1 - first, -1});
    return side;
}

void sumPrefixes(const Side& side, std::span<const double> parameters, double reference, PrefixSums& out)
{
    out.terms.resize(side.units);
    out.sums.resize(side.levels);
    Accumulator accumulator(out, reference);
    if (side.levels > 0)
        out.sums[0] = 0.0;  // the negative side's empty sum; the positive side overwrites it
    for (const Run& run : side.runs) {
        if (run.step == 0)
            accumulator.addShared(run, parameters);
        else
            accumulator.addEach(run, parameters);
    }
}

std::vector<double> referencesByLevel(const PrefixSums& prefix)
{
    std::vector<double> references(prefix.sums.size());
    for (std::size_t b = 0; b < prefix.blocks.size(); ++b) {
        const auto end =
            b + 1 < prefix.blocks.size() ? references.begin() + prefix.blocks[b + 1].level : references.end();
        std::fill(references.begin() + prefix.blocks[b].level, end, prefix.blocks[b].reference);
    }
    return references;
}

}  // namespace posbias
