// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/corpus.h"

#include "core/base/error.h"
#include "core/learning/side_sums.h"
#include "core/learning/teacher.h"

#include <random>

namespace posbias {

namespace {

constexpr std::int64_t maxDistinctLengths = 64;  // both ways, where each costs a pass over its offsets
constexpr std::int64_t drawsBetweenChecks = 1 << 14;

/// Lengths and reads come from generators of their own: neither disturbs the other.
enum class Stream : std::uint32_t { Lengths = 1, Reads = 2 };

std::mt19937_64 generator(std::int64_t seed, Stream stream)
{
    const auto bits = static_cast<std::uint64_t>(seed);
    std::seed_seq sequence{static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32),
                           static_cast<std::uint32_t>(stream)};
    return std::mt19937_64(sequence);
}

// Document lengths ---------------------------------------------------------------------------------------------------

std::int64_t drawLength(const UniformLengths&, std::int64_t longest, std::mt19937_64& random)
{
    return std::uniform_int_distribution<std::int64_t>(1, longest)(random);
}

/// Inverse of P(length >= x) = (min / x)^exponent.
std::int64_t drawLength(const ParetoLengths& pareto, std::int64_t longest, std::mt19937_64& random)
{
    const double u = 1.0 - std::uniform_real_distribution<double>(0.0, 1.0)(random);  // in (0, 1]
    const double x = std::floor(static_cast<double>(pareto.min) * std::pow(u, -1.0 / pareto.exponent));
    return x >= static_cast<double>(longest) ? longest : static_cast<std::int64_t>(x);
}

double lengthProbability(const UniformLengths&, std::int64_t, std::int64_t longest)
{
    return 1.0 / static_cast<double>(longest);
}

/// (min / x)^exponent - (min / (x + 1))^exponent, without the difference; what reaches the cut gathers there.
double lengthProbability(const ParetoLengths& pareto, std::int64_t length, std::int64_t longest)
{
    const double x = static_cast<double>(length);
    if (length < std::min(pareto.min, longest))
        return 0.0;
    if (length == longest)
        return std::min(1.0, std::pow(static_cast<double>(pareto.min) / x, pareto.exponent));
    const double atLeast = std::pow(static_cast<double>(pareto.min) / x, pareto.exponent);
    return atLeast * -std::expm1(-pareto.exponent * std::log1p(1.0 / x));
}

template <typename Distribution>
std::vector<LengthCount> drawnLengths(const Distribution& distribution, const CorpusSettings& settings,
                                      std::int64_t longest)
{
    std::mt19937_64 random = generator(settings.seed, Stream::Lengths);
    std::vector<std::int64_t> drawn(settings.documents);
    for (std::int64_t& length : drawn)
        length = drawLength(distribution, longest, random);
    std::sort(drawn.begin(), drawn.end());
    std::vector<LengthCount> result;
    for (const std::int64_t length : drawn) {
        if (result.empty() || result.back().length != length)
            result.push_back({length, 0.0});
        result.back().documents += 1.0;
    }
    return result;
}

template <typename Distribution>
std::vector<LengthCount> expectedLengths(const Distribution& distribution, const CorpusSettings& settings,
                                         std::int64_t longest)
{
    std::vector<LengthCount> result;
    for (std::int64_t length = 1; length <= longest; ++length) {
        const double documents
            = static_cast<double>(settings.documents) * lengthProbability(distribution, length, longest);
        if (documents > 0.0)
            result.push_back({length, documents});
    }
    return result;
}

/// Rounds lengths up: equal bins over 1..longest, each represented by the longest document in it.
std::vector<LengthCount> roundedUp(const std::vector<LengthCount>& lengths)
{
    const std::int64_t longest = lengths.back().length;
    std::vector<LengthCount> result;
    std::int64_t lastBin = -1;
    for (const auto& [length, documents] : lengths) {
        const std::int64_t bin = (length * maxDistinctLengths - 1) / longest;
        if (bin != lastBin)
            result.push_back({length, 0.0});
        result.back().length = length;
        result.back().documents += documents;
        lastBin = bin;
    }
    return result;
}

// Reads --------------------------------------------------------------------------------------------------------------

/// The teacher's sums over the offsets that training documents have.
struct TeacherSums {
    Side positiveSide;
    Side negativeSide;
    PrefixSums positive;
    PrefixSums negative;

