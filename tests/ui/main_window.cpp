// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.h"
#include "core/experiment/presets.h"
#include "core/figure/figure_data.h"
#include "core/io/experiment_file.h"
#include "tests/ui/busy_pool.h"
#include "ui/plot/figure_plot.h"
#include "ui/plot/files/figure_export.h"
#include "ui/text/numbers.h"
#include "ui/window/commands/fuzzy_match.h"
#include "ui/window/export/export_memory.h"
#include "ui/window/stage/crosshair_steps.h"
#include "ui/window/stage/stage.h"
#include "ui/window/stage/stage_words.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include <set>

using namespace posbias;
using namespace posbias::ui;

namespace {

/// A window on the default experiment, computed and drawn.
struct Shown {
    MainWindow window;
    ExperimentModel& model = *window.model();

    explicit Shown(QSize size = {1440, 900})
    {
        window.resize(size);
        window.show();
        window.activateWindow();
        settle();
    }
    void settle() { QTRY_VERIFY(!model.busy() && model.result() && plot()->figure().length > 0); }

    QAction* action(const char* text) const
    {
        for (QAction* each : window.findChildren<QAction*>()) {
            if (each->text().remove(u'&') == QString::fromUtf8(text))
                return each;
        }
        qFatal("no action %s", text);
    }
    FigurePlot* plot() const { return window.findChild<FigurePlot*>(); }
    QString label(const char* name) const { return window.findChild<QLabel*>(QLatin1String(name))->text(); }
    QWidget* inspector() const { return window.findChild<QWidget*>(QStringLiteral("inspector")); }
    QAbstractButton* button(const QString& text) const
    {
        for (auto* each : window.findChildren<QAbstractButton*>()) {
            if (each->text() == text && each->isVisible())
                return each;
        }
        return nullptr;
    }
    const MapPanel& map(std::size_t index) const
    {
        return std::get<MapPanel>(plot()->figure().rows.at(0).panels.at(index));
    }
    T5 t5() const { return std::get<T5>(model.experiment().schemes.at(1)); }
};

/// Answers the next message box by a button, and keeps what it said.
class Answer {
public:
    explicit Answer(QMessageBox::StandardButton button)
    {
        QObject::connect(&m_timer, &QTimer::timeout, [this, button] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (!box)
                return;
            m_timer.stop();
            said = box->text() + u'\n' + box->informativeText();
            QTest::mouseClick(box->button(button), Qt::LeftButton);
        });
        m_timer.start(5);
    }
    QString said;

private:
    QTimer m_timer;
};

/// Types a name into the next file dialog and accepts it.
class ChooseFile {
public:
    explicit ChooseFile(const QString& file)
    {
        QObject::connect(&m_timer, &QTimer::timeout, [this, file] {
            QWidget* dialog = QApplication::activeModalWidget();
            auto* name = dialog ? dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit")) : nullptr;
            if (!name)
                return;
            m_timer.stop();
            name->setText(file);
            QTest::keyClick(name, Qt::Key_Return);
        });
        m_timer.start(5);
    }

private:
    QTimer m_timer;
};

void write(const QString& file, const QByteArray& bytes)
{
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(bytes);
}

std::filesystem::path pathOf(const QString& file)
{
    return file.toStdString();
}

}  // namespace

class TestMainWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();

    void theFirstPictureIsTheDefaultExperiment();
    void draggingASliderChangesThePictureInOneStep();
    void anInvalidSettingKeepsThePictureAndIsNotSaved();
    void savedAndOpenedAgainItIsTheSame();
    void aBadFileIsToldAndChangesNothing();
    void closingWithChangesAsks();
    void aPresetIsUndoneWithoutAQuestion();
    void aPresetDoesNotOverwriteTheOpenFile();
    void browsingAsksNothing();
    void aPresetOverUnsavedChangesAsks();
    void thePresetButtonNamesWhatIsOpen();
    void aDroppedFileOpens();

    void noShortcutMeansTwoThings();
    void viewsFollowTheirShortcutsAndKeepCrosshairAndZoom();
    void arrowKeysMoveTheCrosshair();
    void controlArrowsGoToBucketBorders();
    void hoveringAnOffsetKeepsTheQueryWhereItCan();
    void clickPinsUntilItIsReleased();

    void wordsDoNotMoveThePicture();
    void anInvalidSettingIsToldOverThePicture();
    void menusShowWhatIsChosen();
    void theInspectorFoldsInASmallWindow();
    void openingAPanelClosesTheOtherWhereBothDoNotFit();
    void whatAPersonOpenedOrClosedStaysSo();
    void presentHidesEverythingButTheStage();
    void themeChoiceIsCompleteAndRemembered();
    void fewLettersFindACommand();
    void thePaletteRunsACommand();

    void longWorkIsStoppedByEscapeAndKeepsThePicture();
    void aSlowPictureIsStoppedByEscapeAndComputedOnRequest();
    void aSlowCopyIsStoppedByEscape();
    void closingMidWorkIsClean();
    void exportWritesWhatRenderingWrites();

