// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/player.h"
#include "core/experiment/presets.h"

#include <QSignalSpy>
#include <QTest>

using namespace posbias;
using namespace posbias::ui;

namespace {

Experiment small(std::int64_t steps = 200)
{
    Experiment e;
    e.trainingLength = 64;
    e.length = 100;
    e.learning = Adam{.steps = steps};
    e.view = defaultView(e.length);
    return e;
}

/// A model of a small experiment, computed.
struct Loaded {
    ExperimentModel model;
    explicit Loaded(const Experiment& experiment = small())
    {
        model.load(experiment);
        settle();
    }
    void settle() { QTRY_VERIFY(!model.busy() && model.upToDate()); }
};

}  // namespace

class TestPlayer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyMomentOfTrainingCanBeShown();
    void aMomentIsNoChangeOfTheExperiment();
    void aMomentBeyondTheEndIsTheEnd();
    void shorterTrainingGoesBackToItsEnd();
    void anotherDocumentShowsItsEnd();
    void earlyStoppingHasALastStepBesidesItsEnd();

    void firstStepsTakeTheirTime();
    void playingGoesForwardAndStopsAtTheEnd();
    void playingWaitsForThePicture();
    void aHandOnTheStepPausesPlaying();
    void stepsGoBothWaysAndStopAtEitherEnd();
    void exactHasNothingToPlay();
};

void TestPlayer::everyMomentOfTrainingCanBeShown()
{
    Loaded loaded;
    const auto end = loaded.model.result();
    loaded.model.setStep(0);
    loaded.settle();
    QCOMPARE(loaded.model.result()->step, std::optional<std::int64_t>(0));
    for (const double value : loaded.model.result()->training.schemes[0]->fit.values)
        QCOMPARE(value, 0.0);
    loaded.model.setStep(10);
    loaded.settle();
    QCOMPARE(loaded.model.shownStep(), std::int64_t{10});
    QVERIFY(loaded.model.result()->schemes[0].withinTraining.kl > end->schemes[0].withinTraining.kl);
    loaded.model.setStep(std::nullopt);
    loaded.settle();
    QCOMPARE(loaded.model.result()->training.schemes[0]->fit.values, end->training.schemes[0]->fit.values);
}

void TestPlayer::aMomentIsNoChangeOfTheExperiment()
{
    Loaded loaded;
    QSignalSpy changed(&loaded.model, &ExperimentModel::experimentChanged);
    QSignalSpy moved(&loaded.model, &ExperimentModel::stepChanged);
    loaded.model.setStep(5);
    QCOMPARE(moved.count(), 1);
    QCOMPARE(changed.count(), 0);
    QVERIFY(!loaded.model.canUndo());
}

void TestPlayer::aMomentBeyondTheEndIsTheEnd()
{
    Loaded loaded;
    loaded.model.setStep(5);
    for (const std::int64_t none : {std::int64_t{200}, std::int64_t{5000}, std::int64_t{-1}}) {
        loaded.model.setStep(none);
        QVERIFY(!loaded.model.step());
    }
}

void TestPlayer::shorterTrainingGoesBackToItsEnd()
{
    Loaded loaded;
    loaded.model.setStep(50);
    loaded.model.setField(QStringLiteral("learning.steps"), FieldValue(std::int64_t{100}));
    QCOMPARE(loaded.model.step(), std::optional<std::int64_t>(50));
    loaded.model.setField(QStringLiteral("learning.steps"), FieldValue(std::int64_t{40}));
    QVERIFY(!loaded.model.step());
    loaded.settle();
    QCOMPARE(loaded.model.shownStep(), std::int64_t{40});
}

void TestPlayer::anotherDocumentShowsItsEnd()
{
    Loaded loaded;
    loaded.model.setStep(50);
    loaded.model.load(small(300));
    QVERIFY(!loaded.model.step());
    loaded.model.setStep(50);
    loaded.model.replace(small(), QStringLiteral("another"));
    QVERIFY(!loaded.model.step());
    loaded.settle();
    QCOMPARE(loaded.model.shownStep(), std::int64_t{200});
}

