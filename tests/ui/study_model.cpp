// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/study_model.h"
#include "tests/ui/at_rest.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <thread>

using namespace posbias;
using namespace posbias::ui;

namespace {

Experiment small(std::int64_t seed = 1)
{
    Experiment e;
    e.trainingLength = 16;
    e.length = 24;
    e.learning = Adam{.steps = 5};
    e.corpus.documents = 2;
    e.corpus.seed = seed;
    e.view = defaultView(e.length);
    return e;
}

/// Studies that end at once, or wait until they are stopped; counted.
struct Fake {
    std::atomic<int> started = 0;
    std::atomic<bool> waits = false;
    std::atomic<bool> fails = false;

    StudyModel::Function function()
    {
        return [this](FigureKind kind, const Result&, const Progress& progress, const StudyModel::Partial& partial) {
            ++started;
            if (fails)
                throw FailureError("It diverged.");
            Studies studies;
            if (kind == FigureKind::Sweep) {
                auto sweep = std::make_shared<Sweep>();
                sweep->done = 1;
                sweep->trainings = 2;
                studies.sweep = sweep;
                partial(studies);
            }
            while (waits) {
                progress.check();
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
            studies.level = std::make_shared<LevelStudy>();
            return studies;
        };
    }
};

}  // namespace

class TestStudyModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void viewsWithoutAStudyComputeNothing();
    void aStudyIsComputedOnceAndKept();
    void anotherResultNeedsAnotherStudy();
    void theOldStudyStaysUntilTheNewOneComes();
    void whatIsDoneSoFarIsShownAndStaysWhenStopped();
    void aFailureIsToldAndTriedAgainOnRequest();
    void aViewThatWasLeftGoesOnUntilItIsOfNoUse();
    void whatOneModelKnowsAnotherNeedNotCompute();
    void endingMidStudyIsClean();
};

void TestStudyModel::viewsWithoutAStudyComputeNothing()
{
    Fake fake;
    StudyModel model(fake.function());
    model.setResult(evaluate(small()));
    model.setView(FigureKind::Attention);
    QVERIFY(!model.busy());
    QCOMPARE(model.state(), StudyModel::State::Ready);
    QCOMPARE(fake.started.load(), 0);
}

void TestStudyModel::aStudyIsComputedOnceAndKept()
{
    Fake fake;
    StudyModel model(fake.function());
    model.setResult(evaluate(small()));
    model.setView(FigureKind::Level);
    QCOMPARE(model.state(), StudyModel::State::Busy);
    QTRY_COMPARE(model.state(), StudyModel::State::Ready);
    QVERIFY(model.current(FigureKind::Level));
    model.setView(FigureKind::Compare);
    model.setView(FigureKind::Level);
    QCOMPARE(model.state(), StudyModel::State::Ready);
    QVERIFY(!model.busy());
    QCOMPARE(fake.started.load(), 1);
}

void TestStudyModel::anotherResultNeedsAnotherStudy()
{
    Fake fake;
    StudyModel model(fake.function());
    model.setResult(evaluate(small(1)));
    model.setView(FigureKind::Level);
    QTRY_VERIFY(!model.busy());
    model.setResult(evaluate(small(2)));
    QVERIFY(model.busy());
    QTRY_VERIFY(!model.busy());
    QCOMPARE(fake.started.load(), 2);
    QVERIFY(model.current(FigureKind::Level));
}

void TestStudyModel::theOldStudyStaysUntilTheNewOneComes()
{
    Fake fake;
    StudyModel model(fake.function());
    const auto first = evaluate(small(1));
    model.setResult(first);
    model.setView(FigureKind::Level);
    QTRY_VERIFY(!model.busy());
    fake.waits = true;
    const auto second = evaluate(small(2));
    model.setResult(second);
    QVERIFY(!model.current(FigureKind::Level));
    QCOMPARE(model.newest(FigureKind::Level).of, first);
    fake.waits = false;
    QTRY_VERIFY(model.current(FigureKind::Level));
    QCOMPARE(model.newest(FigureKind::Level).of, second);
}

void TestStudyModel::whatIsDoneSoFarIsShownAndStaysWhenStopped()
{
    Fake fake;
    fake.waits = true;
    StudyModel model(fake.function());
    model.setResult(evaluate(small()));
    model.setView(FigureKind::Sweep);
    QTRY_VERIFY(model.newest(FigureKind::Sweep).studies.sweep);
    QCOMPARE(model.state(), StudyModel::State::Busy);
    model.cancel();
    QVERIFY(!model.busy());
    QCOMPARE(model.state(), StudyModel::State::Stopped);
    untilJobsAreDone();
    QVERIFY(model.newest(FigureKind::Sweep).studies.sweep);
    QVERIFY(!model.busy());  // it does not begin again by itself
    model.setView(FigureKind::Compare);
    QCOMPARE(model.state(), StudyModel::State::Ready);
    model.setView(FigureKind::Sweep);
    QCOMPARE(model.state(), StudyModel::State::Stopped);
    fake.waits = false;
    model.retry();
    QTRY_COMPARE(model.state(), StudyModel::State::Ready);
    QCOMPARE(fake.started.load(), 2);
}

void TestStudyModel::aFailureIsToldAndTriedAgainOnRequest()
{
    Fake fake;
    fake.fails = true;
    StudyModel model(fake.function());
    model.setResult(evaluate(small()));
    model.setView(FigureKind::Level);
    QTRY_COMPARE(model.state(), StudyModel::State::Failed);
    QCOMPARE(model.failure(), QStringLiteral("It diverged."));
    fake.fails = false;
    model.retry();
    QTRY_COMPARE(model.state(), StudyModel::State::Ready);
}

void TestStudyModel::aViewThatWasLeftGoesOnUntilItIsOfNoUse()
{
    Fake fake;
    fake.waits = true;
    StudyModel model(fake.function());
    model.setResult(evaluate(small(1)));
    model.setView(FigureKind::Level);
    model.setView(FigureKind::Compare);
    QVERIFY(model.busy());
    QCOMPARE(model.state(), StudyModel::State::Ready);
    model.setResult(evaluate(small(2)));
    QVERIFY(!model.busy());
}

void TestStudyModel::whatOneModelKnowsAnotherNeedNotCompute()
{
    Fake fake;
    StudyModel first(fake.function());
    const auto result = evaluate(small());
    first.setResult(result);
    first.setView(FigureKind::Level);
    QTRY_VERIFY(!first.busy());
    StudyModel second(fake.function());
    second.learnFrom(first);
    second.setResult(result);
    second.setView(FigureKind::Level);
    QVERIFY(!second.busy());
    QVERIFY(second.newest(FigureKind::Level).studies.level);
    QCOMPARE(fake.started.load(), 1);
}

void TestStudyModel::endingMidStudyIsClean()
{
    Fake fake;
    fake.waits = true;
    {
        StudyModel model(fake.function());
        model.setResult(evaluate(small()));
        model.setView(FigureKind::Sweep);
        QTRY_COMPARE(fake.started.load(), 1);
    }
    QCoreApplication::processEvents();
}

QTEST_GUILESS_MAIN(TestStudyModel)
#include "study_model.moc"
