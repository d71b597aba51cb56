// SPDX-License-Identifier: GPL-3.0-or-later
#include "brute_force.h"
#include "core/learning/teacher.h"

#include <QTest>

#include <numeric>

using namespace posbias;

namespace {

const std::vector<Teacher> everyTeacher = {PowerLaw{1.5}, Exponential{4.0}, Window{8, 6.0}, Periodic{1.0, 2.0, 8.0}};
const std::vector<Lengths> everyLengths = {FixedLengths{}, UniformLengths{}, ParetoLengths{1.5, 8},
                                           ListedLengths{"5:2 30:7 200:1"}};
const std::vector<Mask> masks = {Mask::Causal, Mask::Bidirectional};

CorpusSettings settings(std::int64_t documents, const Lengths& lengths, Counts counts, std::int64_t seed = 1)
{
    return {documents, lengths, counts, seed, 25};
}

double total(const OffsetValues& values)
{
    return std::accumulate(values.values.begin(), values.values.end(), 0.0);
}

double documentsOf(const std::vector<LengthCount>& lengths)
{
    double sum = 0.0;
    for (const LengthCount& count : lengths)
        sum += count.documents;
    return sum;
}

double documentsOfAtLeast(const std::vector<LengthCount>& lengths, std::int64_t length)
{
    double sum = 0.0;
    for (const LengthCount& count : lengths)
        sum += count.length >= length ? count.documents : 0.0;
    return sum;
}

/// Expected reads of a corpus whose document lengths are given, by definition.
OffsetValues bruteReads(const Corpus& corpus, const Teacher& teacher)
{
    OffsetValues reads(corpus.reads.range());
    const OffsetValues g = preferences(teacher, reads.range());
    brute::visitQueries(corpus, g, [&](long double documents, OffsetRange seen, const std::vector<long double>& p) {
        for (std::size_t k = 0; k < p.size(); ++k)
            reads[seen.first + k] += static_cast<double>(documents * p[k]);
    });
    return reads;
}

/// For every teacher, length distribution, mask and way to count.
template <typename Check>
void forEveryCorpus(std::int64_t trainingLength, Check check)
{
    for (const Teacher& teacher : everyTeacher)
        for (const Lengths& lengths : everyLengths)
            for (const Mask mask : masks)
                for (const Counts counts : {Counts::Sampled, Counts::Expected})
                    check(teacher, makeCorpus(teacher, settings(50, lengths, counts), mask, trainingLength), counts);
}

}  // namespace

class CorpusTest : public QObject {
    Q_OBJECT

private slots:
    void fixedLengthsAreAllTheTrainingLength()
    {
        for (const Counts counts : {Counts::Sampled, Counts::Expected})
            QCOMPARE(documentLengths(settings(40, FixedLengths{}, counts), 512),
                     (std::vector<LengthCount>{{512, 40.0}}));
    }

    void uniformLengthsAreEquallyLikely()
    {
        const auto expected = documentLengths(settings(40, UniformLengths{}, Counts::Expected), 8);
        QCOMPARE(expected.size(), 8u);
        for (std::int64_t l = 1; l <= 8; ++l)
            QCOMPARE(expected[l - 1], (LengthCount{l, 5.0}));

        const auto sampled = documentLengths(settings(80000, UniformLengths{}, Counts::Sampled), 8);
        QCOMPARE(sampled.size(), 8u);
        for (const LengthCount& count : sampled)
            QVERIFY(std::abs(count.documents - 10000.0) < 5.0 * std::sqrt(10000.0 * 7.0 / 8.0));
    }