private:
    QTemporaryDir m_folder;
};

void TestMainWindow::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.filePath(QStringLiteral("settings")));
}

void TestMainWindow::init()
{
    QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("posbias"), QStringLiteral("posbias")).clear();
}

void TestMainWindow::theFirstPictureIsTheDefaultExperiment()
{
    Shown shown;
    QVERIFY(shown.model.experiment() == presets().front().experiment);
    QCOMPARE(shown.window.windowTitle(), QStringLiteral("Past the training length[*] — PosBias"));
    QVERIFY(!shown.window.isWindowModified());
    QTRY_VERIFY(shown.label("sentence").contains(QStringLiteral("850")));
    QTRY_VERIFY(shown.label("cell").contains(QStringLiteral("i 850")));
    QTRY_VERIFY(shown.label("cell").contains(QStringLiteral("d 700")));
    QCOMPARE(shown.plot()->figure().length, 1000);
}

void TestMainWindow::draggingASliderChangesThePictureInOneStep()
{
    Shown shown;
    auto* slider = shown.window.findChild<QSlider*>(QStringLiteral("slider:schemes.1.maxDistance"));
    QVERIFY(slider);
    const QString before = QString::fromStdString(shown.map(1).title);
    const auto atHandle = [slider](int value) {
        const double share = double(value - slider->minimum()) / (slider->maximum() - slider->minimum());
        return QPoint(6 + static_cast<int>(share * (slider->width() - 12)), slider->height() / 2);
    };
    const QPoint from = atHandle(slider->value());
    QTest::mousePress(slider, Qt::LeftButton, {}, from);
    for (int step = 1; step <= 10; ++step)
        QTest::mouseMove(slider, from + QPoint(2 * step, 0));
    QTest::mouseRelease(slider, Qt::LeftButton, {}, from + QPoint(20, 0));
    QVERIFY(shown.t5().maxDistance > 128);
    QCOMPARE(shown.model.undoStack()->count(), 1);
    QTRY_VERIFY(QString::fromStdString(shown.map(1).title) != before);
    QTRY_VERIFY(shown.model.upToDate());
    QVERIFY(shown.window.isWindowModified());
    shown.action("Undo Change Max distance")->trigger();
    QCOMPARE(shown.t5().maxDistance, 128);
    QTRY_COMPARE(QString::fromStdString(shown.map(1).title), before);
    QVERIFY(!shown.window.isWindowModified());
}

void TestMainWindow::anInvalidSettingKeepsThePictureAndIsNotSaved()
{
    Shown shown;
    const auto before = shown.model.result();
    shown.model.setField(QStringLiteral("schemes.1.maxDistance"), std::int64_t{16});
    QCOMPARE(shown.model.result(), before);
    const QString file = m_folder.filePath(QStringLiteral("invalid.posbias"));
    ChooseFile choose(file);
    Answer answer(QMessageBox::Ok);
    shown.action("Save")->trigger();
    QVERIFY2(answer.said.contains(QStringLiteral("not saved")), qPrintable(answer.said));
    QVERIFY(answer.said.contains(shown.model.problem()->message));
    QVERIFY(!QFile::exists(file));
}

void TestMainWindow::savedAndOpenedAgainItIsTheSame()
{
    const QString file = m_folder.filePath(QStringLiteral("mine.posbias"));
    Experiment saved;
    {
        Shown shown;
        shown.model.setField(QStringLiteral("title"), std::string("Mine"));
        shown.model.setField(QStringLiteral("length"), std::int64_t{700});
        ChooseFile choose(file);
        shown.action("Save As…")->trigger();
        QVERIFY(!shown.window.isWindowModified());
        saved = shown.model.experiment();
        QVERIFY(readExperiment(pathOf(file)) == saved);
        // and on into the same file, without asking for a name
        shown.model.setField(QStringLiteral("length"), std::int64_t{800});
        shown.action("Save")->trigger();
        QVERIFY(!shown.window.isWindowModified());
        QCOMPARE(readExperiment(pathOf(file)).length, 800);
        shown.model.undoStack()->undo();
        shown.action("Save")->trigger();
    }
    Shown shown;
    ChooseFile choose(file);
    shown.action("Open…")->trigger();
    QVERIFY(shown.model.experiment() == saved);
    QCOMPARE(shown.window.windowTitle(), QStringLiteral("mine.posbias[*] — PosBias"));
    QVERIFY(shown.action("mine.posbias"));  // Open Recent
    shown.action("New")->trigger();
    QVERIFY(shown.model.experiment() == presets().front().experiment);
}

