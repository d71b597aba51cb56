// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/history.h"

#include "core/base/error.h"
#include "core/evaluation/level.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace posbias;

namespace {

Experiment small(Learning learning = Adam{.steps = 300})
{
    Experiment experiment;
    experiment.trainingLength = 48;
    experiment.length = 80;
    experiment.view = defaultView(80);
    experiment.schemes = {PerOffset{}, T5{T5Variant::HuggingFace, 8, 24}};
    experiment.learning = learning;
    experiment.corpus.documents = 5;
    return experiment;
}

}  // namespace

class HistoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stepsAreEverFartherApartAndEndAtTheLast();
    void everyMomentIsWhatEvaluatingThatStepGives_data();
    void everyMomentIsWhatEvaluatingThatStepGives();
    void theHistoryBeginsAtTheInitialValuesAndEndsWhereTrainingDid();
    void theChosenStepIsAmongThemAndTheLowestOnHeldOutDocuments();
    void noStepOfTheHistoryIsBetterThanTheOneKept();
    void exactHasItsEndOnly();
    void withoutHeldOutDocumentsThereAreNoLossesOnThem();
    void theShiftMovesTheLevelAndNoLoss();
    void longSequencesAreSeenAtFewerSteps();
    void aStopIsHeard();
};

void HistoryTest::stepsAreEverFartherApartAndEndAtTheLast()
{
    QCOMPARE(historySteps(0, 256), (std::vector<std::int64_t>{0}));
    QCOMPARE(historySteps(1, 2), (std::vector<std::int64_t>{0, 1}));
    QCOMPARE(historySteps(1000, 2), (std::vector<std::int64_t>{0, 1000}));
    QCOMPARE(historySteps(5, 256), (std::vector<std::int64_t>{0, 1, 2, 3, 4, 5}));
    for (const std::int64_t last : {7, 100, 1000, 10'000, 1'000'000})
        for (const std::size_t count : {3, 16, 64, 256}) {
            const std::vector<std::int64_t> steps = historySteps(last, count);
            QCOMPARE(steps.size(), std::min<std::size_t>(count, static_cast<std::size_t>(last) + 1));
            QCOMPARE(steps[0], 0);
            QCOMPARE(steps[1], 1);
            QCOMPARE(steps.back(), last);
            std::int64_t gap = 1;
            for (std::size_t k = 1; k < steps.size(); ++k) {
                QVERIFY(steps[k] - steps[k - 1] >= gap - 1);  // whole numbers: rounding may take one back
                gap = std::max(gap, steps[k] - steps[k - 1]);
            }
        }
}

void HistoryTest::everyMomentIsWhatEvaluatingThatStepGives_data()
{
    QTest::addColumn<int>("optimizer");
    QTest::newRow("adam") << 0;
    QTest::newRow("minibatches") << 1;
    QTest::newRow("momentum, both ways") << 2;
    QTest::newRow("random initial values") << 3;
}

void HistoryTest::everyMomentIsWhatEvaluatingThatStepGives()
{
    QFETCH(int, optimizer);
    const std::vector<Learning> optimizers{Adam{.steps = 300}, Adafactor{.steps = 120, .batch = 2},
                                           Momentum{.steps = 90}, Adam{.steps = 90, .spread = 0.5}};
    Experiment experiment = small(optimizers[static_cast<std::size_t>(optimizer)]);
    experiment.mask = optimizer == 2 ? Mask::Bidirectional : Mask::Causal;
    const auto result = evaluate(experiment);
    const TrainingHistory history = trainingHistory(experiment, result->training, 12);
    QCOMPARE(history.schemes.size(), std::size_t{2});
    for (std::size_t s = 0; s < 2; ++s) {
        const SchemeHistory& scheme = history.schemes[s];
        QCOMPARE(scheme.steps.size(), std::size_t{12});
        for (const std::size_t k : {0, 5, 11}) {
            const auto moment = evaluate(experiment, {}, result, scheme.steps[k]);
            const TrainedScheme& trained = *moment->schemes[s].trained;
            QCOMPARE(scheme.trainNll[k], trained.fit.trainNll);
            QCOMPARE(scheme.gradientNorm[k], trained.fit.gradientNorm);
            QCOMPARE(scheme.klWithin[k], moment->schemes[s].withinTraining.kl);
            QCOMPARE(scheme.klAtLength[k], moment->schemes[s].atLength.kl);
            QVERIFY(std::abs(scheme.level[k] - levelOf(trained)) < 1e-12);
        }
    }
}

void HistoryTest::theHistoryBeginsAtTheInitialValuesAndEndsWhereTrainingDid()
{
    Experiment experiment = small(Adam{.steps = 50, .initial = -1.5});
    const Training training = train(experiment);
    const TrainingHistory history = trainingHistory(experiment, training);
    for (std::size_t s = 0; s < 2; ++s) {
        QCOMPARE(history.schemes[s].steps.size(), std::size_t{51});
        QVERIFY(std::abs(history.schemes[s].level.front() + 1.5) < 1e-12);
        QCOMPARE(history.schemes[s].trainNll.back(), training.schemes[s]->fit.trainNll);
        QVERIFY(history.schemes[s].trainNll.back() < history.schemes[s].trainNll.front());
        QCOMPARE(history.schemes[s].chosen, 50);
    }
    QCOMPARE(history.teacherTrainNll, training.teacherNll);
    QVERIFY(history.teacherHeldOutNll > 0.0);
}

void HistoryTest::theChosenStepIsAmongThemAndTheLowestOnHeldOutDocuments()
{
    Experiment experiment = small(Adam{.learningRate = 0.1, .steps = 2000, .stopping = Stopping::BestHeldOut});
    experiment.corpus.documents = 1;
    const Training training = train(experiment);
    const SchemeHistory perOffset = trainingHistory(experiment, training, 24).schemes[0];
    QVERIFY(perOffset.chosen > 0 && perOffset.chosen < 2000);
    QCOMPARE(perOffset.chosen, training.schemes[0]->fit.steps);
    QVERIFY(perOffset.steps.size() <= 24);
    QCOMPARE(perOffset.steps.back(), 2000);
    const auto place = std::ranges::find(perOffset.steps, perOffset.chosen);
    QVERIFY(place != perOffset.steps.end());
    const auto k = static_cast<std::size_t>(place - perOffset.steps.begin());
    QVERIFY(perOffset.heldOutNll[k] < perOffset.heldOutNll.back());
    QVERIFY(perOffset.heldOutNll[k] < perOffset.heldOutNll.front());
    QVERIFY(perOffset.trainNll[k] > perOffset.trainNll.back());  // training itself went on
    // The course is the same whatever moment of it is shown.
    const SchemeHistory seenEarly = trainingHistory(experiment, train(experiment, {}, nullptr, 7), 24).schemes[0];
    QCOMPARE(seenEarly.chosen, perOffset.chosen);
    QCOMPARE(seenEarly.klAtLength, perOffset.klAtLength);
}

void HistoryTest::noStepOfTheHistoryIsBetterThanTheOneKept()
{
    constexpr auto early = Stopping::BestHeldOut;
    for (const std::int64_t batch : {0, 2})
        for (const std::int64_t seed : {1, 2, 3})
            for (const Learning& learning :
                 {Learning(Adam{.learningRate = 0.1, .steps = 2000, .batch = batch, .stopping = early}),
                  Learning(AdamW{.learningRate = 0.02, .steps = 1999, .batch = batch, .stopping = early}),
                  Learning(Adafactor{.learningRate = 0.05, .steps = 1500, .batch = batch, .stopping = early}),
                  Learning(Sgd{.learningRate = 1.0, .steps = 3000, .batch = batch, .stopping = early}),
                  Learning(Momentum{.learningRate = 0.2, .steps = 3000, .batch = batch, .stopping = early})}) {
                Experiment experiment = small(learning);
                experiment.corpus.documents = 3;
                experiment.corpus.seed = seed;
                for (const SchemeHistory& scheme : trainingHistory(experiment, train(experiment)).schemes) {
                    const auto lowest = std::ranges::min_element(scheme.heldOutNll) - scheme.heldOutNll.begin();
                    QCOMPARE(scheme.steps[static_cast<std::size_t>(lowest)], scheme.chosen);
                }
            }
}

void HistoryTest::exactHasItsEndOnly()
{
    const Experiment experiment = small(Exact{});
    const Training training = train(experiment);
    const TrainingHistory history = trainingHistory(experiment, training);
    for (std::size_t s = 0; s < 2; ++s) {
        QCOMPARE(history.schemes[s].steps, (std::vector<std::int64_t>{training.schemes[s]->fit.steps}));
        QCOMPARE(history.schemes[s].trainNll, (std::vector<double>{training.schemes[s]->fit.trainNll}));
        QCOMPARE(history.schemes[s].klAtLength, (std::vector<double>{compareAt(experiment, training, s, 80).kl}));
    }
}

void HistoryTest::withoutHeldOutDocumentsThereAreNoLossesOnThem()
{
    Experiment experiment = small();
    experiment.corpus.heldOut = 0;
    QVERIFY(trainingHistory(experiment, train(experiment)).schemes[0].heldOutNll.empty());
    experiment.corpus = {.counts = Counts::Expected};
    const TrainingHistory history = trainingHistory(experiment, train(experiment));
    QVERIFY(history.schemes[0].heldOutNll.empty());
    QCOMPARE(history.schemes[0].trainNll.size(), history.schemes[0].steps.size());
}

void HistoryTest::theShiftMovesTheLevelAndNoLoss()
{
    Experiment experiment = small();
    const SchemeHistory plain = trainingHistory(experiment, train(experiment), 20).schemes[0];
    experiment.level.a = 3.0;
    const SchemeHistory shifted = trainingHistory(experiment, train(experiment), 20).schemes[0];
    for (std::size_t k = 0; k < plain.steps.size(); ++k) {
        QVERIFY(std::abs(shifted.level[k] - plain.level[k] - 3.0) < 1e-12);
        QVERIFY(std::abs(shifted.trainNll[k] - plain.trainNll[k]) < 1e-12);
        QVERIFY(std::abs(shifted.klWithin[k] - plain.klWithin[k]) < 1e-12);
    }
    QVERIFY(std::abs(shifted.klAtLength.back() - plain.klAtLength.back()) > 0.01);
}

void HistoryTest::longSequencesAreSeenAtFewerSteps()
{
    Experiment experiment = small(Adam{.steps = 200});
    experiment.length = 1 << 17;
    experiment.view = defaultView(experiment.length);
    const SchemeHistory history = trainingHistory(experiment, train(experiment)).schemes[1];
    QCOMPARE(history.steps.size(), std::size_t{16});
    QCOMPARE(history.steps.back(), 200);
}

void HistoryTest::aStopIsHeard()
{
    const Experiment experiment = small();
    const Training training = train(experiment);
    std::stop_source stop;
    double last = 0.0;
    const Progress progress{stop.get_token(), [&](double fraction) {
                                last = fraction;
                                if (fraction >= 0.3)
                                    stop.request_stop();
                            }};
    QVERIFY_EXCEPTION_THROWN(trainingHistory(experiment, training, 100, progress), Cancelled);
    QVERIFY(last < 1.0);
}

QTEST_APPLESS_MAIN(HistoryTest)
#include "history.moc"