    TeacherSums(const Teacher& teacher, Mask mask, std::int64_t length)
        : positiveSide(posbias::positiveSide(visibleOffsets(mask, length).first, length))
    {
        const OffsetValues g = preferences(teacher, visibleOffsets(mask, length));
        sumPrefixes(positiveSide, g.values, g[0], positive);
        if (mask == Mask::Bidirectional) {
            negativeSide = posbias::negativeSide(g.first, length);
            sumPrefixes(negativeSide, g.values, g[0], negative);
        }
    }
};

std::int64_t drawBinomial(std::int64_t trials, double probability, std::mt19937_64& random)
{
    if (trials == 0 || !(probability > 0.0))
        return 0;
    if (probability >= 1.0)
        return trials;
    return std::binomial_distribution<std::int64_t>(trials, probability)(random);
}

/// Queries enter at the farthest level they see. With S_k the sum of the terms up to level k, a query at level k reads
/// it with probability term_k / S_k; given that it does not, its level is distributed as for a query at level k - 1.
/// So one binomial for each level, from the outside in, draws all queries exactly.
void drawSide(const Side& side, const PrefixSums& prefix, const std::vector<std::int64_t>& entering, std::int64_t sign,
              std::mt19937_64& random, OffsetValues& reads, const Progress& progress)
{
    std::int64_t waiting = 0;
    const std::int64_t innermost = sign > 0 ? 0 : 1;
    for (std::int64_t k = side.levels - 1; k >= innermost; --k) {
        if (k % drawsBetweenChecks == 0)
            progress.check();
        waiting += entering[k];
        const std::int64_t read = drawBinomial(waiting, prefix.terms[k - innermost] / prefix.sums[k], random);
        reads[sign * k] = static_cast<double>(read);
        waiting -= read;
    }
}

void drawReads(const TeacherSums& sums, Corpus& corpus, std::int64_t seed, const Progress& progress)
{
    std::mt19937_64 random = generator(seed, Stream::Reads);
    std::vector<std::int64_t> positive(sums.positiveSide.levels, 0);
    std::vector<std::int64_t> negative(sums.positiveSide.levels, 0);
    if (corpus.mask == Mask::Causal) {
        const std::vector<double> queries = queriesByPosition(corpus.lengths);
        std::transform(queries.begin(), queries.end(), positive.begin(),
                       [](double m) { return static_cast<std::int64_t>(m); });
    } else {
        visitQueries(corpus.lengths, sums.positive, sums.negative, [&](double documents, const Normaliser& row) {
            if (row.i % drawsBetweenChecks == 0)
                progress.check();
            const auto queries = static_cast<std::int64_t>(documents);
            const double share = sums.positive.sums[row.i] * row.positive / row.z;
            const std::int64_t backward = drawBinomial(queries, share, random);
            positive[row.i] += backward;
            negative[row.j] += queries - backward;
        });
        drawSide(sums.negativeSide, sums.negative, negative, -1, random, corpus.reads, progress);
    }
    drawSide(sums.positiveSide, sums.positive, positive, 1, random, corpus.reads, progress);
}

/// c_d = exp g_d * sum over queries that see d of 1 / Z.
void expectReads(const TeacherSums& sums, Corpus& corpus)
{
    std::vector<double> positive(sums.positiveSide.levels, 0.0);
    std::vector<double> negative(sums.positiveSide.levels, 0.0);
    if (corpus.mask == Mask::Causal) {
        positive = queriesByPosition(corpus.lengths);
        for (std::size_t i = 0; i < positive.size(); ++i)
            positive[i] /= sums.positive.sums[i];
    } else {
        visitQueries(corpus.lengths, sums.positive, sums.negative, [&](double documents, const Normaliser& row) {
            positive[row.i] += documents * row.positive / row.z;
            negative[row.j] += documents * row.negative / row.z;
        });
        visitSuffixSums(sums.negativeSide, sums.negative, negative, [&](std::int64_t u, std::int64_t p, double total) {
            corpus.reads[p + 1 - sums.positiveSide.levels] = sums.negative.terms[u] * total;
        });
    }
    visitSuffixSums(sums.positiveSide, sums.positive, positive, [&](std::int64_t u, std::int64_t, double total) {
        corpus.reads[u] = sums.positive.terms[u] * total;
    });
}

/// Offset d is seen by every query at position i >= d, offset -d by as many.
void countPairs(Corpus& corpus)
{
    const std::vector<double> queries = queriesByPosition(corpus.lengths);
    double pairs = 0.0;
    for (auto d = static_cast<std::int64_t>(queries.size()) - 1; d >= 0; --d) {
        pairs += queries[d];
        corpus.pairs[d] = pairs;
        if (corpus.mask == Mask::Bidirectional)
            corpus.pairs[-d] = pairs;
    }
}

void requirePositive(const char* subject, const char* name, std::int64_t value)
{
    if (value < 1)
        throw InputError(subject, std::string("The ") + name + " is " + std::to_string(value)
                                      + "; it must be at least 1.");
}

}  // namespace