void TestMainWindow::aBadFileIsToldAndChangesNothing()
{
    Shown shown;
    const Experiment before = shown.model.experiment();
    const auto refuses = [&](const QString& name, const QByteArray& bytes, const QString& reason) {
        const QString file = m_folder.filePath(name);
        if (!bytes.isEmpty())
            write(file, bytes);
        Answer answer(QMessageBox::Ok);
        const bool opened = shown.window.openFile(pathOf(file));
        return !opened && answer.said.contains(name) && answer.said.contains(reason);
    };
    QVERIFY(refuses(QStringLiteral("cut.posbias"), "{\"posbias\": 1, ", QString()));
    QVERIFY(refuses(QStringLiteral("missing.posbias"), {}, QString()));
    QVERIFY(refuses(QStringLiteral("key.posbias"), "{\"posbias\": 1, \"lenght\": 5}", QStringLiteral("lenght")));
    QVERIFY(refuses(QStringLiteral("long.posbias"),
                    "{\"posbias\": 1, \"length\": 4194304, \"view\": {\"query\": 1, \"offset\": 0}}",
                    integer(4194304)));
    QVERIFY(shown.model.experiment() == before);
    QVERIFY(!shown.window.isWindowModified());
    QVERIFY(shown.model.upToDate());
}

void TestMainWindow::closingWithChangesAsks()
{
    Shown shown;
    shown.model.setField(QStringLiteral("length"), std::int64_t{900});
    {
        Answer answer(QMessageBox::Cancel);
        QVERIFY(!shown.window.close());
        QVERIFY(answer.said.contains(QStringLiteral("Past the training length")));
        QVERIFY(shown.window.isVisible());
    }
    Answer answer(QMessageBox::Discard);
    QVERIFY(shown.window.close());
    QVERIFY(!answer.said.isEmpty());
}

void TestMainWindow::aPresetIsUndoneWithoutAQuestion()
{
    Shown shown;
    shown.model.setField(QStringLiteral("length"), std::int64_t{900});
    const Experiment before = shown.model.experiment();
    const Preset& preset = *findPreset("book-small");
    shown.action(preset.experiment.title.c_str())->trigger();
    QVERIFY(shown.model.experiment() == preset.experiment);
    QTRY_COMPARE(shown.plot()->figure().length, 8);
    shown.model.undoStack()->undo();
    QVERIFY(shown.model.experiment() == before);
    QTRY_COMPARE(shown.plot()->figure().length, 900);
}

void TestMainWindow::aPresetDoesNotOverwriteTheOpenFile()
{
    Shown shown;
    const QString file = m_folder.filePath(QStringLiteral("kept.posbias")),
                  other = m_folder.filePath(QStringLiteral("other.posbias"));
    Experiment mine = findPreset("small-corpus")->experiment;
    mine.title = "Mine";
    writeExperiment(pathOf(file), mine);
    QVERIFY(shown.window.openFile(pathOf(file)));
    const Preset& preset = *findPreset("book-small");
    shown.action(preset.experiment.title.c_str())->trigger();
    ChooseFile choose(other);
    shown.action("Save")->trigger();
    QVERIFY(readExperiment(pathOf(file)) == mine);
    QVERIFY(readExperiment(pathOf(other)) == preset.experiment);
    // undone, the document is the file again
    shown.model.undo();
    QVERIFY(shown.model.experiment() == mine);
    shown.model.setField(QStringLiteral("length"), std::int64_t{900});
    shown.action("Save")->trigger();
    QCOMPARE(readExperiment(pathOf(file)).length, 900);
    QVERIFY(readExperiment(pathOf(other)) == preset.experiment);
}

void TestMainWindow::browsingAsksNothing()
{
    Shown shown;
    for (const char* name : {"book-small", "t5-encoder", "small-corpus"})
        shown.action(findPreset(name)->experiment.title.c_str())->trigger();
    QTRY_VERIFY(shown.model.upToDate() && shown.plot()->figure().length == 1000);
    Q_EMIT shown.plot()->cellClicked({600, 100});
    QVERIFY(!shown.window.isWindowModified());
    QVERIFY(shown.window.close());  // a question would wait for ever
}

