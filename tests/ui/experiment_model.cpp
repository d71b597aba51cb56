// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/experiment_model.h"
#include "core/experiment/presets.h"
#include "tests/ui/at_rest.h"
#include "ui/model/evaluator.h"

#include <QSignalSpy>
#include <QTest>

#include <condition_variable>
#include <mutex>

using namespace posbias;
using namespace posbias::ui;

namespace {

/// A small experiment that trains in a moment.
Experiment small()
{
    Experiment e;
    e.trainingLength = 64;
    e.length = 100;
    e.learning = Adam{.steps = 20};
    e.view = defaultView(e.length);
    return e;
}

Experiment ofLength(std::int64_t length)
{
    Experiment e = small();
    e.length = length;
    e.view = defaultView(length);
    return e;
}

std::shared_ptr<Result> emptyResult(const Experiment& experiment)
{
    auto result = std::make_shared<Result>();
    result->experiment = experiment;
    return result;
}

std::shared_ptr<const Result> tooQuickToBeStopped(const Request& asked, const Progress&,
                                                  const std::shared_ptr<const Result>&)
{
    return emptyResult(asked.experiment);
}

/// Computations that wait at a gate until they are let through, or stopped.
class Gate {
public:
    std::shared_ptr<const Result> pass(const Experiment& experiment, const Progress& progress)
    {
        std::unique_lock lock(m_mutex);
        ++m_started;
        m_changed.notify_all();
        while (!m_open && !progress.stop.stop_requested())
            m_changed.wait_for(lock, std::chrono::milliseconds(1));
        progress.check();
        return emptyResult(experiment);
    }
    void open()
    {
        const std::lock_guard lock(m_mutex);
        m_open = true;
        m_changed.notify_all();
    }
    int started() const
    {
        const std::lock_guard lock(m_mutex);
        return m_started;
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_open = false;
    int m_started = 0;
};

Evaluator::Function through(Gate& gate)
{
    return [&gate](const Request& asked, const Progress& progress, const std::shared_ptr<const Result>&) {
        return gate.pass(asked.experiment, progress);
    };
}

FieldValue integerValue(std::int64_t value)
{
    return value;
}

const QString length = QStringLiteral("length");
const QString maxDistance = QStringLiteral("schemes.1.maxDistance");

}  // namespace

class TestExperimentModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLoadedExperimentIsComputed();
    void oneDragIsOneUndoStep();
    void twoDragsAreTwoUndoSteps();
    void dragHomeLeavesNoStep();
    void undoAndRedoRestoreExperimentAndPicture();
    void invalidValueKeepsTheLastPicture();
    void aRefusedValueChangesNothing();
    void undoDropsARefusedValueFirst();
    void refusalsAreSentencesForPeople();
    void aProblemIsToldWhereItWasMade();
    void theWindowHasALimitOfItsOwn();
    void loadingForgetsTheStepsBefore();
    void aPresetIsOneStep();

    void pinningNeedsNoTraining();
    void pinningIsNoChange();
    void undoLeavesTheCrosshairWhereItIsPinned();
    void theTellingCellComesBackWithTheLength();
    void thePersonsCellComesBackWithTheLength();
    void hoveringMovesTheCrosshairAndEndsWhereItIsPinned();
    void hoveringIgnoresMaskedCells();
    void theCrosshairStaysInsideThePicture();

    void newestRequestWins();
    void aQuickPictureIsShownThoughANewerOneWaits();
    void anotherDocumentDropsThePictureUnderWay();
    void cancelKeepsTheLastResult();
    void aFailureIsToldAndGivesNoResult();
    void deletedMidWorkStopsTheWork();
};

#define LOAD(model, experiment)                                                                                        \
    (model).load(experiment);                                                                                          \
    QTRY_VERIFY(!(model).busy());                                                                                      \
    QVERIFY((model).result());                                                                                         \
    QVERIFY((model).upToDate())