std::vector<LengthCount> documentLengths(const CorpusSettings& settings, std::int64_t trainingLength)
{
    requirePositive("trainingLength", "training length", trainingLength);
    requirePositive("corpus.documents", "number of training documents", settings.documents);
    return std::visit(
        [&](const auto& distribution) -> std::vector<LengthCount> {
            if constexpr (std::is_same_v<std::decay_t<decltype(distribution)>, FixedLengths>)
                return {{trainingLength, static_cast<double>(settings.documents)}};
            else if (settings.counts == Counts::Sampled)
                return drawnLengths(distribution, settings, trainingLength);
            else
                return expectedLengths(distribution, settings, trainingLength);
        },
        settings.lengths);
}

std::vector<double> queriesByPosition(const std::vector<LengthCount>& lengths)
{
    std::vector<double> queries(lengths.empty() ? 0 : lengths.back().length);
    double longer = 0.0;
    std::int64_t end = static_cast<std::int64_t>(queries.size());
    for (auto count = lengths.rbegin(); count != lengths.rend(); ++count) {
        const std::int64_t begin = std::next(count) == lengths.rend() ? 0 : std::next(count)->length;
        longer += count->documents;
        std::fill(queries.begin() + begin, queries.begin() + end, longer);
        end = begin;
    }
    return queries;
}

Corpus makeCorpus(const Teacher& teacher, const CorpusSettings& settings, Mask mask, std::int64_t trainingLength,
                  const Progress& progress)
{
    progress.at(0.0);
    Corpus corpus{mask, trainingLength, documentLengths(settings, trainingLength), 0.0,
                  OffsetValues(visibleOffsets(mask, trainingLength)),
                  OffsetValues(visibleOffsets(mask, trainingLength)), {}};
    const std::size_t distinct = corpus.lengths.size();
    if (mask == Mask::Bidirectional && distinct > maxDistinctLengths) {
        corpus.lengths = roundedUp(corpus.lengths);
        corpus.note = "The " + std::to_string(distinct) + " distinct document lengths were rounded up to "
                    + std::to_string(corpus.lengths.size())
                    + ", because both ways every distinct length needs its own pass over the offsets.";
    }
    for (const auto& [length, documents] : corpus.lengths)
        corpus.queries += documents * static_cast<double>(length);
    countPairs(corpus);

    const TeacherSums sums(teacher, mask, corpus.lengths.back().length);
    if (settings.counts == Counts::Sampled)
        drawReads(sums, corpus, settings.seed, progress);
    else
        expectReads(sums, corpus);
    progress.at(1.0);
    return corpus;
}

}  // namespace posbias