void TestMainWindow::aPresetOverUnsavedChangesAsks()
{
    Shown shown;
    shown.model.setField(QStringLiteral("length"), std::int64_t{900});
    shown.action(findPreset("book-small")->experiment.title.c_str())->trigger();
    Answer answer(QMessageBox::Discard);
    QVERIFY(shown.window.close());
    QVERIFY(!answer.said.isEmpty());
}

void TestMainWindow::thePresetButtonNamesWhatIsOpen()
{
    Shown shown;
    auto* button = shown.window.findChild<QToolButton*>(QStringLiteral("presetButton"));
    const QString title = QStringLiteral("Past the training length");
    QCOMPARE(button->text(), title);
    QVERIFY(button->fontMetrics().horizontalAdvance(title) < button->width() - 30);
    QAction* preset = shown.action("Past the training length");
    QVERIFY(preset->isChecked());
    preset->trigger();
    QVERIFY(preset->isChecked());
    shown.model.setField(QStringLiteral("length"), std::int64_t{900});
    QCOMPARE(button->text(), title + QStringLiteral(" (changed)"));
    QVERIFY(!preset->isChecked());
    shown.model.undo();
    QCOMPARE(button->text(), title);
}

void TestMainWindow::aDroppedFileOpens()
{
    Shown shown;
    const QString file = m_folder.filePath(QStringLiteral("dropped.posbias"));
    writeExperiment(pathOf(file), findPreset("t5-encoder")->experiment);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file)});
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&shown.window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&shown.window, &drop);
    QTRY_VERIFY(shown.model.experiment() == findPreset("t5-encoder")->experiment);
}

void TestMainWindow::noShortcutMeansTwoThings()
{
    Shown shown;
    std::set<QString> seen;
    for (const QAction* action : shown.window.findChildren<QAction*>()) {
        for (const QKeySequence& key : action->shortcuts())
            QVERIFY2(seen.insert(key.toString()).second, qPrintable(action->text() + u' ' + key.toString()));
    }
    for (const char* key : {"Ctrl+N", "Ctrl+O", "Ctrl+S", "Ctrl+Shift+S", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+1", "Ctrl+2",
                            "Ctrl+3", "Ctrl+E", "Ctrl+Shift+C", "Ctrl+K", "F5", "Alt+Left", "Ctrl+Q"})
        QVERIFY2(seen.contains(QString::fromLatin1(key)), key);
}

void TestMainWindow::viewsFollowTheirShortcutsAndKeepCrosshairAndZoom()
{
    Shown shown;
    QVERIFY(QTest::qWaitForWindowActive(&shown.window, longEnough));
    const CellRect zoom{100.0, 300.0, 700.0, 900.0};
    Q_EMIT shown.plot()->visibleCellsChanged(zoom);
    Q_EMIT shown.plot()->cellHovered({800, 200});
    QTest::keyClick(&shown.window, Qt::Key_2, Qt::ControlModifier);
    QTRY_COMPARE(shown.plot()->figure().rows.size(), std::size_t{2});
    QVERIFY(shown.action("Attention")->isChecked());
    QTRY_COMPARE(QString::fromStdString(shown.plot()->figure().scales.at(0).label), QStringLiteral("attention"));
    QVERIFY(shown.plot()->figure().visible == zoom);
    QVERIFY((shown.plot()->figure().crosshair == CellPosition{800, 200}));
    QTest::keyClick(&shown.window, Qt::Key_1, Qt::ControlModifier);
    QTRY_COMPARE(shown.plot()->figure().rows.size(), std::size_t{3});
    QVERIFY(shown.plot()->figure().visible == zoom);
}

void TestMainWindow::arrowKeysMoveTheCrosshair()
{
    Shown shown;
    QVERIFY(QTest::qWaitForWindowActive(&shown.window, longEnough));
    QVERIFY(QApplication::focusWidget());
    const auto press = [](Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    };
    press(Qt::Key_Right);
    QVERIFY((shown.model.crosshair() == CellPosition{850, 151}));
    press(Qt::Key_Up);
    QVERIFY((shown.model.crosshair() == CellPosition{849, 151}));
    press(Qt::Key_Left, Qt::ShiftModifier);
    QVERIFY((shown.model.crosshair() == CellPosition{849, 141}));
    press(Qt::Key_Right, Qt::MetaModifier);  // the desktop's
    QVERIFY((shown.model.crosshair() == CellPosition{849, 141}));
    QVERIFY(!shown.window.isWindowModified());
    for (int i = 0; i < 100; ++i)
        press(Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY((shown.model.crosshair() == CellPosition{849, 849}));  // the mask's edge
    QTRY_VERIFY(shown.label("cell").contains(QStringLiteral("i 849")));
}

void TestMainWindow::controlArrowsGoToBucketBorders()
{
    Shown shown;
    const Result& result = *shown.model.result();
    QCOMPARE(nextBorder(result, 700, -1), 512);  // where per-offset ends
    QCOMPARE(nextBorder(result, 512, -1), 113);  // T5's last bucket
    QCOMPARE(nextBorder(result, 20, 1), 21);
    QCOMPARE(nextBorder(result, 700, 1), 999);  // none: the last offset
    QCOMPARE(nextBorder(result, 0, -1), 0);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right, Qt::ControlModifier);
    QVERIFY((shown.model.crosshair() == CellPosition{850, 850 - 512}));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up, Qt::ControlModifier);
    QVERIFY((shown.model.crosshair() == CellPosition{338 + 113, 338}));
}

