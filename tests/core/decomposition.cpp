// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/generalization.h"

#include "core/experiment/presets.h"
#include "study_samples.h"

#include <QTest>

using namespace posbias;

namespace {

double sum(const Decomposition& gap)
{
    return gap.untrained + gap.optimizer + gap.estimation + gap.sharing;
}

/// Trained parameters of `values`, and the teacher's preference elsewhere, by the definition.
double bruteForceWhereTrained(const Experiment& experiment, const TrainedScheme& scheme,
                              const std::vector<double>& values, const std::vector<double>& exposure)
{
    const auto trained = [&](std::int64_t d) {
        const std::int64_t p = scheme.table.parameterOf(d);
        return p != noParameter && exposure[p] > 0.0;
    };
    const auto b = [&](std::int64_t d) { return static_cast<long double>(values[scheme.table.parameterOf(d)]); };
    const auto g = [&](std::int64_t d) { return static_cast<long double>(preference(experiment.teacher, d)); };
    long double model = 0, teacher = 0;
    const OffsetRange visible = visibleOffsets(experiment.mask, experiment.length);
    for (std::int64_t d = visible.first; d <= visible.last; ++d)
        if (trained(d)) {
            model += std::exp(b(d));
            teacher += std::exp(g(d));
        }
    const long double level = std::log(model) - std::log(teacher);
    return samples::klOf(experiment, experiment.length,
                         [&](std::int64_t d) { return trained(d) ? b(d) : g(d) + level; });
}

/// The optimum's parameters on sampled or infinitely many documents, and their exposure.
std::pair<std::vector<double>, std::vector<double>> optimum(const Experiment& experiment, const TrainedScheme& scheme,
                                                            Counts counts)
{
    CorpusSettings settings = experiment.corpus;
    settings.counts = counts;
    const Exact exact{.weightDecay = counts == Counts::Sampled ? 1e-6 : 1e-12};
    const TrainingLoss loss(makeCorpus(experiment.teacher, settings, experiment.mask, experiment.trainingLength),
                            scheme.table);
    return {fitExact(loss, exact).values, loss.exposure()};
}

Decomposition gapOf(Experiment experiment, const Scheme& scheme, std::int64_t length)
{
    experiment.schemes = {scheme, scheme};
    return decompose(experiment, train(experiment), 0, length);
}

}  // namespace

class DecompositionTest : public QObject {
    Q_OBJECT

private slots:
    void theTermsAddUpToTheDistance()
    {
        for (const Experiment& experiment : samples::everySmall()) {
            const Training training = train(experiment);
            for (std::size_t s = 0; s < training.schemes.size(); ++s)
                for (const std::int64_t length : {1, 5, 24, 60, 400}) {
                    const Decomposition gap = decompose(experiment, training, s, length);
                    QCOMPARE(gap.total, compareAt(experiment, training, s, length).kl);
                    QVERIFY(std::abs(sum(gap) - gap.total) < 1e-10);
                }
        }
    }

    void everyTermFollowsItsDefinition()
    {
        for (const Experiment& experiment : samples::everySmall()) {
            const Training training = train(experiment);
            for (std::size_t s = 0; s < training.schemes.size(); ++s) {
                const TrainedScheme& scheme = *training.schemes[s];
                const double total =
                    samples::klOf(experiment, experiment.length, [&](std::int64_t d) { return scheme.biasOf(d); });
                const double trained = bruteForceWhereTrained(experiment, scheme, scheme.fit.values, scheme.exposure);
                const auto [same, exposure] = optimum(experiment, scheme, experiment.corpus.counts);
                const auto [endless, endlessExposure] = optimum(experiment, scheme, Counts::Expected);
                const double atOptimum = bruteForceWhereTrained(experiment, scheme, same, exposure);
                const double atEndless = bruteForceWhereTrained(experiment, scheme, endless, endlessExposure);
                const Decomposition gap = decompose(experiment, training, s, experiment.length);
                QVERIFY(std::abs(gap.total - total) < 1e-12);
                QVERIFY(std::abs(gap.untrained - (total - trained)) < 1e-12);
                QVERIFY(std::abs(gap.optimizer - (trained - atOptimum)) < 1e-10);
                QVERIFY(std::abs(gap.estimation - (atOptimum - atEndless)) < 1e-10);
                QVERIFY(std::abs(gap.sharing - atEndless) < 1e-10);
            }
        }
    }

