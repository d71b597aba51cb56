// SPDX-License-Identifier: GPL-3.0-or-later
// Four documents: the more freedom, the more noise is learned.
#include "core/evaluation/sweep.h"
#include "core/experiment/presets.h"
#include "tests/core/phenomena_ranges.h"

using namespace posbias;

namespace {

constexpr std::size_t seeds = 4;

T5 t5(std::int64_t buckets, std::int64_t maxDistance)
{
    return {T5Variant::HuggingFace, buckets, maxDistance};
}

Experiment fourDocuments(std::int64_t steps, Stopping stopping = Stopping::LastStep)
{
    Experiment experiment;
    experiment.corpus.documents = 4;
    Adam adam;
    adam.steps = steps;
    adam.stopping = stopping;
    experiment.learning = adam;
    return experiment;
}

}  // namespace

class NoisePhenomenaTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void insideTheTrainingLengthPerOffsetIsSeveralTimesWorseThanSharedBuckets()
    {
        const Distances d = distances(fourDocuments(1000), 8);
        for (std::size_t k = 0; k < 8; ++k)
            QVERIFY(d.within[0][k] > 3.0 * d.within[1][k]);
        VERIFY_RANGE(d.withinRange(0), 0.055, 0.092);
        VERIFY_RANGE(d.withinRange(1), 0.007, 0.021);
    }

    void moreStepsOverfitPerOffsetFurtherAndSharedBucketsHardly()
    {
        const Distances early = distances(fourDocuments(300), seeds), late = distances(fourDocuments(1000), seeds),
                        latest = distances(fourDocuments(4000), seeds);
        for (std::size_t k = 0; k < seeds; ++k) {
            QVERIFY(late.within[0][k] > 1.5 * early.within[0][k]);
            QVERIFY(latest.within[0][k] > 1.4 * late.within[0][k]);
            QVERIFY(std::abs(latest.within[1][k] - late.within[1][k]) < 0.1 * late.within[1][k]);
        }
    }

    void earlyStoppingHelpsInsideTheTrainingLengthAndNotPastIt()
    {
        const Experiment& preset = findPreset("early-stopping")->experiment;
        const std::int64_t steps = stepsOf(preset.learning).value();
        QVERIFY(preset == [&] {
            Experiment same = fourDocuments(steps, Stopping::BestHeldOut);
            same.title = preset.title;
            return same;
        }());
        const Distances stopped = distances(preset, seeds), ended = distances(fourDocuments(steps), seeds);
        for (std::size_t k = 0; k < seeds; ++k) {
            QVERIFY(stopped.within[0][k] < 0.4 * ended.within[0][k]);
            QVERIFY(stopped.within[1][k] < 1.5 * ended.within[1][k]);
            QVERIFY(stopped.atLength[0][k] > ended.atLength[0][k]);
        }
    }

    void theErrorAgainstTheNumberOfBucketsIsAU()
    {
        Experiment experiment = fourDocuments(1000);
        experiment.schemes = {t5(8, 128), t5(24, 512), t5(128, 511), t5(512, 512), PerOffset{}};
        const Distances d = distances(experiment, 8);
        for (std::size_t k = 0; k < 8; ++k) {
            QVERIFY(d.within[0][k] > 2.5 * d.within[1][k]);
            QVERIFY(d.within[2][k] > 2.5 * d.within[1][k]);
            QVERIFY(std::abs(d.within[3][k] - d.within[4][k]) < 0.1 * d.within[4][k]);
        }
        VERIFY_RANGE(d.withinRange(0), 0.031, 0.039);
        VERIFY_RANGE(d.withinRange(1), 0.0045, 0.0115);
        VERIFY_RANGE(d.withinRange(2), 0.028, 0.047);
    }

    void theBestNumberOfBucketsLiesWellInsideTheSweep()
    {
        Experiment experiment = findPreset("bucket-count")->experiment;
        experiment.sweep.points = 12;
        experiment.sweep.seeds = 2;
        for (const std::int64_t firstSeed : {1, 101, 201}) {
            experiment.corpus.seed = firstSeed;
            for (const SweepSeries& series : summarize(runSweep(experiment, sweepPlan(experiment)))) {
                if (series.scheme != 1)
                    continue;
                const std::int64_t best = series.values[series.best.value()];
                QVERIFY2(best >= 12 && best <= 64, qPrintable(QString::number(best)));
                QVERIFY(series.mean.front() > 20.0 * series.mean[*series.best]);
                QVERIFY(series.mean.back() > 5.0 * series.mean[*series.best]);
            }
        }
    }
};

QTEST_GUILESS_MAIN(NoisePhenomenaTest)
#include "phenomena_noise.moc"
