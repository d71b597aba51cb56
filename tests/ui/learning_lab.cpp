// SPDX-License-Identifier: GPL-3.0-or-later
// The learning lab in the window: views, playing training, captions, document lengths.
#include "core/experiment/presets.h"
#include "ui/model/study_model.h"
#include "ui/plot/figure_plot.h"
#include "ui/window/caption_card.h"
#include "ui/window/main_window.h"
#include "ui/window/panel_section.h"
#include "ui/window/stage.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDropEvent>
#include <QDialog>
#include <QLabel>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSlider>
#include <QTemporaryDir>
#include <QTimer>
#include <QToolButton>
#include <QTest>

using namespace posbias;
using namespace posbias::ui;

namespace {

/// Quick to train and to sweep.
Experiment small()
{
    Experiment e;
    e.title = "Small";
    e.trainingLength = 32;
    e.length = 64;
    e.schemes = {PerOffset{}, T5{.buckets = 8, .maxDistance = 16}};
    e.corpus.documents = 4;
    e.learning = Adam{.steps = 100};
    e.sweep.points = 4;
    e.sweep.seeds = 2;
    e.view = defaultView(e.length);
    return e;
}

struct Shown {
    MainWindow window;
    ExperimentModel& model = *window.model();

    explicit Shown(const Experiment& experiment = small(), QSize size = {1440, 900})
    {
        window.openExperiment(experiment);
        window.resize(size);
        window.show();
        window.activateWindow();
        settle();
    }
    void settle()
    {
        QTRY_VERIFY(!model.busy() && model.upToDate() && plot()->figure().length == model.experiment().length);
    }
    FigurePlot* plot() const { return window.findChild<FigurePlot*>(); }
    Stage* stage() const { return window.findChild<Stage*>(); }
    template <class T>
    T* part(const char* name) const
    {
        return window.findChild<T*>(QLatin1String(name));
    }
    QAction* action(const QString& text) const
    {
        for (QAction* each : window.findChildren<QAction*>()) {
            if (each->text().remove(u'&') == text)
                return each;
        }
        qFatal("no action %s", qPrintable(text));
    }
    void view(const char* name)
    {
        action(QString::fromUtf8(name))->trigger();
        QTest::qWait(1);  // until the figure is that view's
    }
    PanelSection* section(const char* group) const { return part<PanelSection>((QByteArray("section:") + group).data()); }
    QString words() const { return part<QLabel>("transport:words")->text(); }
    bool playable() const { return part<QWidget>("transport")->isVisible(); }
    /// Charts of the figure that have something in them.
    int filledCharts() const
    {
        int count = 0;
        for (const FigureRow& row : plot()->figure().rows) {
            for (const Panel& panel : row.panels) {
                const auto* chart = std::get_if<ChartPanel>(&panel);
                count += chart && std::any_of(chart->series.begin(), chart->series.end(),
                                               [](const Series& series) { return !series.x.empty(); });
            }
        }
        return count;
    }
    void drop(const QString& file)
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file)});
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &enter);
        QDropEvent event(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &event);
        QCoreApplication::processEvents();
    }
};

void write(const QString& file, const QByteArray& bytes)
{
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(bytes);
}

}  // namespace

class TestLearningLab : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();

    void everyViewIsAKeyAwayAndFillsItself();
    void aViewSeenBeforeIsThereAtOnce();
    void theViewIsRememberedAndAPresetBringsItsOwn();
    void theViewsFitEveryWidth();
    void mapsCannotBeZoomedWhereThereAreNone();

    void spacePlaysAndTheWholeWindowFollows();
    void theMomentStaysInOtherViewsUntilItIsSentToTheEnd();
    void theSliderReachesTheFirstSteps();
    void exactSaysWhyThereIsNothingToPlay();

    void aClickInAChartGoesThere();
    void draggingAHandleIsOneUndoStep();
    void aSettingThatCannotBeIsToldAndChangesNothing();
    void theViewUnfoldsItsSettings();
    void rarelyUsedSettingsAreFoldedUnlessTheyDiffer();

    void exportWaitsForTheStudyOfAnotherFigure();

    void documentLengthsComeFromADroppedTable();
    void aBadTableIsToldAndChangesNothing();

    void aPresetHasACaptionUntilItIsChanged();
    void aClosedCaptionStaysClosed();
    void captionsGiveWayInASmallWindow();

    void fastHandsBreakNothing();
    void closingMidSweepIsClean();

private:
    QTemporaryDir m_folder;
};

void TestLearningLab::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.filePath(QStringLiteral("settings")));
}

void TestLearningLab::init()
{
    QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("posbias"), QStringLiteral("posbias")).clear();
}

