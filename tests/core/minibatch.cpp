// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/minibatch.h"

#include "brute_force.h"
#include "core/learning/learn.h"
#include "core/learning/teacher.h"

#include <QTest>

#include <numeric>

using namespace posbias;

namespace {

constexpr std::int64_t L = 40;
const std::vector<Mask> masks = {Mask::Causal, Mask::Bidirectional};
const std::vector<Lengths> everyLengths = {FixedLengths{}, UniformLengths{}, ParetoLengths{1.5, 8},
                                           ListedLengths{"3:1 20:5 70:2"}};

struct Documents {
    Corpus corpus;
    std::shared_ptr<const DocumentReads> reads;
};

Documents documents(const Lengths& lengths, Mask mask, std::int64_t count = 30, std::int64_t seed = 1)
{
    DocumentReads reads;
    Corpus corpus = makeCorpus(PowerLaw{}, {count, lengths, Counts::Sampled, seed}, mask, L, {}, &reads);
    return {std::move(corpus), std::make_shared<const DocumentReads>(std::move(reads))};
}

/// A corpus of these documents only.
Corpus corpusOf(const Documents& all, std::span<const std::int32_t> some)
{
    Corpus corpus{all.corpus.mask,
                  L,
                  {},
                  0.0,
                  OffsetValues(visibleOffsets(all.corpus.mask, L)),
                  OffsetValues(visibleOffsets(all.corpus.mask, L)),
                  {}};
    for (const std::int32_t m : some) {
        const std::int64_t length = all.reads->length(m);
        if (corpus.lengths.empty() || corpus.lengths.back().length != length)
            corpus.lengths.push_back({length, 0.0});
        corpus.lengths.back().documents += 1.0;
        corpus.queries += static_cast<double>(length);
        for (const std::int32_t d : all.reads->of(m))
            corpus.reads[d] += 1.0;
    }
    return corpus;
}

}  // namespace

class MinibatchTest : public QObject {
    Q_OBJECT

private slots:
    void theReadsOfAllDocumentsAreTheCorpus()
    {
        for (const Mask mask : masks)
            for (const Lengths& lengths : everyLengths)
                for (const std::int64_t count : {1, 2, 30, 300}) {
                    const Documents all = documents(lengths, mask, count);
                    QCOMPARE(all.reads->documents(), count);
                    std::vector<std::int32_t> every(static_cast<std::size_t>(count));
                    std::iota(every.begin(), every.end(), 0);
                    const Corpus sum = corpusOf(all, every);
                    QCOMPARE(sum.lengths, all.corpus.lengths);
                    QCOMPARE(sum.reads, all.corpus.reads);
                    const Corpus whole = makeCorpus(PowerLaw{}, {count, lengths, Counts::Sampled, 1}, mask, L);
                    QCOMPARE(whole.reads, all.corpus.reads);
                }
    }

    void noDocumentReadsFartherThanItIsLong()
    {
        for (const Mask mask : masks) {
            const Documents all = documents(UniformLengths{}, mask, 50);
            for (std::int64_t m = 0; m < 50; ++m)
                for (const std::int32_t d : all.reads->of(m))
                    QVERIFY(d < all.reads->length(m) && (mask == Mask::Causal ? d >= 0 : d > -all.reads->length(m)));
        }
    }

    /// Each document's reads are those of its own queries: the sum over its positions of their attention.
    void everyDocumentReadsAsItWouldAlone()
    {
        for (const Mask mask : masks) {
            const int seeds = 3000;
            const std::vector<std::int64_t> lengths = {2, 5, 5};
            std::vector<OffsetValues> mean(3, OffsetValues(visibleOffsets(mask, 5)));
            int used = 0;
            for (int seed = 1; used < seeds; ++seed) {
                DocumentReads reads;
                makeCorpus(PowerLaw{1.0}, {3, ListedLengths{"2:1 5:2"}, Counts::Sampled, seed}, mask, 5, {}, &reads);
                if (reads.length(0) != 2 || reads.length(1) != 5)
                    continue;
                ++used;
                for (std::int64_t m = 0; m < 3; ++m)
                    for (const std::int32_t d : reads.of(m))
                        mean[m][d] += 1.0 / seeds;
            }
            const OffsetValues g = preferences(PowerLaw{1.0}, visibleOffsets(mask, 5));
            for (std::size_t m = 0; m < 3; ++m) {
                OffsetValues expected(g.range()), variance(g.range());
                for (std::int64_t i = 0; i < lengths[m]; ++i) {
                    const OffsetRange seen = brute::seenBy(i, mask, lengths[m]);
                    const auto p = brute::attention(g, seen);
                    for (std::size_t k = 0; k < p.size(); ++k) {
                        expected[seen.first + static_cast<std::int64_t>(k)] += static_cast<double>(p[k]);
                        variance[seen.first + static_cast<std::int64_t>(k)] +=
                            static_cast<double>(p[k] * (1.0L - p[k]));
                    }
                }
                for (std::int64_t d = g.first; d <= g.last(); ++d)
                    QVERIFY(std::abs(mean[m][d] - expected[d]) <= 5.0 * std::sqrt(variance[d] / seeds) + 1e-9);
            }
        }
    }