void TestMainWindow::hoveringAnOffsetKeepsTheQueryWhereItCan()
{
    Shown shown;
    Q_EMIT shown.plot()->offsetHovered(30);
    QVERIFY((shown.model.crosshair() == CellPosition{850, 820}));
    Q_EMIT shown.plot()->offsetHovered(900);  // query 850 does not see it
    QVERIFY((shown.model.crosshair() == CellPosition{900, 0}));
    Q_EMIT shown.plot()->hoverEnded();
    QVERIFY((shown.model.crosshair() == CellPosition{850, 150}));
    QVERIFY(shown.model.undoStack()->isClean());
}

void TestMainWindow::clickPinsUntilItIsReleased()
{
    Shown shown;
    QVERIFY(QTest::qWaitForWindowActive(&shown.window, longEnough));
    FigurePlot* plot = shown.plot();
    Q_EMIT plot->cellClicked({600, 100});
    QVERIFY((shown.model.experiment().view == CellChoice{600, 500}));
    Q_EMIT plot->cellHovered({700, 100});
    QVERIFY((shown.model.crosshair() == CellPosition{600, 100}));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    Q_EMIT plot->cellHovered({700, 100});
    QVERIFY((shown.model.crosshair() == CellPosition{700, 100}));
    Q_EMIT plot->cellClicked({700, 100});
    Q_EMIT plot->cellClicked({700, 100});  // again: releases
    Q_EMIT plot->cellHovered({710, 100});
    QVERIFY((shown.model.crosshair() == CellPosition{710, 100}));
    Q_EMIT plot->hoverEnded();
    QVERIFY((shown.model.crosshair() == CellPosition{700, 100}));
    QTRY_VERIFY(shown.label("sentence").contains(QStringLiteral("700")));
}

void TestMainWindow::wordsDoNotMoveThePicture()
{
    for (const QSize size : {QSize(1440, 900), QSize(1280, 720), QSize(1024, 700), QSize(1920, 1000)}) {
        Shown shown(size);
        auto* words = shown.window.findChild<StageWords*>();
        QVERIFY(QTest::qWaitForWindowExposed(&shown.window, longEnough));
        words->setWords(QStringLiteral("Words."), shown.label("distance"));
        QCoreApplication::processEvents();
        QRect last;  // until the window's first layout has come to rest
        QTRY_VERIFY(std::exchange(last, shown.plot()->geometry()) == shown.plot()->geometry());
        const QRect before = shown.plot()->geometry();
        auto* label = shown.window.findChild<QLabel*>(QStringLiteral("sentence"));
        const QString sentence =
            QStringLiteral("No untrained offset draws much attention: over 1 048 576 tokens A is 5.2 × further "
                           "from the data than B (0.074 against 0.014 nats).");
        for (const QString& text : {QStringLiteral("Short."), sentence}) {
            words->setWords(text, shown.label("distance"));
            QCoreApplication::processEvents();
            QCOMPARE(shown.plot()->geometry(), before);
            QCOMPARE(label->text().simplified(), text.simplified());
            QVERIFY(label->sizeHint().width() <= label->width());
            QVERIFY(label->sizeHint().height() <= label->height() + 2);
        }
        // However long the sentence, what stands below it is no larger.
        words->setWords(sentence + u' ' + sentence, shown.label("distance"));
        const auto* below = shown.window.findChild<QLabel*>(QStringLiteral("distance"));
        QVERIFY(below->font().pixelSize() <= label->font().pixelSize());
    }
}

