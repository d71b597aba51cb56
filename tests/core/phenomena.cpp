// SPDX-License-Identifier: GPL-3.0-or-later
// What the program exists to show, as numbers: each preset's claim, over several seeds.
#include "core/evaluation/result.h"
#include "core/experiment/presets.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace posbias;

namespace {

struct Range {
    double low = 1e300, high = -1e300;
    void add(double value)
    {
        low = std::min(low, value);
        high = std::max(high, value);
    }
};

struct Outcome {
    Range within;      ///< KL over 0..511
    Range at1000;      ///< KL over 0..999
    Range unseen850;   ///< attention of query 850 on offsets >= 512
};

Experiment withSeed(const std::string& preset, std::int64_t seed, const Learning& learning)
{
    Experiment experiment = findPreset(preset)->experiment;
    experiment.corpus.seed = seed;
    experiment.learning = learning;
    return experiment;
}

Outcome outcome(Experiment experiment, const Scheme& scheme, int seeds)
{
    Outcome outcome;
    experiment.schemes = {scheme, scheme};
    for (int seed = 1; seed <= seeds; ++seed) {
        experiment.corpus.seed = seed;
        const auto result = evaluate(experiment);
        outcome.within.add(result->schemes[0].withinTraining.kl);
        outcome.at1000.add(result->schemes[0].atLength.kl);
        const AttentionShares shares = attentionShares(*result, 0, 850);
        outcome.unseen850.add(shares.unseen + shares.untrained);
    }
    return outcome;
}

constexpr int adamSeeds = 16, exactSeeds = 4;

}  // namespace

#define VERIFY_RANGE(range, least, most)                                                                              \
    QVERIFY2((range).low >= (least) && (range).high <= (most),                                                        \
             qPrintable(QString("%1..%2, expected within %3..%4").arg((range).low).arg((range).high).arg(least).arg(most)))

class PhenomenaTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void perOffsetPoursAttentionPastTheTrainingLengthUnderAdam();
    void perOffsetKeepsItsLevelUnderTheExactFit();
    void sharingIsImmuneUnderEitherOptimizer();
    void bucketsThatEndAtTheTrainingLengthAreBest();
    void untrainedLastBucketsBreakT5UnderEitherOptimizer();
    void aSmallCorpusMakesPerOffsetNoiseInsideTheTrainingLength();
    void trainedBucketsDoNotCareWhichOptimizer();
    void farBeyondTrainingEverySchemeDrifts();
    void bookFigureLeavesItsLastTwoBucketsUntrained();
    void moreDocumentsBringPerOffsetNearerToTheData();
};

void PhenomenaTest::perOffsetPoursAttentionPastTheTrainingLengthUnderAdam()
{
    const Outcome o = outcome(Experiment{}, PerOffset{}, adamSeeds);
    VERIFY_RANGE(o.within, 0.0070, 0.0105);
    VERIFY_RANGE(o.at1000, 0.427, 0.452);
    VERIFY_RANGE(o.unseen850, 0.68, 0.72);
}

void PhenomenaTest::perOffsetKeepsItsLevelUnderTheExactFit()
{
    Experiment experiment;
    experiment.learning = Exact{};
    const Outcome o = outcome(experiment, PerOffset{}, exactSeeds);
    VERIFY_RANGE(o.within, 0.0100, 0.0165);
    VERIFY_RANGE(o.at1000, 0.021, 0.030);
    VERIFY_RANGE(o.unseen850, 0.02, 0.04);
}

void PhenomenaTest::sharingIsImmuneUnderEitherOptimizer()
{
    for (const Learning& learning : {Learning(Adam{}), Learning(Exact{})}) {
        Experiment experiment;
        experiment.learning = learning;
        const Outcome o = outcome(experiment, T5{}, exactSeeds);
        VERIFY_RANGE(o.within, 0.0036, 0.0045);
        VERIFY_RANGE(o.at1000, 0.0130, 0.0185);
        VERIFY_RANGE(o.unseen850, 0.035, 0.05);
    }
}