void TestPlayer::earlyStoppingHasALastStepBesidesItsEnd()
{
    Experiment early = small(2000);
    early.corpus.documents = 4;
    early.learning = Adam{.steps = 2000, .stopping = Stopping::BestHeldOut};
    Loaded loaded(early);
    const std::int64_t chosen = loaded.model.result()->training.schemes[0]->step;
    QVERIFY2(chosen < 2000, qPrintable(QString::number(chosen)));
    loaded.model.setStep(2000);
    QCOMPARE(loaded.model.step(), std::optional<std::int64_t>(2000));
    loaded.settle();
    QCOMPARE(loaded.model.result()->training.schemes[0]->step, std::int64_t{2000});
}

void TestPlayer::firstStepsTakeTheirTime()
{
    QCOMPARE(stepAtFraction(0.0, 1000), std::int64_t{0});
    QCOMPARE(stepAtFraction(1.0, 1000), std::int64_t{1000});
    for (const std::int64_t step : {0, 1, 2, 10, 500, 999, 1000})
        QCOMPARE(stepAtFraction(fractionOfStep(step, 1000), 1000), step);
    QVERIFY(fractionOfStep(1, 1000) > 0.09);
    QVERIFY(1.0 - fractionOfStep(999, 1000) < 0.001);
}

void TestPlayer::playingGoesForwardAndStopsAtTheEnd()
{
    Loaded loaded;
    Player player(&loaded.model, [] { return true; });
    player.setSeconds(0.6);
    std::vector<std::int64_t> seen;
    connect(&loaded.model, &ExperimentModel::resultChanged, this, [&] { seen.push_back(loaded.model.shownStep()); });
    player.setPlaying(true);
    QVERIFY(player.playing());
    QTRY_VERIFY(!player.playing());
    loaded.settle();
    QVERIFY(seen.size() > 3);
    QCOMPARE(seen.front(), std::int64_t{0});
    QCOMPARE(seen.back(), std::int64_t{200});
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
    QVERIFY(!loaded.model.step());
}

void TestPlayer::playingWaitsForThePicture()
{
    Loaded loaded;
    bool shown = false;
    int asked = 0;
    Player player(&loaded.model, [&] {
        ++asked;
        return shown;
    });
    player.setSeconds(0.3);
    player.setPlaying(true);
    QTRY_VERIFY(asked > 5);
    QCOMPARE(loaded.model.step(), std::optional<std::int64_t>(0));
    QVERIFY(player.playing());
    shown = true;
    QTRY_VERIFY(loaded.model.step() != std::optional<std::int64_t>(0));
}

void TestPlayer::aHandOnTheStepPausesPlaying()
{
    Loaded loaded;
    Player player(&loaded.model, [] { return true; });
    player.setPlaying(true);
    player.stepBy(3);
    QVERIFY(!player.playing());
    QCOMPARE(loaded.model.step(), std::optional<std::int64_t>(3));
    player.setPlaying(true);
    QCOMPARE(loaded.model.step(), std::optional<std::int64_t>(3));  // goes on from there
    loaded.model.setStep(70);
    QTRY_VERIFY(!player.playing());
    QCOMPARE(loaded.model.step(), std::optional<std::int64_t>(70));
}

void TestPlayer::stepsGoBothWaysAndStopAtEitherEnd()
{
    Loaded loaded;
    Player player(&loaded.model, [] { return true; });
    player.stepBy(-1);
    QCOMPARE(loaded.model.step(), std::optional<std::int64_t>(199));
    player.stepBy(1);
    QVERIFY(!loaded.model.step());
    player.toStart();
    player.stepBy(-1);
    QCOMPARE(loaded.model.step(), std::optional<std::int64_t>(0));
    player.toEnd();
    QVERIFY(!loaded.model.step());
}

void TestPlayer::exactHasNothingToPlay()
{
    Experiment exact = small();
    exact.learning = Exact{};
    Loaded loaded(exact);
    Player player(&loaded.model, [] { return true; });
    QVERIFY(!player.possible());
    QVERIFY(player.reason().contains(QStringLiteral("no steps")));
    player.setPlaying(true);
    QVERIFY(!player.playing());
    player.stepBy(1);
    QVERIFY(!loaded.model.step());
    loaded.model.setField(QStringLiteral("learning.optimizer"), FieldValue(std::string("adam")));
    QVERIFY(player.possible());
    QVERIFY(player.reason().isEmpty());
}

QTEST_GUILESS_MAIN(TestPlayer)
#include "player.moc"