    void paretoLengthsFollowTheirTailUpToTheCut()
    {
        const std::int64_t documents = 100000;
        const auto expected = documentLengths(settings(documents, ParetoLengths{1.5, 16}, Counts::Expected), 100);
        const auto sampled = documentLengths(settings(documents, ParetoLengths{1.5, 16}, Counts::Sampled), 100);
        QCOMPARE(expected.front().length, 16);
        QCOMPARE(expected.back().length, 100);
        QCOMPARE(sampled.front().length, 16);
        QCOMPARE(sampled.back().length, 100);
        for (std::int64_t x = 16; x <= 100; ++x) {
            const double tail = std::pow(16.0 / static_cast<double>(x), 1.5);
            QVERIFY(std::abs(documentsOfAtLeast(expected, x) - documents * tail) < 1e-8);
            QVERIFY(std::abs(documentsOfAtLeast(sampled, x) - documents * tail) <=
                    5.0 * std::sqrt(documents * tail * (1.0 - tail)));
        }
        QCOMPARE(documentsOf(sampled), static_cast<double>(documents));
    }

    void listedLengthsComeAsOftenAsTheyWereCounted()
    {
        const ListedLengths listed{"5:10 30:60 200:20 300:10"};
        QCOMPARE(documentLengths(settings(1000, listed, Counts::Expected), 512),
                 (std::vector<LengthCount>{{5, 100.0}, {30, 600.0}, {200, 200.0}, {300, 100.0}}));
        QCOMPARE(documentLengths(settings(1000, listed, Counts::Expected), 64),
                 (std::vector<LengthCount>{{5, 100.0}, {30, 600.0}, {64, 300.0}}));
        QCOMPARE(documentLengths(settings(1000, listed, Counts::Expected), 5), (std::vector<LengthCount>{{5, 1000.0}}));
        const auto sampled = documentLengths(settings(100000, listed, Counts::Sampled), 64);
        QCOMPARE(sampled.size(), std::size_t{3});
        const double shares[] = {0.1, 0.6, 0.3};
        for (std::size_t k = 0; k < 3; ++k)
            QVERIFY(std::abs(sampled[k].documents - 1e5 * shares[k]) <
                    5.0 * std::sqrt(1e5 * shares[k] * (1.0 - shares[k])));
        QCOMPARE(documentsOf(sampled), 1e5);
        QVERIFY_EXCEPTION_THROWN(documentLengths(settings(3, ListedLengths{"5;2"}, Counts::Sampled), 64), InputError);
    }

    void heldOutDocumentsAreOthersOfTheSameKind()
    {
        for (const Mask mask : masks) {
            const CorpusSettings drawn = settings(25, UniformLengths{}, Counts::Sampled);
            const Corpus corpus = makeCorpus(PowerLaw{}, drawn, mask, 64),
                         heldOut = makeHeldOut(PowerLaw{}, drawn, mask, 64);
            QCOMPARE(documentsOf(heldOut.lengths), 25.0);
            QVERIFY(heldOut.lengths != corpus.lengths);
            QVERIFY(heldOut.reads != corpus.reads);
            QCOMPARE(total(heldOut.reads), heldOut.queries);
            CorpusSettings more = drawn;
            more.documents = 70;
            QCOMPARE(makeHeldOut(PowerLaw{}, more, mask, 64).reads, heldOut.reads);
            more.heldOut = 9;
            QCOMPARE(makeCorpus(PowerLaw{}, more, mask, 64).reads,
                     makeCorpus(PowerLaw{}, settings(70, UniformLengths{}, Counts::Sampled), mask, 64).reads);
        }
    }

    void aMinimumBeyondTheTrainingLengthIsCutToo()
    {
        for (const Counts counts : {Counts::Sampled, Counts::Expected})
            QCOMPARE(documentLengths(settings(7, ParetoLengths{1.5, 100}, counts), 10),
                     (std::vector<LengthCount>{{10, 7.0}}));
    }

    void everyQueryReadsOneKey()
    {
        forEveryCorpus(60, [](const Teacher&, const Corpus& corpus, Counts counts) {
            double queries = 0.0;
            for (const auto& [length, documents] : corpus.lengths)
                queries += documents * static_cast<double>(length);
            QVERIFY(std::abs(corpus.queries - queries) <= 1e-12 * queries);
            if (counts == Counts::Sampled)
                QCOMPARE(total(corpus.reads), corpus.queries);
            else
                QVERIFY(std::abs(total(corpus.reads) - corpus.queries) < 1e-10 * corpus.queries);
            QCOMPARE(corpus.reads.range(), visibleOffsets(corpus.mask, 60));
        });
    }