void PhenomenaTest::bucketsThatEndAtTheTrainingLengthAreBest()
{
    for (const Learning& learning : {Learning(Adam{}), Learning(Exact{})}) {
        Experiment experiment;
        experiment.learning = learning;
        const Outcome o = outcome(experiment, T5{T5Variant::HuggingFace, 32, 512}, exactSeeds);
        VERIFY_RANGE(o.within, 0.0008, 0.0018);
        VERIFY_RANGE(o.at1000, 0.0012, 0.0060);
        VERIFY_RANGE(o.unseen850, 0.004, 0.026);
    }
}

void PhenomenaTest::untrainedLastBucketsBreakT5UnderEitherOptimizer()
{
    const T5 wide{T5Variant::HuggingFace, 32, 1024};
    const Outcome adam = outcome(Experiment{}, wide, adamSeeds);
    VERIFY_RANGE(adam.within, 0.0010, 0.0020);
    VERIFY_RANGE(adam.at1000, 0.312, 0.338);
    VERIFY_RANGE(adam.unseen850, 0.63, 0.67);
    Experiment experiment;
    experiment.learning = Exact{};
    const Outcome exact = outcome(experiment, wide, exactSeeds);
    VERIFY_RANGE(exact.within, 0.0010, 0.0022);
    VERIFY_RANGE(exact.at1000, 0.168, 0.193);
    VERIFY_RANGE(exact.unseen850, 0.42, 0.47);
}

void PhenomenaTest::aSmallCorpusMakesPerOffsetNoiseInsideTheTrainingLength()
{
    const Experiment small = findPreset("small-corpus")->experiment;
    QCOMPARE(small.corpus.documents, 4);
    const Outcome adam = outcome(small, PerOffset{}, adamSeeds), shared = outcome(small, T5{}, adamSeeds);
    VERIFY_RANGE(adam.within, 0.053, 0.093);
    VERIFY_RANGE(shared.within, 0.0075, 0.021);
    Experiment experiment = small;
    experiment.learning = Exact{};
    VERIFY_RANGE(outcome(experiment, PerOffset{}, exactSeeds).within, 0.095, 0.170);
}

void PhenomenaTest::trainedBucketsDoNotCareWhichOptimizer()
{
    for (int seed = 1; seed <= 4; ++seed) {
        const double adam = evaluate(withSeed("past-training", seed, Adam{}))->schemes[1].atLength.kl;
        const double exact = evaluate(withSeed("past-training", seed, Exact{}))->schemes[1].atLength.kl;
        QVERIFY(std::abs(adam - exact) < 0.05 * exact);
    }
}

void PhenomenaTest::farBeyondTrainingEverySchemeDrifts()
{
    Experiment experiment;
    experiment.schemes = {PerOffset{}, T5{}, T5{T5Variant::HuggingFace, 32, 512}};
    const Training training = train(experiment);
    const auto klAt = [&](std::size_t scheme) { return compareAt(experiment, training, scheme, 65536).kl; };
    QVERIFY(std::abs(klAt(0) - 4.9) < 0.2);
    QVERIFY(std::abs(klAt(1) - 1.4) < 0.15);
    QVERIFY(std::abs(klAt(2) - 0.8) < 0.15);
}

void PhenomenaTest::bookFigureLeavesItsLastTwoBucketsUntrained()
{
    const auto result = evaluate(findPreset("book-figure")->experiment);
    const TrainedScheme& t5 = *result->training.schemes[1];
    QCOMPARE(t5.table.parameterCount(), 33);
    QCOMPARE(t5.untrainedCount, 2);
    QCOMPARE(t5.exposure[31], 0.0);
    QCOMPARE(t5.exposure[32], 0.0);
    QVERIFY(!t5.trained(700));
    QVERIFY(result->schemes[1].atLength.kl > 20.0 * result->schemes[1].withinTraining.kl);
}

void PhenomenaTest::moreDocumentsBringPerOffsetNearerToTheData()
{
    double previous = 1e300;
    for (std::int64_t documents : {4, 40, 400, 4000}) {
        Experiment experiment = withSeed("past-training", 1, Exact{});
        experiment.corpus.documents = documents;
        const double kl = evaluate(experiment)->schemes[0].withinTraining.kl;
        QVERIFY(kl < previous / 3.0);
        previous = kl;
    }
}

QTEST_GUILESS_MAIN(PhenomenaTest)
#include "phenomena.moc"
