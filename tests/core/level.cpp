// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/level.h"

#include "core/experiment/presets.h"
#include "study_samples.h"

#include <QTest>

#include <algorithm>

using namespace posbias;

namespace {

const Landing* landingOf(const SchemeLevel& scheme, const std::string& optimizer)
{
    const auto landing = std::ranges::find(scheme.landings, optimizer, &Landing::optimizer);
    return landing == scheme.landings.end() ? nullptr : &*landing;
}

Experiment shifted(Experiment experiment, double shift)
{
    experiment.level = {shift, shift};
    return experiment;
}

/// Two schemes, as the window compares.
Experiment pairOf(Mask mask, const Scheme& a, const Scheme& b)
{
    Experiment experiment = samples::small(mask);
    experiment.schemes = {a, b};
    return experiment;
}

const T5 trainedBuckets{T5Variant::HuggingFace, 8, 16};
const T5 untrainedBuckets{T5Variant::HuggingFace, 16, 120};

}  // namespace

class LevelTest : public QObject {
    Q_OBJECT

private slots:
    void theLevelIsTheMeanOfTheTrainedParameters()
    {
        const Training training = train(samples::small(Mask::Causal));
        const TrainedScheme& scheme = *training.schemes[2];
        QVERIFY(scheme.untrainedCount > 0);
        double sum = 0.0;
        for (std::size_t p = 0; p < scheme.exposure.size(); ++p)
            sum += scheme.exposure[p] > 0.0 ? scheme.fit.values[p] : 0.0;
        QCOMPARE(levelOf(scheme), sum / static_cast<double>(scheme.exposure.size() - scheme.untrainedCount));
    }

    void theCurveIsTheDistanceByDefinition()
    {
        for (const Mask mask : {Mask::Causal, Mask::Bidirectional}) {
            const Experiment experiment = pairOf(mask, PerOffset{}, untrainedBuckets);
            const Training training = train(experiment);
            const LevelStudy study = levelStudy(experiment, training);
            for (std::size_t s = 0; s < 2; ++s) {
                const TrainedScheme& scheme = *training.schemes[s];
                QVERIFY(!study.schemes[s].immune);
                for (std::size_t k = 0; k < study.levels.size(); k += 12) {
                    const double shift = study.levels[k] - study.schemes[s].level;
                    const double kl = samples::klOf(experiment, experiment.length, [&](std::int64_t d) {
                        return scheme.biasOf(d) + (scheme.trained(d) ? shift : 0.0);
                    });
                    QVERIFY(std::abs(study.schemes[s].kls[k] - kl) < 1e-12 * std::max(1.0, kl));
                }
            }
        }
    }

    void levelsAreEvenAndCoverEverything()
    {
        const Experiment experiment = pairOf(Mask::Causal, PerOffset{}, trainedBuckets);
        const LevelStudy study = levelStudy(experiment, train(experiment));
        QVERIFY(study.levels.size() > 90 && study.levels.size() < 110);
        const double step = study.levels[1] - study.levels[0];
        for (std::size_t k = 1; k < study.levels.size(); ++k)
            QVERIFY(std::abs(study.levels[k] - study.levels[k - 1] - step) < 1e-12);
        for (const SchemeLevel& scheme : study.schemes) {
            QVERIFY(scheme.level > study.levels.front() && scheme.level < study.levels.back());
            for (const Landing& landing : scheme.landings)
                QVERIFY(landing.level > study.levels.front() && landing.level < study.levels.back());
        }
    }

    void shiftingTheExperimentMovesAlongTheCurve()
    {
        const Experiment experiment = pairOf(Mask::Causal, PerOffset{}, trainedBuckets);
        const LevelStudy study = levelStudy(experiment, train(experiment));
        for (std::size_t k = 5; k < study.levels.size(); k += 20) {
            const Experiment moved = shifted(experiment, study.levels[k] - study.schemes[0].level);
            const Training training = train(moved);
            const LevelStudy there = levelStudy(moved, training);
            QVERIFY(std::abs(there.schemes[0].level - study.levels[k]) < 1e-12);
            QVERIFY(std::abs(there.schemes[0].kl - study.schemes[0].kls[k]) < 1e-12);
            QVERIFY(std::abs(there.schemes[0].klWithin - study.schemes[0].klWithin) < 1e-12);
            QCOMPARE(there.schemes[0].landings.front().level, study.schemes[0].landings.front().level);
        }
    }

    /// Softmax does not see a common constant: not in the loss, not in a single attention weight.
    void withinTheTrainingLengthNothingMoves()
    {
        for (const Mask mask : {Mask::Causal, Mask::Bidirectional}) {
            Experiment experiment = pairOf(mask, PerOffset{}, trainedBuckets);
            experiment.length = experiment.trainingLength;
            experiment.view = defaultView(experiment.length);
            const auto before = evaluate(experiment), after = evaluate(shifted(experiment, -7.5));
            for (std::size_t s = 0; s < 2; ++s) {
                QVERIFY(std::abs(before->schemes[s].atLength.kl - after->schemes[s].atLength.kl) < 1e-12);
                for (std::int64_t i = 0; i < experiment.length; ++i) {
                    const std::vector<double> rowBefore = before->schemes[s].attention->row(i);
                    const std::vector<double> rowAfter = after->schemes[s].attention->row(i);
                    for (std::size_t j = 0; j < rowBefore.size(); ++j)
                        QVERIFY(std::abs(rowBefore[j] - rowAfter[j]) <= 1e-13 * rowBefore[j]);
                }
            }
        }
    }