void TestExperimentModel::aLoadedExperimentIsComputed()
{
    ExperimentModel model;
    QVERIFY(!model.result());
    LOAD(model, small());
    QVERIFY(model.result()->experiment == small());
    QCOMPARE(model.result()->schemes.size(), std::size_t{2});
    QVERIFY(model.lastComputationMilliseconds() > 0.0);
}

void TestExperimentModel::oneDragIsOneUndoStep()
{
    ExperimentModel model;
    LOAD(model, small());
    for (std::int64_t n = 101; n <= 120; ++n)
        model.setField(length, integerValue(n));
    model.endGesture();
    QCOMPARE(model.undoStack()->count(), 1);
    QTRY_VERIFY(!model.busy());
    QCOMPARE(model.result()->experiment.length, 120);
    model.undoStack()->undo();
    QVERIFY(model.experiment() == small());
}

void TestExperimentModel::twoDragsAreTwoUndoSteps()
{
    ExperimentModel model;
    LOAD(model, small());
    model.setField(length, integerValue(110));
    model.endGesture();
    model.setField(length, integerValue(120));
    model.endGesture();
    QCOMPARE(model.undoStack()->count(), 2);
    model.undoStack()->undo();
    QCOMPARE(model.experiment().length, 110);
}

void TestExperimentModel::dragHomeLeavesNoStep()
{
    ExperimentModel model;
    LOAD(model, small());
    for (const std::int64_t n : {110, 120, 110, 100})
        model.setField(length, integerValue(n));
    model.endGesture();
    QCOMPARE(model.undoStack()->count(), 0);
    QVERIFY(model.undoStack()->isClean());
    QVERIFY(model.experiment() == small());
    // and on from home within the same gesture
    model.setField(length, integerValue(130));
    model.setField(length, integerValue(100));
    model.setField(length, integerValue(140));
    QCOMPARE(model.undoStack()->count(), 1);
    model.undoStack()->undo();
    QVERIFY(model.experiment() == small());
}

void TestExperimentModel::undoAndRedoRestoreExperimentAndPicture()
{
    ExperimentModel model;
    LOAD(model, small());
    model.setField(maxDistance, integerValue(40));
    QTRY_VERIFY(!model.busy());
    const Experiment changed = model.experiment();
    model.undoStack()->undo();
    QTRY_VERIFY(!model.busy());
    QVERIFY(model.result()->experiment == small());
    model.undoStack()->redo();
    QTRY_VERIFY(!model.busy());
    QVERIFY(model.result()->experiment == changed);
}

void TestExperimentModel::invalidValueKeepsTheLastPicture()
{
    ExperimentModel model;
    LOAD(model, small());
    const auto before = model.result();
    QSignalSpy problems(&model, &ExperimentModel::problemChanged);
    model.setField(maxDistance, integerValue(16));  // not above the exact half of 32 buckets
    QCOMPARE(problems.count(), 1);
    QVERIFY(model.problem());
    QCOMPARE(model.problem()->path, maxDistance);
    QVERIFY(model.problem()->message.contains(QStringLiteral("16")));
    QCOMPARE(std::get<T5>(model.experiment().schemes[1]).maxDistance, 16);
    QVERIFY(!model.busy());
    QCOMPARE(model.result(), before);
    model.setField(maxDistance, integerValue(17));
    QVERIFY(!model.problem());
    QTRY_VERIFY(!model.busy());
    QCOMPARE(std::get<T5>(model.result()->experiment.schemes[1]).maxDistance, 17);
}

void TestExperimentModel::aRefusedValueChangesNothing()
{
    ExperimentModel model;
    LOAD(model, small());
    model.setField(length, integerValue(0));
    QVERIFY(model.problem());
    QCOMPARE(model.problem()->path, length);
    QVERIFY(model.experiment() == small());
    QCOMPARE(model.undoStack()->count(), 0);
    model.setField(length, integerValue(100));
    QVERIFY(!model.problem());
}