    void everyEpochReadsEveryDocumentOnceInAnotherOrder()
    {
        for (const auto& [count, batch] : {std::pair<std::int64_t, std::int64_t>{10, 3}, {10, 5}, {10, 1}, {7, 6}}) {
            BatchOrder order(count, batch, 5);
            const std::int64_t steps = (count + batch - 1) / batch;
            std::vector<std::vector<std::int32_t>> epochs(4);
            for (std::int64_t step = 1; step <= 4 * steps; ++step) {
                const auto some = order.documentsOf(step);
                QCOMPARE(std::ssize(some), step % steps == 0 ? count - (steps - 1) * batch : batch);
                QVERIFY(std::is_sorted(some.begin(), some.end()));
                auto& epoch = epochs[static_cast<std::size_t>((step - 1) / steps)];
                epoch.insert(epoch.end(), some.begin(), some.end());
            }
            std::vector<std::int32_t> every(static_cast<std::size_t>(count));
            std::iota(every.begin(), every.end(), 0);
            QVERIFY(epochs[0] != epochs[1]);
            for (auto& epoch : epochs) {
                std::sort(epoch.begin(), epoch.end());
                QCOMPARE(epoch, every);
            }
        }
    }

    void anyStepFindsItsDocumentsWithoutTheOnesBefore()
    {
        BatchOrder forward(20, 3, 1), other(20, 3, 2);
        bool differs = false;
        for (std::int64_t step = 1; step <= 30; ++step) {
            const auto some = forward.documentsOf(step);
            BatchOrder fresh(20, 3, 1);
            QVERIFY(std::ranges::equal(some, fresh.documentsOf(step)));
            differs = differs || !std::ranges::equal(some, other.documentsOf(step));
        }
        QVERIFY(differs);
    }

    void aBatchsGradientIsThatOfACorpusOfItsDocuments()
    {
        for (const Mask mask : masks)
            for (const Lengths& lengths : everyLengths)
                for (const Scheme& scheme : {Scheme(PerOffset{}), Scheme(T5{T5Variant::HuggingFace, 8, 20})}) {
                    const Documents all = documents(lengths, mask, 9);
                    const ParameterTable table = parameterTable(scheme, mask, L);
                    const TrainingLoss loss(all.corpus, table);
                    BatchGradient batches(loss, table, all.reads, 4, 1);
                    BatchOrder order(9, 4, 1);
                    const auto u = brute::randomParameters(table.parameterCount(), 2.0, 3);
                    std::vector<double> gradient(u.size()), whole(u.size()), mean(u.size(), 0.0);
                    for (std::int64_t step = 1; step <= 3; ++step) {
                        batches.gradient(step, u, gradient);
                        const Corpus some = corpusOf(all, order.documentsOf(step));
                        const auto expected = brute::loss(some, table, u).gradient;
                        for (std::size_t p = 0; p < u.size(); ++p) {
                            QVERIFY(std::abs(gradient[p] - static_cast<double>(expected[p])) < 1e-13);
                            mean[p] += gradient[p] * some.queries / all.corpus.queries;
                        }
                    }
                    loss.gradient(u, whole);
                    for (std::size_t p = 0; p < u.size(); ++p)
                        QVERIFY(std::abs(mean[p] - whole[p]) < 1e-13);
                }
    }

    /// Bit for bit, as if there were no batches.
    void aBatchOfAllDocumentsIsTheWholeCorpus()
    {
        for (const Mask mask : masks) {
            const CorpusSettings settings{12, UniformLengths{}, Counts::Sampled, 3};
            const ParameterTable table = parameterTable(PerOffset{}, mask, L);
            std::vector<std::vector<double>> found;
            for (const std::int64_t batch : {0, 11, 12, 500}) {
                const Learning learning = Adam{.steps = 100, .batch = batch};
                const TrainingData data = drawTrainingData(PowerLaw{}, settings, mask, L, learning);
                QCOMPARE(data.documents != nullptr, batch == 11);
                found.push_back(
                    learn(data, std::make_shared<const TrainingLoss>(*data.corpus, table), table, learning).fit.values);
            }
            QVERIFY(found[1] != found[0]);
            QVERIFY(found[2] == found[0] && found[3] == found[0]);
        }
    }

    void expectedCountsHaveNoDocumentsToChooseFrom()
    {
        const Learning learning = Sgd{.steps = 10, .batch = 2, .stopping = Stopping::BestHeldOut};
        const CorpusSettings settings{12, FixedLengths{}, Counts::Expected};
        QVERIFY(!readsMinibatches(settings, learning) && !stopsEarly(settings, learning));
        const TrainingData data = drawTrainingData(PowerLaw{}, settings, Mask::Causal, L, learning);
        QVERIFY(!data.documents && !data.heldOut);
    }

    void theSeedOfLearningOrdersTheDocumentsAndOnlyThat()
    {
        const ParameterTable table = parameterTable(PerOffset{}, Mask::Causal, L);
        const auto learned = [&](std::int64_t seed) {
            const Learning learning = Momentum{.steps = 30, .batch = 1, .seed = seed};
            const TrainingData data =
                drawTrainingData(PowerLaw{}, {12, FixedLengths{}, Counts::Sampled, 3}, Mask::Causal, L, learning);
            return learn(data, std::make_shared<const TrainingLoss>(*data.corpus, table), table, learning).fit.values;
        };
        QVERIFY(learned(1) == learned(1));
        QVERIFY(learned(1) != learned(2));
    }
};

QTEST_GUILESS_MAIN(MinibatchTest)
#include "minibatch.moc"