    void trainedBucketsAreImmune()
    {
        const Experiment experiment = pairOf(Mask::Causal, PerOffset{}, trainedBuckets);
        const LevelStudy study = levelStudy(experiment, train(experiment));
        const SchemeLevel& scheme = study.schemes[1];
        QVERIFY(scheme.immune && !study.schemes[0].immune);
        for (const double kl : scheme.kls)
            QVERIFY(std::abs(kl / scheme.kl - 1.0) < 1e-12);
        const Training moved = train(shifted(experiment, 12.0));
        QVERIFY(std::abs(compareAt(experiment, moved, 1, experiment.length).kl / scheme.kl - 1.0) < 1e-12);
    }

    void withinTheTrainingLengthEverySchemeIsImmune()
    {
        Experiment experiment = pairOf(Mask::Causal, PerOffset{}, untrainedBuckets);
        experiment.length = experiment.trainingLength;
        experiment.view = defaultView(experiment.length);
        for (const SchemeLevel& scheme : levelStudy(experiment, train(experiment)).schemes) {
            QVERIFY(scheme.immune);
            QVERIFY(std::ranges::all_of(scheme.kls, [&](double kl) { return kl == scheme.kl; }));
        }
    }

    void farLevelsStayFinite()
    {
        Experiment experiment = pairOf(Mask::Causal, PerOffset{}, trainedBuckets);
        experiment.learning = Exact{.weightDecay = 1e-6, .initial = -100.0};
        Training training = train(experiment);
        auto far = std::make_shared<TrainedScheme>(*training.schemes[0]);
        for (double& value : far->fit.values)
            value += 2000.0;
        training.schemes[0] = far;
        const LevelStudy study = levelStudy(experiment, training);
        for (const double kl : study.schemes[0].kls)
            QVERIFY(std::isfinite(kl) && kl >= 0.0);
    }

    /// Gradient descent and the exact optimum keep the mean where it started; Adam and Adafactor drag it down.
    void theOptimizerDecidesTheLevel()
    {
        for (const std::int64_t seed : {1, 2}) {
            Experiment experiment = findPreset("past-training")->experiment;
            experiment.corpus.seed = seed;
            const LevelStudy study = levelStudy(experiment, train(experiment));
            const SchemeLevel &perOffset = study.schemes[0], &buckets = study.schemes[1];
            QCOMPARE(perOffset.landings.size(), std::size_t{6});
            for (const char* optimizer : {"sgd", "momentum", "exact"}) {
                const Landing* landing = landingOf(perOffset, optimizer);
                QVERIFY(landing && std::abs(landing->level) < 1e-6);
                QVERIFY(landing->kl > 0.018 && landing->kl < 0.03);
            }
            for (const char* optimizer : {"adam", "adamw", "adafactor"}) {
                const Landing* landing = landingOf(perOffset, optimizer);
                QVERIFY(landing && landing->level < -3.0 && landing->level > -7.0);
                QVERIFY(landing->kl > 0.3 && landing->kl < 0.5);
            }
            QVERIFY(buckets.immune);
            for (const Landing& landing : buckets.landings)
                QVERIFY(landing.kl > 0.012 && landing.kl < 0.02);
        }
    }

    void ownSettingsAndInitialValuesAreKept()
    {
        Experiment experiment = pairOf(Mask::Causal, PerOffset{}, trainedBuckets);
        experiment.learning = Adam{.steps = 3, .initial = 2.0};
        const Training training = train(experiment);
        const SchemeLevel scheme = levelStudy(experiment, training).schemes[0];
        QCOMPARE(landingOf(scheme, "adam")->level, levelOf(*training.schemes[0]));
        QCOMPARE(landingOf(scheme, "adam")->kl, scheme.kl);
        QVERIFY(std::abs(landingOf(scheme, "sgd")->level - 2.0) < 1e-9);
        QVERIFY(std::abs(landingOf(scheme, "exact")->level - 2.0) < 1e-6);
    }

    void anOptimizerThatDivergesIsLeftOut()
    {
        Experiment experiment = pairOf(Mask::Causal, PerOffset{}, trainedBuckets);
        const Training training = train(experiment);
        experiment.learning = Sgd{.learningRate = 10.0, .steps = 1000, .weightDecay = 1.0};
        const SchemeLevel scheme = levelStudy(experiment, training).schemes[0];
        QVERIFY(!landingOf(scheme, "sgd") && landingOf(scheme, "adam"));
    }
};

QTEST_GUILESS_MAIN(LevelTest)
#include "level.moc"