void TestExperimentModel::undoDropsARefusedValueFirst()
{
    ExperimentModel model;
    LOAD(model, small());
    model.setField(length, integerValue(90));
    model.endGesture();
    model.setField(length, integerValue(0));
    QVERIFY(model.hasRefusedValue());
    model.undo();
    QVERIFY(!model.problem());
    QCOMPARE(model.experiment().length, 90);
    model.undo();
    QVERIFY(model.experiment() == small());
    QVERIFY(!model.canUndo());
    model.setField(length, integerValue(0));  // with no step before it
    QVERIFY(model.canUndo());
    model.undo();
    QVERIFY(!model.problem());
}

void TestExperimentModel::refusalsAreSentencesForPeople()
{
    ExperimentModel model;
    LOAD(model, small());
    const auto refusal = [&model](const QString& path, const FieldValue& value) {
        model.setField(path, value);
        return model.problem() ? model.problem()->message : QString();
    };
    const QString most = QString::fromUtf8("1\u202f048\u202f576");
    QVERIFY(refusal(maxDistance, std::string("abc")).startsWith(QStringLiteral("“abc” is not a number; Max distance")));
    const QString tooLong = refusal(length, integerValue(20'000'000));
    QVERIFY2(tooLong.contains(QString::fromUtf8("20\u202f000\u202f000")) && tooLong.contains(most),
             qPrintable(tooLong));
    QVERIFY(!tooLong.contains(QString::fromUtf8("16\u202f777")));
    QVERIFY(refusal(length, integerValue(longestInWindow + 1)).contains(most));
    QVERIFY(refusal(QStringLiteral("trainingLength"), integerValue(longestInWindow + 1)).contains(most));
}

void TestExperimentModel::aProblemIsToldWhereItWasMade()
{
    const QString buckets = QStringLiteral("schemes.1.buckets");
    ExperimentModel model;
    LOAD(model, small());
    model.setField(buckets, integerValue(512));  // exact up to 256, the maximum distance is 128
    QVERIFY(model.problem());
    QCOMPARE(model.problem()->path, buckets);
    QVERIFY2(model.problem()->message.startsWith(QStringLiteral("Max distance is 128")),
             qPrintable(model.problem()->message));
    QVERIFY(model.problem()->whole().startsWith(QStringLiteral("Scheme B: ")));
    model.setField(QStringLiteral("corpus.documents"), integerValue(50));  // has nothing to do with it
    QCOMPARE(model.problem()->path, maxDistance);
}

void TestExperimentModel::theWindowHasALimitOfItsOwn()
{
    ExperimentModel model;
    LOAD(model, small());
    model.setField(length, integerValue(longestInWindow + 1));
    QVERIFY(model.problem());
    QCOMPARE(model.problem()->path, length);
    QVERIFY(!model.busy());
    QCOMPARE(model.result()->experiment.length, 100);
}

void TestExperimentModel::loadingForgetsTheStepsBefore()
{
    ExperimentModel model;
    LOAD(model, small());
    model.setField(length, integerValue(0));
    model.setField(length, integerValue(90));
    LOAD(model, ofLength(80));
    QCOMPARE(model.undoStack()->count(), 0);
    QVERIFY(!model.problem());
    QCOMPARE(model.result()->experiment.length, 80);
}

void TestExperimentModel::aPresetIsOneStep()
{
    ExperimentModel model;
    LOAD(model, small());
    model.setField(length, integerValue(90));
    model.replace(findPreset("book-small")->experiment, QStringLiteral("Preset"));
    QCOMPARE(model.undoStack()->count(), 2);
    QCOMPARE(model.undoStack()->undoText(), QStringLiteral("Preset"));
    QTRY_VERIFY(!model.busy());
    QVERIFY(model.result()->experiment == findPreset("book-small")->experiment);
    model.undoStack()->undo();
    QCOMPARE(model.experiment().length, 90);
}

void TestExperimentModel::pinningNeedsNoTraining()
{
    ExperimentModel model;
    LOAD(model, small());
    const auto trained = model.result()->training.schemes;
    QSignalSpy crosshair(&model, &ExperimentModel::crosshairChanged);
    model.pin({50, 20});
    QVERIFY(!model.busy());
    QCOMPARE(crosshair.count(), 1);
    QVERIFY((model.crosshair() == CellPosition{50, 20}));
    QVERIFY((model.result()->experiment.view == CellChoice{50, 30}));
    QVERIFY(model.result()->training.schemes == trained);
}