    void expectedReadsFollowTheDefinition()
    {
        forEveryCorpus(60, [](const Teacher& teacher, const Corpus& corpus, Counts counts) {
            if (counts != Counts::Expected)
                return;
            const OffsetValues reads = bruteReads(corpus, teacher);
            for (std::int64_t d = reads.first; d <= reads.last(); ++d)
                QVERIFY(std::abs(corpus.reads[d] - reads[d]) <= 1e-12 * (reads[d] + 1e-3));
        });
    }

    void sampledReadsScatterAroundTheirExpectation()
    {
        forEveryCorpus(60, [](const Teacher& teacher, const Corpus& corpus, Counts counts) {
            if (counts != Counts::Sampled)
                return;
            const OffsetValues expected = bruteReads(corpus, teacher);
            for (std::int64_t d = expected.first; d <= expected.last(); ++d) {
                QVERIFY(std::abs(corpus.reads[d] - expected[d]) <= 5.0 * std::sqrt(expected[d]) + 2.0);
                QCOMPARE(corpus.reads[d], std::floor(corpus.reads[d]));
            }
        });
    }

    /// Queries are independent: the variance of a count is the sum over queries of p (1 - p).
    void sampledReadsHaveTheRightMeanAndVariance()
    {
        for (const Mask mask : masks) {
            const int seeds = 4000;
            const OffsetRange range = visibleOffsets(mask, 5);
            OffsetValues mean(range), square(range), expected(range), variance(range);
            for (int seed = 1; seed <= seeds; ++seed) {
                const Corpus corpus =
                    makeCorpus(PowerLaw{1.0}, settings(3, FixedLengths{}, Counts::Sampled, seed), mask, 5);
                for (std::int64_t d = range.first; d <= range.last; ++d) {
                    mean[d] += corpus.reads[d] / seeds;
                    square[d] += corpus.reads[d] * corpus.reads[d] / seeds;
                }
            }
            const Corpus corpus = makeCorpus(PowerLaw{1.0}, settings(3, FixedLengths{}, Counts::Expected), mask, 5);
            brute::visitQueries(corpus, preferences(PowerLaw{1.0}, range),
                                [&](long double documents, OffsetRange seen, const std::vector<long double>& p) {
                                    for (std::size_t k = 0; k < p.size(); ++k) {
                                        expected[seen.first + k] += static_cast<double>(documents * p[k]);
                                        variance[seen.first + k] +=
                                            static_cast<double>(documents * p[k] * (1.0L - p[k]));
                                    }
                                });
            for (std::int64_t d = range.first; d <= range.last; ++d) {
                QVERIFY(std::abs(mean[d] - expected[d]) < 5.0 * std::sqrt(variance[d] / seeds));
                const double found = square[d] - mean[d] * mean[d];
                QVERIFY(std::abs(found - variance[d]) < 0.15 * variance[d]);
            }
        }
    }

    void aSeedDecidesTheCountsAndNothingElseDoes()
    {
        for (const Mask mask : masks)
            for (const Lengths& lengths : everyLengths) {
                const auto draw = [&](std::int64_t seed) {
                    return makeCorpus(PowerLaw{}, settings(40, lengths, Counts::Sampled, seed), mask, 64);
                };
                const Corpus first = draw(1);
                QCOMPARE(draw(1).reads, first.reads);
                QCOMPARE(draw(1).lengths, first.lengths);
                QVERIFY(draw(2).reads != first.reads);
            }
        const auto drawnFor = [](const Teacher& teacher, Mask mask) {
            return makeCorpus(teacher, settings(40, UniformLengths{}, Counts::Sampled), mask, 64).lengths;
        };
        QCOMPARE(drawnFor(PowerLaw{}, Mask::Causal), drawnFor(Window{}, Mask::Bidirectional));
    }