void TestMainWindow::anInvalidSettingIsToldOverThePicture()
{
    Shown shown({1280, 520});
    auto* note = shown.window.findChild<QWidget*>(QStringLiteral("note"));
    QTRY_VERIFY(!note->isVisible());
    shown.action("Experiment Panel")->trigger();  // away with it
    shown.model.setField(QStringLiteral("schemes.1.buckets"), std::int64_t{512});
    QVERIFY(note->isVisible());
    QVERIFY(shown.label("note:words").contains(QStringLiteral("Scheme B: Max distance is 128")));
    auto* row = shown.window.findChild<QWidget*>(QStringLiteral("row:schemes.1.buckets"));
    QVERIFY(row->visibleRegion().isEmpty());
    QTest::mouseClick(shown.button(QStringLiteral("Go to setting")), Qt::LeftButton);
    QTRY_COMPARE(row->visibleRegion().boundingRect(), row->rect());
    shown.model.undo();
    QVERIFY(!note->isVisible());
}

void TestMainWindow::menusShowWhatIsChosen()
{
    Shown shown;
    for (const char* theme : {"Dark", "Light"}) {
        shown.action(theme)->trigger();
        QMenu menu(&shown.window);
        QAction* first = menu.addAction(QStringLiteral("AAAA"));
        menu.addAction(QStringLiteral("BBBB"));
        menu.popup({10, 10});
        menu.setActiveAction(first);
        const QImage image = menu.grab(menu.actionGeometry(first)).toImage();
        std::set<int> lightness;
        for (int x = 0; x < image.width(); ++x)
            for (int y = 0; y < image.height(); ++y)
                lightness.insert(image.pixelColor(x, y).lightness());
        const int ground = image.pixelColor(image.width() - 12, image.height() / 2).lightness();
        QVERIFY(std::max(*lightness.rbegin() - ground, ground - *lightness.begin()) > 100);  // ink on it
        menu.setActiveAction(nullptr);
        QVERIFY(menu.grab(menu.actionGeometry(first)).toImage() != image);
    }
}

void TestMainWindow::openingAPanelClosesTheOtherWhereBothDoNotFit()
{
    Shown shown({1280, 720});
    QWidget* controls = shown.window.findChild<QWidget*>(QStringLiteral("controlPanel"));
    QTRY_VERIFY(controls->isVisible() && !shown.inspector()->isVisible());
    shown.action("Inspector")->trigger();
    QVERIFY(shown.inspector()->isVisible() && !controls->isVisible());
    QTRY_VERIFY(shown.plot()->width() >= 830);
    shown.action("Experiment Panel")->trigger();
    QVERIFY(!shown.inspector()->isVisible() && controls->isVisible());
    shown.window.resize(1440, 900);
    QTRY_VERIFY(shown.inspector()->isVisible() && controls->isVisible());
}

void TestMainWindow::theInspectorFoldsInASmallWindow()
{
    Shown shown;
    QVERIFY(shown.inspector()->isVisible());
    shown.window.resize(1280, 720);
    QTRY_VERIFY(!shown.inspector()->isVisible());
    QVERIFY(shown.window.findChild<QWidget*>(QStringLiteral("controlPanel"))->isVisible());
    QVERIFY(!shown.action("Inspector")->isChecked());
    QVERIFY(shown.plot()->width() >= 830);
    shown.window.resize(1000, 640);
    QTRY_VERIFY(!shown.window.findChild<QWidget*>(QStringLiteral("controlPanel"))->isVisible());
    shown.window.resize(1440, 900);
    QTRY_VERIFY(shown.inspector()->isVisible());
}

void TestMainWindow::whatAPersonOpenedOrClosedStaysSo()
{
    {
        Shown shown({1280, 720});
        QTRY_VERIFY(!shown.inspector()->isVisible());
        QTest::mouseClick(shown.button(QStringLiteral("Inspector")), Qt::LeftButton);
        QVERIFY(shown.inspector()->isVisible());
        shown.window.resize(1250, 720);
        QVERIFY(shown.inspector()->isVisible());
        shown.window.resize(1600, 900);
        shown.action("Inspector")->trigger();
        QVERIFY(!shown.inspector()->isVisible());
        shown.window.resize(1280, 720);
        shown.window.resize(1600, 900);
        QVERIFY(!shown.inspector()->isVisible());
        shown.window.close();
    }
    Shown again({1600, 900});
    QVERIFY(!again.inspector()->isVisible());
}