void TestExperimentModel::pinningIsNoChange()
{
    ExperimentModel model;
    LOAD(model, small());
    model.pin({50, 20});
    QVERIFY(model.undoStack()->isClean());
    QCOMPARE(model.undoStack()->count(), 0);
    QVERIFY((model.experiment().view == CellChoice{50, 30}));  // saved with it all the same
}

void TestExperimentModel::undoLeavesTheCrosshairWhereItIsPinned()
{
    ExperimentModel model;
    LOAD(model, small());
    model.setField(maxDistance, integerValue(40));
    model.pin({50, 20});
    model.undoStack()->undo();
    QVERIFY((model.experiment().view == CellChoice{50, 30}));
    model.undoStack()->redo();
    QVERIFY((model.experiment().view == CellChoice{50, 30}));
    QCOMPARE(std::get<T5>(model.experiment().schemes[1]).maxDistance, 40);
}

void TestExperimentModel::theTellingCellComesBackWithTheLength()
{
    ExperimentModel model;
    LOAD(model, small());
    for (const std::int64_t n : {1, 40, 100}) {
        model.setField(length, integerValue(n));
        QVERIFY(model.experiment().view == defaultView(n));
        model.endGesture();
    }
    QVERIFY(model.experiment() == small());
}

void TestExperimentModel::thePersonsCellComesBackWithTheLength()
{
    ExperimentModel model;
    LOAD(model, small());
    model.pin({90, 80});
    model.setField(length, integerValue(95));
    QVERIFY((model.experiment().view == CellChoice{90, 10}));
    model.setField(length, integerValue(50));
    QVERIFY(model.experiment().view == defaultView(50));
    model.setField(length, integerValue(100));
    QVERIFY((model.experiment().view == CellChoice{90, 10}));
    QCOMPARE(model.undoStack()->count(), 0);  // home again
}

void TestExperimentModel::hoveringMovesTheCrosshairAndEndsWhereItIsPinned()
{
    ExperimentModel model;
    LOAD(model, small());
    const CellPosition home = model.crosshair();
    model.hover(CellPosition{30, 10});
    QVERIFY(model.hovering());
    QVERIFY((model.crosshair() == CellPosition{30, 10}));
    QVERIFY(model.undoStack()->isClean());
    model.hover(std::nullopt);
    QVERIFY(model.crosshair() == home);
}

void TestExperimentModel::hoveringIgnoresMaskedCells()
{
    ExperimentModel model;
    LOAD(model, small());
    QSignalSpy crosshair(&model, &ExperimentModel::crosshairChanged);
    model.hover(CellPosition{10, 30});
    model.hover(CellPosition{100, 0});
    model.pin({10, 30});
    QCOMPARE(crosshair.count(), 0);
    QVERIFY(!model.hovering());
    QVERIFY(model.experiment() == small());
}

void TestExperimentModel::theCrosshairStaysInsideThePicture()
{
    ExperimentModel model;
    LOAD(model, small());
    model.hover(CellPosition{99, 0});
    model.setField(length, integerValue(50));
    // The old picture is still there, and so is its crosshair; then the new one, and a cell inside it.
    QVERIFY(model.crosshair().query < model.result()->experiment.length);
    QTRY_VERIFY(!model.busy());
    QCOMPARE(model.result()->experiment.length, 50);
    QVERIFY(!model.hovering());
    QVERIFY(model.crosshair().query < 50);
    model.undoStack()->undo();  // the picture of 50 tokens remains for a moment, the experiment has 100
    QVERIFY(model.crosshair().query < 50);
    QTRY_VERIFY(!model.busy());
    QVERIFY((model.crosshair() == CellPosition{85, 15}));
}

