// SPDX-License-Identifier: GPL-3.0-or-later
// The views of the learning lab in the window.
#include "tests/ui/lab_window.h"

#include <QComboBox>
#include <QDialog>
#include <QPushButton>
#include <QToolButton>

using namespace posbias;
using namespace posbias::ui;
using namespace posbias::ui::lab;

class TestLearningLab : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_settings.clear(); }

    void everyViewIsAKeyAwayAndFillsItself();
    void aViewSeenBeforeIsThereAtOnce();
    void theViewIsRememberedAndAPresetBringsItsOwn();
    void theViewsFitEveryWidth();
    void mapsCannotBeZoomedWhereThereAreNone();

    void aClickInAChartGoesThere();
    void draggingAHandleIsOneUndoStep();
    void aSettingThatCannotBeIsToldAndChangesNothing();
    void theViewUnfoldsItsSettings();
    void rarelyUsedSettingsAreFoldedUnlessTheyDiffer();

    void exportWaitsForTheStudyOfAnotherFigure();
    void fastHandsBreakNothing();
    void closingMidSweepIsClean();

private:
    OwnSettings m_settings;
};

void TestLearningLab::everyViewIsAKeyAwayAndFillsItself()
{
    Shown shown;
    const std::pair<Qt::Key, FigureKind> keys[] = {
        {Qt::Key_4, FigureKind::Learning},
        {Qt::Key_5, FigureKind::Generalization},
        {Qt::Key_6, FigureKind::Level},
        {Qt::Key_7, FigureKind::Sweep},
    };
    for (const auto& [key, kind] : keys) {
        QTest::keyClick(shown.stage(), key, Qt::ControlModifier);
        QCOMPARE(shown.stage()->view(), kind);
        QTRY_VERIFY(shown.filledCharts() > 0);
        QVERIFY(!shown.part<QLabel>("sentence")->text().isEmpty());
    }
}

void TestLearningLab::aViewSeenBeforeIsThereAtOnce()
{
    Shown shown;
    shown.view("Level");
    QTRY_VERIFY(shown.filledCharts() > 0);
    shown.view("Compare");
    QTRY_COMPARE(shown.filledCharts(), 0);
    shown.view("Level");
    QCoreApplication::processEvents();
    QVERIFY(shown.filledCharts() > 0);
}

void TestLearningLab::theViewIsRememberedAndAPresetBringsItsOwn()
{
    {
        Shown shown;
        shown.view("Sweep");
        shown.window.close();
    }
    MainWindow window;
    QCOMPARE(window.findChild<Stage*>()->view(), FigureKind::Sweep);
    const Preset& first = presets().front();
    for (QAction* action : window.findChildren<QAction*>()) {
        if (action->data().toString() == QString::fromStdString(first.name))
            action->trigger();
    }
    QCOMPARE(figureId(window.findChild<Stage*>()->view()), first.view);
}

void TestLearningLab::theViewsFitEveryWidth()
{
    Shown shown;
    auto* preset = shown.part<QToolButton>("presetButton");
    const QWidget* toolBar = preset->parentWidget()->parentWidget();
    /// The first that is too narrow or lies on another; "fits" when there is none.
    const auto misplaced = [&] {
        if (preset->width() < 120)
            return preset->text();
        QList<QToolButton*> buttons = toolBar->findChildren<QToolButton*>();
        buttons.removeIf([&](QToolButton* each) { return !each->isVisible() || each == preset; });
        std::sort(buttons.begin(), buttons.end(), [&](QToolButton* a, QToolButton* b) {
            return a->mapTo(&shown.window, QPoint()).x() < b->mapTo(&shown.window, QPoint()).x();
        });
        int right = preset->mapTo(&shown.window, QPoint(preset->width(), 0)).x();
        for (const QToolButton* button : buttons) {
            const int left = button->mapTo(&shown.window, QPoint()).x();
            if (left < right || button->width() < button->fontMetrics().horizontalAdvance(button->text()))
                return button->text();
            right = left + button->width();
        }
        return right <= shown.window.width() ? QStringLiteral("fits") : QStringLiteral("the last one");
    };
    for (const int width : {1440, 1280, 1100, 1000, 900, 760}) {
        shown.window.resize(width, 700);
        QTRY_COMPARE(shown.window.width(), width);
        QTRY_COMPARE(misplaced(), QStringLiteral("fits"));  // once the layouts of what was hidden have come to rest
    }
}

void TestLearningLab::mapsCannotBeZoomedWhereThereAreNone()
{
    Shown shown;
    QAction* zoomIn = shown.action(QStringLiteral("Zoom In"));
    QVERIFY(zoomIn->isEnabled());
    for (const char* view : {"Learning", "Generalization", "Level", "Sweep", "Exposure"}) {
        shown.view(view);
        QVERIFY2(!zoomIn->isEnabled(), view);
    }
    shown.view("Attention");
    QVERIFY(zoomIn->isEnabled());
}

void TestLearningLab::aClickInAChartGoesThere()
{
    Shown shown;
    shown.view("Generalization");
    QTRY_VERIFY(shown.filledCharts() > 0);
    Q_EMIT shown.plot()->chartClicked(0, 0, 50.2);
    QCOMPARE(shown.model.experiment().length, std::int64_t{50});
    shown.settle();
    shown.view("Learning");
    QTRY_VERIFY(shown.filledCharts() > 0);
    Q_EMIT shown.plot()->chartClicked(1, 0, 7.4);
    QCOMPARE(shown.model.step(), std::optional<std::int64_t>(7));
    shown.view("Sweep");
    QTRY_VERIFY(shown.filledCharts() > 0);
    Q_EMIT shown.plot()->chartClicked(0, 0, 2.1);
    QCOMPARE(std::get<T5>(shown.model.experiment().schemes[1]).buckets, std::int64_t{2});
    shown.model.undo();
    QCOMPARE(std::get<T5>(shown.model.experiment().schemes[1]).buckets, std::int64_t{8});
}