void TestMainWindow::presentHidesEverythingButTheStage()
{
    Shown shown;
    const int before = shown.window.findChild<QLabel*>(QStringLiteral("sentence"))->font().pixelSize();
    shown.action("Present")->trigger();
    QVERIFY(shown.window.isFullScreen());
    QVERIFY(!shown.inspector()->isVisible());
    QVERIFY(!shown.window.findChild<QWidget*>(QStringLiteral("presetButton"))->isVisible());
    QVERIFY(shown.window.findChild<QLabel*>(QStringLiteral("sentence"))->font().pixelSize() > before * 1.3);
    QTest::keyClick(&shown.window, Qt::Key_3, Qt::ControlModifier);  // views still change
    QVERIFY(shown.action("Exposure")->isChecked());
    QTest::mouseClick(shown.button(QStringLiteral("Compare")), Qt::LeftButton);
    QVERIFY(shown.action("Compare")->isChecked());
    QTest::keyClick(&shown.window, Qt::Key_F7);  // and panels come when they are called
    QVERIFY(shown.inspector()->isVisible());
    QTest::keyClick(&shown.window, Qt::Key_F7);
    QVERIFY(!shown.inspector()->isVisible());
    QVERIFY(shown.button(QStringLiteral("Leave (Esc)")));
    QTest::keyClick(&shown.window, Qt::Key_Escape);
    QVERIFY(!shown.window.isFullScreen());
    QVERIFY(shown.window.findChild<QWidget*>(QStringLiteral("presetButton"))->isVisible());
    QCOMPARE(shown.window.findChild<QLabel*>(QStringLiteral("sentence"))->font().pixelSize(), before);
}

void TestMainWindow::themeChoiceIsCompleteAndRemembered()
{
    const auto lightness = [] { return QApplication::palette().color(QPalette::Window).lightness(); };
    {
        Shown shown;
        const int sentenceSize = shown.window.findChild<QLabel*>(QStringLiteral("sentence"))->font().pixelSize();
        shown.action("Light")->trigger();
        QVERIFY(lightness() > 200);
        const QImage light = shown.window.grab().toImage();
        shown.action("Dark")->trigger();
        QVERIFY(lightness() < 80);
        shown.settle();
        QTRY_VERIFY(shown.window.grab().toImage() != light);
        QVERIFY(!qApp->styleSheet().contains(u'@'));  // every colour was filled in
        const QFont sentence = shown.window.findChild<QLabel*>(QStringLiteral("sentence"))->font();
        QTRY_VERIFY(shown.window.findChild<QLabel*>(QStringLiteral("sentence"))->font().weight() == QFont::DemiBold);
        QCOMPARE(sentence.pixelSize(), sentenceSize);
        shown.window.close();
    }
    Shown again;
    QVERIFY(again.action("Dark")->isChecked());
    QVERIFY(lightness() < 80);
    again.action("Light")->trigger();
}

void TestMainWindow::fewLettersFindACommand()
{
    const auto score = [](const char* typed, const char* name) {
        return fuzzyScore(QString::fromLatin1(typed), QString::fromLatin1(name));
    };
    QVERIFY(score("", "Theme: Dark"));
    QVERIFY(score("td", "Theme: Dark"));
    QVERIFY(score("dark", "Theme: Dark"));
    QVERIFY(score("EXP", "File: Export Figure"));
    QVERIFY(!score("dt", "Theme: Dark"));
    QVERIFY(!score("darkness", "Theme: Dark"));
    QVERIFY(*score("exp", "View: Exposure") > *score("exp", "Presets: the example's map"));
}

void TestMainWindow::thePaletteRunsACommand()
{
    Shown shown;
    shown.action("All Commands…")->trigger();
    QWidget* palette = QApplication::activeModalWidget();
    QVERIFY(palette);
    auto* line = palette->findChild<QLineEdit*>();
    QTest::keyClicks(line, QStringLiteral("book fig"));
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_VERIFY(shown.model.experiment() == findPreset("book-figure")->experiment);
    QVERIFY(!QApplication::activeModalWidget());
}

void TestMainWindow::longWorkIsStoppedByEscapeAndKeepsThePicture()
{
    Shown shown;
    QVERIFY(QTest::qWaitForWindowActive(&shown.window, longEnough));
    const auto before = shown.model.result();
    auto* bar = shown.window.findChild<QProgressBar*>();
    QTRY_VERIFY(!bar->isVisible());
    shown.model.setField(QStringLiteral("learning.steps"), std::int64_t{100000});
    shown.model.setField(QStringLiteral("trainingLength"), std::int64_t{65536});
    QTRY_VERIFY(bar->isVisible());
    QTRY_VERIFY(shown.button(QStringLiteral("Cancel (Esc)")));
    QTest::keyClick(&shown.window, Qt::Key_Escape);
    QVERIFY(!shown.model.busy());
    QVERIFY(!bar->isVisible());
    QCOMPARE(shown.plot()->figure().trainingLength, 512);
    QVERIFY(shown.button(QStringLiteral("Compute")));
    shown.model.undoStack()->undo();
    shown.model.undoStack()->undo();
    QTRY_VERIFY(shown.model.upToDate() && !shown.model.busy());
    QTRY_VERIFY(!shown.button(QStringLiteral("Compute")));
}