    void whatIsNotThereHasNoShare()
    {
        Experiment experiment = samples::small(Mask::Causal);
        const auto first = [&](std::size_t s) {
            return decompose(experiment, train(experiment), s, experiment.length);
        };
        QCOMPARE(first(1).untrained, 0.0);  // the last bucket was trained
        QVERIFY(first(0).untrained != 0.0 && first(2).untrained != 0.0);
        QVERIFY(std::abs(first(0).sharing) < 1e-9);  // an offset each
        QCOMPARE(decompose(experiment, train(experiment), 0, 24).untrained, 0.0);
        experiment.learning = Exact{};
        QCOMPARE(first(0).optimizer, 0.0);
        QVERIFY(first(0).estimation > 0.0);
        experiment.corpus.counts = Counts::Expected;
        QCOMPARE(first(0).estimation, 0.0);
        QVERIFY(std::abs(first(0).optimizer) < 1e-4);  // its weight decay
    }

    /// The level matters only where trained biases meet untrained ones.
    void aLevelShiftMovesTheUntrainedTermAlone()
    {
        Experiment experiment = samples::small(Mask::Causal);
        const Decomposition before = decompose(experiment, train(experiment), 0, 60);
        experiment.level.a = 1.75;
        const Decomposition after = decompose(experiment, train(experiment), 0, 60);
        QVERIFY(std::abs(before.untrained - after.untrained) > 1e-3);
        QVERIFY(std::abs(before.optimizer - after.optimizer) < 1e-12);
        QCOMPARE(before.estimation, after.estimation);
        QCOMPARE(before.sharing, after.sharing);
    }

    void aMomentOfTrainingIsDecomposedAsShown()
    {
        const Experiment experiment = samples::small(Mask::Causal);
        const Decomposition start = decompose(experiment, train(experiment, {}, nullptr, 0), 1, 60);
        const Decomposition end = decompose(experiment, train(experiment), 1, 60);
        QVERIFY(start.optimizer > 10.0 * std::abs(end.optimizer));
        QCOMPARE(start.estimation, end.estimation);
        QCOMPARE(start.sharing, end.sharing);
    }

    /// Under Adam per-offset's distance at twice the training length is what training never touched.
    void untrainedOffsetsAreAdamsWholeTrouble()
    {
        for (const std::int64_t seed : {1, 2, 3, 4}) {
            Experiment experiment = findPreset("past-training")->experiment;
            experiment.corpus.seed = seed;
            const Decomposition gap = gapOf(experiment, PerOffset{}, 1000);
            QVERIFY(gap.total > 0.42 && gap.total < 0.46);
            QVERIFY(gap.untrained > 0.40 && gap.untrained < 0.45);
            QVERIFY(std::abs(gap.sharing) < 1e-4);
        }
    }

    void aFewDocumentsAreTooFewForPerOffset()
    {
        for (const std::int64_t seed : {1, 2, 3, 4}) {
            Experiment experiment = findPreset("small-corpus")->experiment;
            experiment.corpus.documents = 4;
            experiment.corpus.seed = seed;
            const Decomposition gap = gapOf(experiment, PerOffset{}, 512);
            QCOMPARE(gap.untrained, 0.0);
            QVERIFY(gap.estimation > 0.9 * gap.total);
            QVERIFY(gap.estimation > 5.0 * std::abs(gapOf(experiment, T5{}, 512).estimation));
        }
    }

    void tooFewBucketsAreTooCoarse()
    {
        for (const std::int64_t seed : {1, 2, 3, 4}) {
            Experiment experiment = findPreset("past-training")->experiment;
            experiment.corpus.seed = seed;
            const Decomposition gap = gapOf(experiment, T5{T5Variant::HuggingFace, 8, 128}, 512);
            QVERIFY(gap.sharing > 0.9 * gap.total);
        }
    }
};

QTEST_GUILESS_MAIN(DecompositionTest)
#include "decomposition.moc"
