// SPDX-License-Identifier: GPL-3.0-or-later
// The optimizer sets the level that training cannot see, and past the training length the level decides.
#include "core/evaluation/level.h"
#include "tests/core/phenomena_ranges.h"

using namespace posbias;

namespace {

const T5 reaching{T5Variant::HuggingFace, 32, 1024};
constexpr std::size_t seeds = 3;

Distances under(const Learning& learning)
{
    Experiment experiment;
    experiment.schemes = {PerOffset{}, T5{}, reaching};
    experiment.learning = learning;
    return distances(experiment, seeds);
}

}  // namespace

class OptimizerPhenomenaTest : public QObject {
    Q_OBJECT

    std::vector<Distances> m_keepers;  ///< SGD, momentum, exact: they keep the mean of the parameters
    std::vector<Distances> m_movers;   ///< Adam, AdamW, Adafactor

private Q_SLOTS:
    void initTestCase()
    {
        m_keepers = {under(Sgd{}), under(Momentum{}), under(Exact{})};
        m_movers = {under(Adam{}), under(AdamW{}), under(Adafactor{})};
    }

    void optimizersThatKeepTheMeanLeavePerOffsetNearTheDataPastTraining()
    {
        for (const Distances& d : m_keepers) {
            VERIFY_RANGE(d.withinRange(0), 0.006, 0.0165);
            VERIFY_RANGE(d.atLengthRange(0), 0.017, 0.030);
        }
    }

    void optimizersThatMoveRareParametersAsFastMakeItPourAttentionIntoUntrainedOffsets()
    {
        for (const Distances& d : m_movers) {
            VERIFY_RANGE(d.withinRange(0), 0.006, 0.018);
            VERIFY_RANGE(d.atLengthRange(0), 0.38, 0.48);
        }
    }

    void sharedBucketsDoNotCareWhichOptimizer()
    {
        const Distances& exact = m_keepers.back();
        const Distances* others[] = {&m_keepers[0], &m_keepers[1], &m_movers[0], &m_movers[2]};
        for (const Distances* d : others)
            for (std::size_t k = 0; k < seeds; ++k) {
                QVERIFY(std::abs(d->atLength[1][k] - exact.atLength[1][k]) < 0.1 * exact.atLength[1][k]);
                QVERIFY(std::abs(d->within[1][k] - exact.within[1][k]) < 0.1 * exact.within[1][k]);
            }
        // AdamW's weight decay pulls the differences themselves towards 0, whoever shares.
        VERIFY_RANGE(m_movers[1].atLengthRange(1), 0.013, 0.021);
    }

    void bucketsBeyondTheTrainingLengthBreakT5UnderEveryOptimizer()
    {
        for (const auto* some : {&m_keepers, &m_movers})
            for (const Distances& d : *some) {
                VERIFY_RANGE(d.withinRange(2), 0.0005, 0.0035);
                VERIFY_RANGE(d.atLengthRange(2), 0.12, 0.36);
            }
    }

    void gradientDescentKeepsTheLevelAndAdamSinksIt()
    {
        for (std::int64_t seed = 1; seed <= 2; ++seed) {
            Experiment experiment;
            experiment.schemes = {PerOffset{}};
            experiment.corpus.seed = seed;
            experiment.learning = Momentum{};
            QVERIFY(std::abs(levelOf(*train(experiment).schemes[0])) < 1e-9);
            experiment.learning = Adam{};
            QVERIFY(levelOf(*train(experiment).schemes[0]) < -3.5);
        }
    }
};

QTEST_GUILESS_MAIN(OptimizerPhenomenaTest)
#include "phenomena_optimizers.moc"