void TestExperimentModel::newestRequestWins()
{
    Gate gate;
    Evaluator evaluator(through(gate));
    QSignalSpy finished(&evaluator, &Evaluator::finished);
    evaluator.request({ofLength(10)});
    QTRY_COMPARE(gate.started(), 1);
    for (std::int64_t n = 11; n <= 30; ++n)
        evaluator.request({ofLength(n)});
    // The first is stopped after its patience, those in between never start.
    QTRY_COMPARE(gate.started(), 2);
    gate.open();
    QTRY_VERIFY(!evaluator.busy());
    QCOMPARE(gate.started(), 2);
    QCOMPARE(finished.count(), 1);
    QCOMPARE(finished.at(0).at(0).value<std::shared_ptr<const Result>>()->experiment.length, 30);
}

void TestExperimentModel::aQuickPictureIsShownThoughANewerOneWaits()
{
    Evaluator evaluator(tooQuickToBeStopped);
    QSignalSpy finished(&evaluator, &Evaluator::finished);
    evaluator.request({ofLength(10)});
    evaluator.request({ofLength(11)});
    evaluator.request({ofLength(12)});
    QTRY_COMPARE(finished.count(), 2);
    QCOMPARE(finished.at(0).at(0).value<std::shared_ptr<const Result>>()->experiment.length, 10);
    QCOMPARE(finished.at(1).at(0).value<std::shared_ptr<const Result>>()->experiment.length, 12);
}

void TestExperimentModel::anotherDocumentDropsThePictureUnderWay()
{
    Evaluator evaluator(tooQuickToBeStopped);
    QSignalSpy finished(&evaluator, &Evaluator::finished);
    evaluator.request({ofLength(10)});
    evaluator.restart({ofLength(11)});
    QTRY_VERIFY(!evaluator.busy());
    QCOMPARE(finished.count(), 1);
    QCOMPARE(finished.at(0).at(0).value<std::shared_ptr<const Result>>()->experiment.length, 11);
}

void TestExperimentModel::cancelKeepsTheLastResult()
{
    ExperimentModel model;
    LOAD(model, small());
    const auto before = model.result();
    model.setField(QStringLiteral("learning.steps"), integerValue(100000));
    QVERIFY(model.busy());
    model.cancel();
    QVERIFY(!model.busy());
    QVERIFY(!model.upToDate());
    untilJobsAreDone();
    QCOMPARE(model.result(), before);
    model.pin({50, 20});  // does not start it again
    QVERIFY(!model.busy());
    model.setField(QStringLiteral("learning.steps"), integerValue(30));
    QTRY_VERIFY(!model.busy());
    QVERIFY(model.upToDate());
    QVERIFY((model.result()->experiment.view == CellChoice{50, 30}));
}

void TestExperimentModel::aFailureIsToldAndGivesNoResult()
{
    bool fail = false;
    Evaluator evaluator([&fail](const Request& asked, const Progress&, const std::shared_ptr<const Result>&) {
        if (fail)
            throw FailureError("It diverged.");
        return emptyResult(asked.experiment);
    });
    QSignalSpy told(&evaluator, &Evaluator::failed);
    QSignalSpy finished(&evaluator, &Evaluator::finished);
    evaluator.request({small()});
    QTRY_COMPARE(finished.count(), 1);
    fail = true;
    evaluator.request({ofLength(90)});
    QTRY_COMPARE(told.count(), 1);
    QCOMPARE(told.at(0).at(0).toString(), QStringLiteral("It diverged."));
    QVERIFY(!evaluator.busy());
    QCOMPARE(finished.count(), 1);
}

void TestExperimentModel::deletedMidWorkStopsTheWork()
{
    Gate gate;
    {
        Evaluator evaluator(through(gate));
        evaluator.request({small()});
        QTRY_COMPARE(gate.started(), 1);
    }
    auto model = std::make_unique<ExperimentModel>();
    model->load(presets().front().experiment);
    model.reset();
    QCoreApplication::processEvents();
}

QTEST_GUILESS_MAIN(TestExperimentModel)
#include "experiment_model.moc"