void TestLearningLab::draggingAHandleIsOneUndoStep()
{
    Shown shown;
    shown.view("Level");
    QTRY_VERIFY(shown.filledCharts() > 0);
    const double own = levelOf(*shown.model.result()->training.schemes[0]);
    const int steps = shown.model.undoStack()->count();
    for (const double by : {0.5, 1.0, 1.5})
        Q_EMIT shown.plot()->handleDragged(Role::A, own + by, by == 1.5);
    QVERIFY2(std::abs(shown.model.experiment().level.a - 1.5) < 0.006,
             qPrintable(QString::number(shown.model.experiment().level.a)));
    QCOMPARE(shown.model.experiment().level.b, 0.0);
    QCOMPARE(shown.model.undoStack()->count(), steps + 1);
    shown.settle();
    QVERIFY(std::abs(levelOf(*shown.model.result()->training.schemes[0]) - own - 1.5) < 0.006);
    shown.action(QStringLiteral("Levels as Trained"))->trigger();
    QVERIFY(shown.model.experiment().level == LevelShifts());
    Q_EMIT shown.plot()->handleDragged(Role::B, 1e9, true);
    QCOMPARE(shown.model.experiment().level.b, 20.0);
    QVERIFY(!shown.model.problem());
}

void TestLearningLab::aSettingThatCannotBeIsToldAndChangesNothing()
{
    Shown shown;
    shown.view("Sweep");
    QTRY_VERIFY(shown.filledCharts() > 0);
    Q_EMIT shown.plot()->chartClicked(0, 0, 32.0);  // more buckets than T5's maximum distance of 16 allows
    QCOMPARE(std::get<T5>(shown.model.experiment().schemes[1]).buckets, std::int64_t{8});
    const QString note = shown.part<QLabel>("note:words")->text();
    QVERIFY2(note.contains(QStringLiteral("16")), qPrintable(note));
}

void TestLearningLab::theViewUnfoldsItsSettings()
{
    Shown shown;
    QVERIFY(shown.section("sweep")->folded());
    QVERIFY(shown.section("level")->folded());
    shown.view("Sweep");
    QVERIFY(!shown.section("sweep")->folded());
    QVERIFY(shown.section("level")->folded());
    shown.view("Level");
    QVERIFY(shown.section("sweep")->folded());
    QVERIFY(!shown.section("level")->folded());
    shown.view("Compare");
    QVERIFY(shown.section("level")->folded());
}

void TestLearningLab::rarelyUsedSettingsAreFoldedUnlessTheyDiffer()
{
    Shown shown;
    const auto seen = [&](const char* row) { return shown.part<QWidget>(row)->isVisibleTo(&shown.window); };
    QVERIFY(seen("row:learning.steps"));
    QVERIFY(!seen("row:learning.batch"));
    Experiment minibatches = small();
    minibatches.learning = Adam{.steps = 100, .batch = 2};
    shown.window.openExperiment(minibatches);
    QVERIFY(seen("row:learning.batch"));
}

void TestLearningLab::exportWaitsForTheStudyOfAnotherFigure()
{
    Experiment slow = small();
    slow.sweep.points = 20;
    slow.sweep.seeds = 8;
    Shown shown(slow);
    shown.action(QStringLiteral("Export Figure…"))->trigger();
    auto* dialog = shown.window.findChild<QDialog*>();
    QVERIFY(dialog);
    auto* kind = dialog->findChild<QComboBox*>(QStringLiteral("export:view"));
    QVERIFY(kind);
    QPushButton* write = nullptr;
    for (QPushButton* each : dialog->findChildren<QPushButton*>()) {
        if (each->text().remove(u'&') == QLatin1String("Export"))
            write = each;
    }
    QVERIFY(write && write->isEnabled());
    kind->setCurrentIndex(kind->findData(static_cast<int>(FigureKind::Sweep)));
    QVERIFY(!write->isEnabled());
    QTRY_VERIFY(write->isEnabled());
    dialog->close();
}

void TestLearningLab::fastHandsBreakNothing()
{
    Shown shown;
    shown.view("Learning");
    shown.action(QStringLiteral("Play Training"))->trigger();
    for (int round = 0; round < 6; ++round) {
        for (const char* view : {"Level", "Sweep", "Generalization", "Compare", "Learning", "Exposure"}) {
            shown.view(view);
            shown.model.setField(QStringLiteral("level.a"), FieldValue(0.1 * round));
            QCoreApplication::processEvents();
        }
        shown.model.setField(QStringLiteral("length"), FieldValue(std::int64_t{40 + round}));
    }
    shown.view("Level");
    shown.settle();
    QTRY_VERIFY(shown.plot()->figure().length == 45 && shown.filledCharts() > 0);
}

void TestLearningLab::closingMidSweepIsClean()
{
    Experiment large = small();
    large.trainingLength = 512;
    large.length = 1000;
    large.view = defaultView(1000);
    large.learning = Adam{.steps = 20'000};
    large.sweep = {};
    Shown shown(large);
    shown.view("Sweep");
    QTRY_VERIFY(shown.window.findChild<QWidget*>(QStringLiteral("note"))->isVisible());  // it is under way
}

QTEST_MAIN(TestLearningLab)
#include "learning_lab.moc"