void TestLearningLab::everyViewIsAKeyAwayAndFillsItself()
{
    Shown shown;
    const std::pair<Qt::Key, FigureKind> keys[] = {
        {Qt::Key_4, FigureKind::Learning}, {Qt::Key_5, FigureKind::Generalization},
        {Qt::Key_6, FigureKind::Level},    {Qt::Key_7, FigureKind::Sweep},
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
    for (const int width : {1440, 1280, 1100, 1000, 900, 760}) {
        shown.window.resize(width, 700);
        QTRY_COMPARE(shown.window.width(), width);
        QTest::qWait(20);  // layouts of what was hidden come after
        int right = preset->mapTo(&shown.window, QPoint(preset->width(), 0)).x();
        QVERIFY(preset->width() >= 120);
        const QWidget* toolBar = preset->parentWidget()->parentWidget();
        QList<QToolButton*> buttons = toolBar->findChildren<QToolButton*>();
        buttons.removeIf([&](QToolButton* each) { return !each->isVisible() || each == preset; });
        std::sort(buttons.begin(), buttons.end(), [&](QToolButton* a, QToolButton* b) {
            return a->mapTo(&shown.window, QPoint()).x() < b->mapTo(&shown.window, QPoint()).x();
        });
        for (const QToolButton* button : buttons) {
            const int left = button->mapTo(&shown.window, QPoint()).x();
            QVERIFY2(left >= right, qPrintable(QStringLiteral("%1 at %2").arg(button->text()).arg(width)));
            QVERIFY2(button->width() >= button->fontMetrics().horizontalAdvance(button->text()),
                     qPrintable(QStringLiteral("%1 at %2").arg(button->text()).arg(width)));
            right = left + button->width();
        }
        QVERIFY(right <= width);
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

void TestLearningLab::spacePlaysAndTheWholeWindowFollows()
{
    Shown shown;
    const QString atEnd = shown.part<QLabel>("cell")->text();
    shown.view("Learning");
    QVERIFY(shown.playable());
    QTRY_VERIFY(shown.filledCharts() > 0);
    shown.stage()->setFocus();
    QTest::keyClick(shown.stage(), Qt::Key_Space);
    QTRY_COMPARE(shown.words(), QStringLiteral("step 0 of 100"));
    QTRY_VERIFY(shown.model.shownStep() > 0);
    QTest::keyClick(shown.stage(), Qt::Key_Space);
    const auto paused = shown.model.step();
    QVERIFY(paused);
    QTest::qWait(80);
    QCOMPARE(shown.model.step(), paused);
    QTest::keyClick(shown.stage(), Qt::Key_Period);
    QCOMPARE(shown.model.step(), std::optional(*paused + 1));
    QTest::keyClick(shown.stage(), Qt::Key_Comma);
    QCOMPARE(shown.model.step(), paused);
    QTRY_VERIFY(shown.part<QLabel>("cell")->text() != atEnd);
}

void TestLearningLab::theMomentStaysInOtherViewsUntilItIsSentToTheEnd()
{
    Shown shown;
    QVERIFY(!shown.playable());
    shown.model.setStep(3);
    shown.settle();
    QVERIFY(shown.playable());
    QCOMPARE(shown.words(), QStringLiteral("step 3 of 100"));
    QVERIFY(!shown.window.isWindowModified());
    shown.action(QStringLiteral("To the End of Training"))->trigger();
    QVERIFY(!shown.playable());
    shown.settle();
    QCOMPARE(shown.model.shownStep(), std::int64_t{100});
}

void TestLearningLab::theSliderReachesTheFirstSteps()
{
    Shown shown;
    shown.view("Learning");
    auto* slider = shown.part<QSlider>("transport:slider");
    QTest::mouseClick(slider, Qt::LeftButton, {}, QPoint(0, slider->height() / 2));
    QCOMPARE(shown.model.step(), std::optional<std::int64_t>(0));
    QTest::keyClick(slider, Qt::Key_Right);
    QCOMPARE(shown.model.step(), std::optional<std::int64_t>(1));
    QTest::mouseClick(slider, Qt::LeftButton, {}, QPoint(slider->width() / 2, slider->height() / 2));
    QVERIFY(*shown.model.step() > 5 && *shown.model.step() < 15);
    QTest::keyClick(slider, Qt::Key_End);
    QVERIFY(!shown.model.step());
}

void TestLearningLab::exactSaysWhyThereIsNothingToPlay()
{
    Experiment exact = small();
    exact.learning = Exact{};
    Shown shown(exact);
    shown.view("Learning");
    QVERIFY(shown.part<QLabel>("transport:reason")->text().contains(QStringLiteral("no steps")));
    QVERIFY(!shown.part<QSlider>("transport:slider")->isVisible());
    QVERIFY(!shown.action(QStringLiteral("Play Training"))->isEnabled());
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
    auto* kind = dialog->findChild<QComboBox*>();
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

void TestLearningLab::documentLengthsComeFromADroppedTable()
{
    Shown shown;
    const QString file = m_folder.filePath(QStringLiteral("lengths.csv"));
    write(file, "length\n8\n20\n20\n64\n");
    shown.drop(file);
    QTRY_VERIFY(std::holds_alternative<ListedLengths>(shown.model.experiment().corpus.lengths));
    QCOMPARE(std::get<ListedLengths>(shown.model.experiment().corpus.lengths).counts, std::string("8:1 20:2 64:1"));
    shown.settle();
    QString sentences;
    for (const QLabel* label : shown.section("data")->findChildren<QLabel*>())
        sentences += label->text() + u' ';
    QVERIFY2(sentences.contains(QStringLiteral("4 listed documents of 8 to 64 tokens; 1 longer than 32 are cut")),
             qPrintable(sentences));
    QVERIFY(!shown.part<QWidget>("row:corpus.lengths.counts"));
    shown.model.undo();
    QVERIFY(std::holds_alternative<FixedLengths>(shown.model.experiment().corpus.lengths));
}

void TestLearningLab::aBadTableIsToldAndChangesNothing()
{
    Shown shown;
    const QString file = m_folder.filePath(QStringLiteral("words.csv"));
    write(file, "8\nmany\n");
    QString said;
    QTimer answer;
    connect(&answer, &QTimer::timeout, this, [&] {
        if (auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget())) {
            said = box->text() + box->informativeText();
            box->accept();
        }
    });
    answer.start(5);
    const Experiment before = shown.model.experiment();
    shown.drop(file);
    QTRY_VERIFY(!said.isEmpty());
    QVERIFY2(said.contains(QStringLiteral("words.csv")) && said.contains(QStringLiteral("many")), qPrintable(said));
    QVERIFY(shown.model.experiment() == before);
}

void TestLearningLab::aPresetHasACaptionUntilItIsChanged()
{
    ExperimentModel model;
    int computed = 0;
    CaptionCard card(&model, [&computed](const std::string& preset, const Progress&) {
        ++computed;
        return QStringLiteral("About %1.").arg(QString::fromStdString(preset));
    });
    QTRY_COMPARE(computed, 1);
    const auto text = [&] { return card.findChild<QLabel*>(QStringLiteral("caption:text"))->text(); };
    card.resize(900, 80);
    model.load(small());
    QVERIFY(!card.isVisibleTo(nullptr));
    model.load(findPreset("book-small")->experiment);
    QVERIFY(card.isVisibleTo(nullptr));
    const int waiting = card.sizeHint().height();
    QTRY_COMPARE(text(), QStringLiteral("About book-small."));
    QCOMPARE(card.sizeHint().height(), waiting);
    model.setField(QStringLiteral("length"), FieldValue(std::int64_t{9}));
    QVERIFY(!card.isVisibleTo(nullptr));
    model.undo();
    QVERIFY(card.isVisibleTo(nullptr));
    QCOMPARE(text(), QStringLiteral("About book-small."));
    QCOMPARE(computed, 2);
    model.setStep(0);
    QVERIFY(card.isVisibleTo(nullptr));
}

void TestLearningLab::aClosedCaptionStaysClosed()
{
    {
        Shown shown(findPreset("book-small")->experiment);
        QVERIFY(shown.part<QWidget>("caption")->isVisible());
        shown.action(QStringLiteral("Preset’s Caption"))->trigger();
        QVERIFY(!shown.part<QWidget>("caption")->isVisible());
        shown.window.close();
    }
    Shown again(findPreset("book-small")->experiment);
    QVERIFY(!again.part<QWidget>("caption")->isVisible());
    again.action(QStringLiteral("Preset’s Caption"))->trigger();
    QVERIFY(again.part<QWidget>("caption")->isVisible());
}

void TestLearningLab::captionsGiveWayInASmallWindow()
{
    Shown shown(findPreset("book-small")->experiment, {1440, 900});
    QTRY_VERIFY(shown.part<QLabel>("caption:text")->isEnabled());
    const int full = shown.part<QWidget>("caption")->height();
    shown.window.resize(1280, 640);
    QTRY_VERIFY(shown.part<QWidget>("caption")->height() < full);
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
            QTest::qWait(8);
        }
        shown.model.setField(QStringLiteral("length"), FieldValue(std::int64_t{40 + round}));
    }
    shown.view("Level");
    shown.settle();
    QTRY_VERIFY(shown.filledCharts() > 0);
    QCOMPARE(shown.plot()->figure().length, std::int64_t{45});
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
    QTest::qWait(50);
}

QTEST_MAIN(TestLearningLab)
#include "learning_lab.moc"
