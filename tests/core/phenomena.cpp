// SPDX-License-Identifier: GPL-3.0-or-later
// What the program exists to show, as numbers: each preset's claim, over several seeds.
#include "core/evaluation/result.h"
#include "core/experiment/presets.h"
#include "tests/core/phenomena_ranges.h"

#include <cmath>

using namespace posbias;

namespace {

struct Outcome {
    Range within;     ///< KL over 0..511
    Range at1000;     ///< KL over 0..999
    Range unseen850;  ///< attention of query 850 on offsets >= 512
};

Experiment withSeed(const std::string& preset, std::int64_t seed, const Learning& learning)
{
    Experiment experiment = findPreset(preset)->experiment;
    experiment.corpus.seed = seed;
    experiment.learning = learning;
    return experiment;
}

Outcome outcome(const Experiment& base, const Scheme& scheme, std::size_t seeds)
{
    std::vector<std::shared_ptr<const Result>> results(seeds);
    inParallel(seeds, [&](std::size_t k) {
        Experiment experiment = base;
        experiment.schemes = {scheme, scheme};
        experiment.corpus.seed = static_cast<std::int64_t>(k) + 1;
        results[k] = evaluate(experiment);
    });
    Outcome outcome;
    for (const auto& result : results) {
        outcome.within.add(result->schemes[0].withinTraining.kl);
        outcome.at1000.add(result->schemes[0].atLength.kl);
        const AttentionShares shares = attentionShares(*result, 0, 850);
        outcome.unseen850.add(shares.unseen + shares.untrained);
    }
    return outcome;
}

constexpr std::size_t adamSeeds = 8, exactSeeds = 4;

}  // namespace

class PhenomenaTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void perOffsetPoursAttentionPastTheTrainingLengthUnderAdam();
    void perOffsetKeepsItsLevelUnderTheExactFit();
    void sharingIsImmuneUnderEitherOptimizer();
    void untrainedLastBucketsBreakT5UnderEitherOptimizer();
    void trainedBucketsDoNotCareWhichOptimizer();
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

void PhenomenaTest::trainedBucketsDoNotCareWhichOptimizer()
{
    for (int seed = 1; seed <= 4; ++seed) {
        const double adam = evaluate(withSeed("past-training", seed, Adam{}))->schemes[1].atLength.kl;
        const double exact = evaluate(withSeed("past-training", seed, Exact{}))->schemes[1].atLength.kl;
        QVERIFY(std::abs(adam - exact) < 0.05 * exact);
    }
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