    void pairsAreTheVisibleQueryKeyPairs()
    {
        forEveryCorpus(60, [](const Teacher&, const Corpus& corpus, Counts) {
            OffsetValues pairs(corpus.pairs.range());
            for (const auto& [length, documents] : corpus.lengths)
                for (std::int64_t i = 0; i < length; ++i) {
                    const OffsetRange seen = brute::seenBy(i, corpus.mask, length);
                    for (std::int64_t d = seen.first; d <= seen.last; ++d)
                        pairs[d] += documents;
                }
            for (std::int64_t d = pairs.first; d <= pairs.last(); ++d)
                QVERIFY(std::abs(corpus.pairs[d] - pairs[d]) <= 1e-11 * pairs[d]);
        });
    }

    void manyLengthsAreRoundedUpBothWaysAndSaidSo()
    {
        const auto distribution = settings(1000, UniformLengths{}, Counts::Expected);
        const auto exact = documentLengths(distribution, 500);
        const Corpus corpus = makeCorpus(PowerLaw{}, distribution, Mask::Bidirectional, 500);
        QCOMPARE(corpus.lengths.size(), 64u);
        QVERIFY(corpus.note.find("500") != std::string::npos && corpus.note.find("64") != std::string::npos);
        QVERIFY(std::abs(documentsOf(corpus.lengths) - 1000.0) < 1e-9);
        QCOMPARE(corpus.lengths.back().length, 500);
        for (std::int64_t x = 1; x <= 500; ++x) {
            QVERIFY(documentsOfAtLeast(corpus.lengths, x) >= documentsOfAtLeast(exact, x) - 1e-9);
            QVERIFY(documentsOfAtLeast(corpus.lengths, x + 8) <= documentsOfAtLeast(exact, x) + 1e-9);
        }
    }

    void fewLengthsAndCausalOnesAreKept()
    {
        QVERIFY(makeCorpus(PowerLaw{}, settings(9, UniformLengths{}, Counts::Expected), Mask::Bidirectional, 64)
                    .note.empty());
        const Corpus causal =
            makeCorpus(PowerLaw{}, settings(9, UniformLengths{}, Counts::Expected), Mask::Causal, 500);
        QVERIFY(causal.note.empty());
        QCOMPARE(causal.lengths.size(), 500u);
    }

    void queriesAtAPositionAreTheLongerDocuments()
    {
        QCOMPARE(queriesByPosition({{2, 3.0}, {5, 1.0}}), (std::vector<double>{4.0, 4.0, 1.0, 1.0, 1.0}));
        QVERIFY(queriesByPosition({}).empty());
    }

    void steepTeachersNeitherOverflowNorVanish()
    {
        const std::vector<Teacher> steep = {Exponential{0.01}, PowerLaw{-300.0}, Window{2, 5000.0}};
        for (const Teacher& teacher : steep)
            for (const Mask mask : masks)
                for (const Counts counts : {Counts::Sampled, Counts::Expected}) {
                    const Corpus corpus = makeCorpus(teacher, settings(5, FixedLengths{}, counts), mask, 300);
                    QVERIFY(std::abs(total(corpus.reads) - corpus.queries) < 1e-9 * corpus.queries);
                }
    }

    void aSingleTokenReadsItself()
    {
        for (const Mask mask : masks) {
            const Corpus corpus = makeCorpus(PowerLaw{}, settings(7, UniformLengths{}, Counts::Sampled), mask, 1);
            QCOMPARE(corpus.reads[0], 7.0);
            QCOMPARE(corpus.pairs[0], 7.0);
        }
    }

    void nothingToReadIsAnError()
    {
        QVERIFY_EXCEPTION_THROWN(makeCorpus(PowerLaw{}, {}, Mask::Causal, 0), InputError);
        QVERIFY_EXCEPTION_THROWN(makeCorpus(PowerLaw{}, settings(0, FixedLengths{}, Counts::Sampled), Mask::Causal, 8),
                                 InputError);
    }

    void aStopIsHeard()
    {
        std::stop_source source;
        source.request_stop();
        QVERIFY_EXCEPTION_THROWN(makeCorpus(PowerLaw{}, {}, Mask::Causal, 512, {source.get_token(), {}}), Cancelled);
    }
};

QTEST_GUILESS_MAIN(CorpusTest)
#include "corpus.moc"
