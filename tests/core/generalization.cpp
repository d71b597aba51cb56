// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/generalization.h"

#include "core/experiment/presets.h"
#include "study_samples.h"

#include <QTest>

#include <algorithm>
#include <numeric>

using namespace posbias;

namespace {

bool close(double a, double b)
{
    return std::abs(a - b) <= 1e-11 * std::max(1.0, std::abs(b));
}

bool close(const Comparison& a, const Comparison& b)
{
    return close(a.nll, b.nll) && close(a.kl, b.kl) && close(a.untrainedMass, b.untrainedMass) &&
           close(a.unseenMass, b.unseenMass);
}

}  // namespace

class GeneralizationTest : public QObject {
    Q_OBJECT

private slots:
    void lengthsAscendAndHoldTheTrainingLengthAndTheLengthShown()
    {
        for (const Mask mask : {Mask::Causal, Mask::Bidirectional}) {
            Experiment experiment = samples::small(mask);
            experiment.trainingLength = 23;
            experiment.length = 61;
            const std::vector<std::int64_t> lengths = generalization(experiment, train(experiment)).lengths;
            QCOMPARE(lengths.front(), 1);
            QCOMPARE(lengths.back(), mask == Mask::Causal ? 1 << 20 : 1 << 17);
            QVERIFY(std::ranges::adjacent_find(lengths, std::greater_equal{}) == lengths.end());
            for (const std::int64_t length : {23, 61, 512, 65'536})
                QVERIFY(std::ranges::binary_search(lengths, length));
            QVERIFY(lengths.size() > 45 && lengths.size() < 80);
        }
    }

    void everyLengthIsWhatComparingThereGives()
    {
        for (const Mask mask : {Mask::Causal, Mask::Bidirectional}) {
            const Experiment experiment = samples::small(mask);
            const Training training = train(experiment);
            const Generalization study = generalization(experiment, training);
            QCOMPARE(study.schemes.size(), std::size_t{3});
            for (std::size_t s = 0; s < 3; ++s)
                for (std::size_t k = 0; k < study.lengths.size(); ++k)
                    if (study.lengths[k] < 1000 || k % 8 == 0)
                        QVERIFY(
                            close(study.schemes[s].atLengths[k], compareAt(experiment, training, s, study.lengths[k])));
        }
    }

    void blocksAreTheMeansOfTheirQueries()
    {
        for (const Mask mask : {Mask::Causal, Mask::Bidirectional})
            for (const std::int64_t length : {1, 60, 600}) {
                Experiment experiment = samples::small(mask);
                experiment.length = length;
                experiment.view = defaultView(length);
                const Training training = train(experiment);
                const Generalization study = generalization(experiment, training);
                QCOMPARE(study.positions.size(), static_cast<std::size_t>(std::min<std::int64_t>(length, 512) + 1));
                QCOMPARE(study.positions.front(), 0);
                QCOMPARE(study.positions.back(), length);
                const TrainedScheme& scheme = *training.schemes[0];
                const auto bias = [&](std::int64_t d) { return scheme.biasOf(d); };
                for (std::size_t k = 0; k<study.schemes[0].klByPosition.size(); k += length> 60 ? 37 : 1) {
                    double kl = 0.0;
                    for (std::int64_t i = study.positions[k]; i < study.positions[k + 1]; ++i)
                        kl += samples::klOfQuery(experiment, length, i, bias);
                    kl /= static_cast<double>(study.positions[k + 1] - study.positions[k]);
                    QVERIFY(std::abs(study.schemes[0].klByPosition[k] - kl) < 1e-12);
                }
            }
    }

    void theGapIsThatOfTheLengthShown()
    {
        const Experiment experiment = samples::small(Mask::Causal);
        const Training training = train(experiment);
        const Generalization study = generalization(experiment, training);
        const auto at = std::ranges::find(study.lengths, experiment.length) - study.lengths.begin();
        for (std::size_t s = 0; s < 3; ++s) {
            QVERIFY(close(study.schemes[s].gap.total, study.schemes[s].atLengths[at].kl));
            QCOMPARE(study.schemes[s].gap.optimizer, decompose(experiment, training, s, experiment.length).optimizer);
        }
    }

    /// Past the training length per-offset fails at once, T5 slowly; far out even T5's constant last bucket is too even.
    void theDefaultExperimentFailsWhereItShould()
    {
        const Experiment experiment = findPreset("past-training")->experiment;
        const Generalization study = generalization(experiment, train(experiment));
        const auto kl = [&](std::size_t s, std::int64_t length) {
            return study.schemes[s].atLengths[std::ranges::find(study.lengths, length) - study.lengths.begin()].kl;
        };
        QVERIFY(kl(0, 512) < 0.012 && kl(0, 1000) > 0.4 && kl(0, 65'536) > 4.0);
        QVERIFY(kl(1, 512) < 0.006 && kl(1, 1000) < 0.02 && kl(1, 65'536) > 1.0 && kl(1, 65'536) < 2.0);
    }

    void progressRisesToTheEndAndAStopIsHeard()
    {
        for (const Mask mask : {Mask::Causal, Mask::Bidirectional}) {
            const Experiment experiment = samples::small(mask);
            const Training training = train(experiment);
            std::vector<double> told;
            std::stop_source stop;
            generalization(experiment, training,
                           {stop.get_token(), [&](double fraction) { told.push_back(fraction); }});
            QVERIFY(told.size() > 10 && std::ranges::is_sorted(told) && told.back() == 1.0);
            const Progress stopped{stop.get_token(), [&](double) { stop.request_stop(); }};
            QVERIFY_EXCEPTION_THROWN(generalization(experiment, training, stopped), Cancelled);
        }
    }
};

QTEST_GUILESS_MAIN(GeneralizationTest)
#include "generalization.moc"
