// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/corpus.h"

#include "core/learning/document_reads.h"
#include "core/learning/random_streams.h"
#include "core/learning/side_sums.h"
#include "core/learning/teacher.h"

#include <optional>

namespace posbias {

namespace {

constexpr std::int64_t maxDistinctLengths = 64;  // both ways, where each costs a pass over its offsets
constexpr std::int64_t drawsBetweenChecks = 1 << 14;

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
              std::mt19937_64& random, Corpus& corpus, ReadSplitter* splitter, const Progress& progress)
{
    std::int64_t waiting = 0;
    const std::int64_t innermost = sign > 0 ? 0 : 1;
    for (std::int64_t k = side.levels - 1; k >= innermost; --k) {
        if (k % drawsBetweenChecks == 0)
            progress.check();
        waiting += entering[k];
        const std::int64_t read = drawBinomial(waiting, prefix.terms[k - innermost] / prefix.sums[k], random);
        corpus.reads[sign * k] = static_cast<double>(read);
        waiting -= read;
        if (splitter) {
            corpus.mask == Mask::Causal ? splitter->enter(k) : splitter->enter(sign, k);
            splitter->read(sign * k, read);
        }
    }
}

void drawReads(const TeacherSums& sums, Corpus& corpus, std::mt19937_64 random, ReadSplitter* splitter,
               const Progress& progress)
{
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
            if (splitter)
                splitter->turn(row.i + row.j + 1, row.i, row.j, backward);
        });
        drawSide(sums.negativeSide, sums.negative, negative, -1, random, corpus, splitter, progress);
    }
    drawSide(sums.positiveSide, sums.positive, positive, 1, random, corpus, splitter, progress);
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

/// What is drawn, and from which streams.
struct Drawing {
    CorpusSettings settings;
    Stream lengths;
    Stream reads;
};

Corpus draw(const Teacher& teacher, const Drawing& drawing, Mask mask, std::int64_t trainingLength,
            DocumentReads* documents, const Progress& progress)
{
    progress.at(0.0);
    const CorpusSettings& settings = drawing.settings;
    Corpus corpus{mask,
                  trainingLength,
                  documentLengths(settings, trainingLength, drawing.lengths),
                  0.0,
                  OffsetValues(visibleOffsets(mask, trainingLength)),
                  OffsetValues(visibleOffsets(mask, trainingLength)),
                  {}};
    const std::size_t distinct = corpus.lengths.size();
    if (mask == Mask::Bidirectional && distinct > maxDistinctLengths) {
        corpus.lengths = roundedUp(corpus.lengths);
        corpus.note = "The " + std::to_string(distinct) + " distinct document lengths were rounded up to " +
                      std::to_string(corpus.lengths.size()) +
                      ", because both ways every distinct length needs its own pass over the offsets.";
    }
    for (const auto& [length, count] : corpus.lengths)
        corpus.queries += count * static_cast<double>(length);
    countPairs(corpus);

    const TeacherSums sums(teacher, mask, corpus.lengths.back().length);
    std::optional<ReadSplitter> splitter;
    if (settings.counts == Counts::Expected) {
        expectReads(sums, corpus);
    } else {
        if (documents)
            splitter.emplace(corpus.lengths, settings.seed, *documents);
        drawReads(sums, corpus, generator(settings.seed, drawing.reads), splitter ? &*splitter : nullptr, progress);
    }
    progress.at(1.0);
    return corpus;
}

}  // namespace

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
                  const Progress& progress, DocumentReads* documents)
{
    return draw(teacher, {settings, Stream::Lengths, Stream::Reads}, mask, trainingLength, documents, progress);
}

Corpus makeHeldOut(const Teacher& teacher, CorpusSettings settings, Mask mask, std::int64_t trainingLength,
                   const Progress& progress)
{
    settings.documents = settings.heldOut;
    return draw(teacher, {settings, Stream::HeldOutLengths, Stream::HeldOutReads}, mask, trainingLength, nullptr,
                progress);
}

}  // namespace posbias