void TestMainWindow::aSlowPictureIsStoppedByEscapeAndComputedOnRequest()
{
    Shown shown;
    const auto* stage = shown.window.findChild<Stage*>();
    QTRY_VERIFY(stage->picture() == PictureState::Ready && stage->hasPicture());
    QSignalSpy ready(shown.plot(), &FigurePlot::pictureReady);
    BusyPool busy;
    shown.action("Zoom to Training Length")->trigger();
    QTRY_VERIFY(shown.button(QStringLiteral("Cancel (Esc)")));
    QVERIFY(shown.label("note:words").startsWith(QStringLiteral("Computing the picture")));
    QTest::keyClick(&shown.window, Qt::Key_Escape);
    QCOMPARE(shown.label("note:words"), QStringLiteral("Stopped. The picture is the one from before."));
    QCOMPARE(ready.count(), 0);
    QTest::mouseClick(shown.button(QStringLiteral("Compute")), Qt::LeftButton);
    QTRY_VERIFY(shown.label("note:words").startsWith(QStringLiteral("Computing the picture")));
    busy.end();
    QTRY_COMPARE(ready.count(), 1);
    QVERIFY(!shown.window.findChild<QWidget*>(QStringLiteral("note"))->isVisible());
}

void TestMainWindow::aSlowCopyIsStoppedByEscape()
{
    Shown shown;
    QApplication::clipboard()->setText(QStringLiteral("before"));
    {
        const BusyPool busy;
        shown.action("Copy Figure")->trigger();
        QTRY_VERIFY(shown.button(QStringLiteral("Cancel (Esc)")));
        QVERIFY(shown.label("note:words").startsWith(QStringLiteral("Copying the figure")));
        QTest::keyClick(&shown.window, Qt::Key_Escape);
        QVERIFY(!shown.window.findChild<QWidget*>(QStringLiteral("note"))->isVisible());
    }
    QCoreApplication::processEvents();
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("before"));
    shown.action("Copy Figure")->trigger();
    QTRY_VERIFY(QApplication::clipboard()->mimeData()->hasImage());
}

void TestMainWindow::closingMidWorkIsClean()
{
    auto shown = std::make_unique<Shown>();
    shown->model.setField(QStringLiteral("learning.steps"), std::int64_t{100000});
    shown->model.undoStack()->setClean();
    QVERIFY(shown->model.busy());
    QVERIFY(shown->window.close());
    shown.reset();
    QCoreApplication::processEvents();
}

void TestMainWindow::exportWritesWhatRenderingWrites()
{
    Shown shown;
    shown.action("Export Figure…")->trigger();
    QWidget* dialog = QApplication::activeModalWidget();
    QVERIFY(dialog);
    const auto choose = [dialog](const QString& text) {
        for (QComboBox* box : dialog->findChildren<QComboBox*>()) {
            if (const int index = box->findText(text, Qt::MatchStartsWith); index >= 0)
                box->setCurrentIndex(index);
        }
    };
    choose(QString::fromStdString(figureTitle(FigureKind::Bias)));
    dialog->findChild<QCheckBox*>(QStringLiteral("format:png"))->click();
    dialog->findChild<QCheckBox*>(QStringLiteral("format:pdf"))->click();
    dialog->findChild<QLineEdit*>(QStringLiteral("export:folder"))->setText(m_folder.path());
    dialog->findChild<QLineEdit*>(QStringLiteral("export:name"))->setText(QStringLiteral("bias"));
    for (QPushButton* button : dialog->findChildren<QPushButton*>()) {
        QVERIFY(button->isDefault() == (button->text().remove(u'&') == QStringLiteral("Export")));
    }
    QTest::keyClick(dialog->findChild<QComboBox*>(), Qt::Key_Return);
    const QString file = m_folder.filePath(QStringLiteral("bias.png"));
    QTRY_VERIFY(QFile::exists(file));
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    Recipe recipe{shown.model.result()->experiment, standardDesign(FigureKind::Bias)};
    recipe.design.name = "bias";
    recipe.design.formats = {"png"};
    QVERIFY(written.readAll() == renderFigure(makeFigure(evaluateFigure(recipe)), recipe, FigureFormat::Png).bytes);
}

QTEST_MAIN(TestMainWindow)
#include "main_window.moc"
