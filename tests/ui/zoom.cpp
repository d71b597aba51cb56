// SPDX-License-Identifier: GPL-3.0-or-later
// The zoom and its history, by themselves and by the window's commands.

#include "ui/window/stage/zoom.h"
#include "tests/ui/gesture_events.h"
#include "ui/plot/figure_plot.h"
#include "ui/plot/layout/figure_geometry.h"
#include "ui/window/main_window.h"
#include "ui/window/stage/stage.h"

#include <QAction>
#include <QMenu>
#include <QPointer>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace posbias;
using namespace posbias::ui;

namespace {

constexpr std::int64_t million = std::int64_t{1} << 20;

Zoom zoomOf(std::int64_t length)
{
    Zoom zoom;
    zoom.fitTo(length);
    return zoom;
}

CellRect square(double query, double key, double side)
{
    return {key, key + side, query, query + side};
}

/// A window on the default experiment: 1000 tokens, trained on 512, query 850 reads key 150.
struct Shown {
    MainWindow window;
    ExperimentModel& model = *window.model();
    Stage& stage = *window.findChild<Stage*>();
    FigurePlot& plot = *window.findChild<FigurePlot*>();

    Shown()
    {
        window.resize(1440, 900);
        window.show();
        window.activateWindow();
        settle();
    }
    void settle()
    {
        QTRY_VERIFY(model.upToDate() && model.result() && plot.figure().length == model.experiment().length);
        QTRY_VERIFY(stage.picture() == PictureState::Ready && stage.hasPicture());  // gestures need its layout
    }
    void setLength(std::int64_t length)
    {
        model.setField(QStringLiteral("length"), length);
        settle();
    }
    QAction* action(const char* text) const
    {
        for (QAction* each : window.findChildren<QAction*>()) {
            if (each->text().remove(u'&') == QString::fromUtf8(text))
                return each;
        }
        qFatal("no action %s", text);
    }
    std::optional<CellRect> visible() const { return plot.figure().visible; }
    double side() const
    {
        const CellRect cells = squareCells(visible(), plot.figure().length);
        return cells.lastKey - cells.firstKey;
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers)
    {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
};

}  // namespace

class TestZoom : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void historyGoesBackAndForward();
    void aNewStepForgetsWhatWasAhead();
    void aGestureIsOneStep();
    void aGestureThatComesHomeLeavesNone();
    void aKeyHeldDownIsOneStep();
    void anotherLengthKeepsWhatWasChosen();
    void keysZoomAboutTheCrosshairOrTheMiddle();
    void movesStayWithinTheSequence();
    void trainingRangesAreClippedToTheSequence();

    void commandsZoomTheMaps();
    void keysReachSingleCellsAndComeBack();
    void keysMoveThePicture();
    void backAndForwardByKeysAndMouse();
    void boxesFitsAndResetsAreEntries();
    void zoomSurvivesViewsAndLengths();
    void commandsSayWhyTheyCannotBeHad();
    void theMenuOfAMapOffersTheZooms();

private:
    QTemporaryDir m_folder;
};

void TestZoom::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
}

void TestZoom::historyGoesBackAndForward()
{
    Zoom zoom = zoomOf(1000);
    QVERIFY(!zoom.canGoBack() && !zoom.canGoForward());
    zoom.set(square(0, 0, 500));
    zoom.set(square(0, 0, 100));
    zoom.back();
    QVERIFY(zoom.range() == square(0, 0, 500));
    zoom.back();
    QVERIFY(!zoom.range());
    QVERIFY(!zoom.canGoBack());
    zoom.back();  // nothing happens
    zoom.forward();
    zoom.forward();
    QVERIFY(zoom.range() == square(0, 0, 100));
    QVERIFY(!zoom.canGoForward());
    QVERIFY(zoom.canGoBack());
}

void TestZoom::aNewStepForgetsWhatWasAhead()
{
    Zoom zoom = zoomOf(1000);
    zoom.set(square(0, 0, 500));
    zoom.back();
    zoom.set(std::nullopt);  // where we are: no step
    QVERIFY(zoom.canGoForward());
    zoom.follow(square(0, 0, 300), false);
    QVERIFY(!zoom.canGoForward());
    zoom.back();
    QVERIFY(!zoom.range());
}

void TestZoom::aGestureIsOneStep()
{
    Zoom zoom = zoomOf(1000);
    for (int i = 1; i <= 20; ++i)
        zoom.follow(square(0, 0, 500.0 - i), i > 1);
    zoom.follow(square(0, 0, 100.0), false);
    zoom.set(square(0, 0, 50.0));
    zoom.follow(square(0, 0, 40.0), true);  // a command came between
    for (const double side : {50.0, 100.0, 480.0}) {
        zoom.back();
        QVERIFY(zoom.range() == square(0, 0, side));
    }
    zoom.back();
    QVERIFY(!zoom.range());
}

void TestZoom::aGestureThatComesHomeLeavesNone()
{
    Zoom zoom = zoomOf(1000);
    zoom.set(square(0, 0, 500));
    zoom.follow(square(10, 10, 500), false);
    zoom.follow(square(0, 0, 500), true);
    zoom.back();
    QVERIFY(!zoom.range());
}

void TestZoom::aKeyHeldDownIsOneStep()
{
    Zoom zoom = zoomOf(million);
    Zoom::Clock::time_point now;
    for (int i = 0; i < 10; ++i, now += std::chrono::milliseconds(200))
        zoom.press(zoom.scaled(2.0, {1000, 1000}), now);
    QVERIFY(zoom.range()->lastKey - zoom.range()->firstKey == 1024.0);
    zoom.press(zoom.scaled(2.0, {1000, 1000}), now + std::chrono::milliseconds(600));
    zoom.back();
    QVERIFY(zoom.range()->lastKey - zoom.range()->firstKey == 1024.0);
    zoom.back();
    QVERIFY(!zoom.range());
}

void TestZoom::anotherLengthKeepsWhatWasChosen()
{
    Zoom zoom = zoomOf(1000);
    zoom.set(square(800, 100, 150));
    zoom.fitTo(2000);
    QVERIFY(zoom.range() == square(800, 100, 150));
    zoom.fitTo(900);
    QVERIFY(zoom.range() == square(750, 100, 150));  // as many cells, the last queries
    zoom.fitTo(100);
    QVERIFY(!zoom.range());
    QVERIFY(!zoom.canGoBack());  // the whole sequence is what was before, too
    zoom.fitTo(1000);
    QVERIFY(zoom.range() == square(800, 100, 150));
    QVERIFY(zoom.canGoBack());
}

void TestZoom::keysZoomAboutTheCrosshairOrTheMiddle()
{
    Zoom zoom = zoomOf(million);
    const CellPosition crosshair{900000, 123456};
    const auto place = [&](const CellRect& cells) {
        const double side = cells.lastKey - cells.firstKey;
        return QPointF((123456.5 - cells.firstKey) / side, (900000.5 - cells.firstQuery) / side);
    };
    const QPointF before = place({0, million, 0, million});
    while (zoom.canZoomIn()) {
        zoom.set(zoom.scaled(2.0, crosshair));
        const QPointF now = place(*zoom.range());
        QVERIFY(std::abs(now.x() - before.x()) < 1e-9 && std::abs(now.y() - before.y()) < 1e-9);
    }
    QVERIFY(zoom.range()->lastKey - zoom.range()->firstKey == fewestCells);
    zoom.set(square(1000, 2000, 400));
    QVERIFY(zoom.scaled(2.0, crosshair) == square(1100, 2100, 200));  // it cannot be seen
    QVERIFY(!zoom.scaled(1e-9, crosshair));
}

void TestZoom::movesStayWithinTheSequence()
{
    Zoom zoom = zoomOf(1000);
    QVERIFY(!zoom.moved(0.25, 0.25));
    zoom.set(square(100, 200, 400));
    QVERIFY(zoom.moved(0.25, -0.25) == square(200, 100, 400));
    QVERIFY(zoom.moved(9.0, -9.0) == square(600, 0, 400));
}

void TestZoom::trainingRangesAreClippedToTheSequence()
{
    Zoom zoom = zoomOf(1000);
    QVERIFY(zoom.trainingLength(512) == square(0, 0, 512));
    QVERIFY(!zoom.trainingLength(1000));
    QVERIFY(zoom.trainingLength(1) == square(0, 0, fewestCells));
    // about the middle of cell (i, i - L)
    QVERIFY(zoom.trainingBoundary(512, {850, 150}) == square(850.5 - 16, 338.5 - 16, 32));
    QVERIFY(zoom.trainingBoundary(512, {100, 50}) == square(512.5 - 16, 0, 32));  // from the first query that reaches L
    QVERIFY(zoom.trainingBoundary(512, {999, 0}) == square(1000 - 32, 487.5 - 16, 32));
    // a part even of a short sequence
    zoom.fitTo(8);
    QVERIFY(zoom.trainingBoundary(5, {6, 0}) == square(4, 0, 4));
    for (std::int64_t n : {1, 2, 3}) {
        zoom.fitTo(n);
        QVERIFY(!zoom.trainingBoundary(n, {0, 0}));
        QVERIFY(!zoom.trainingBoundary(n + 5, {0, 0}));
        QVERIFY(!zoom.trainingLength(1));
    }
}

void TestZoom::commandsZoomTheMaps()
{
    Shown shown;
    QVERIFY(QTest::qWaitForWindowActive(&shown.window, longEnough));
    shown.press(Qt::Key_T, Qt::ControlModifier);
    QVERIFY(shown.visible() == square(0, 0, 512));
    shown.press(Qt::Key_B, Qt::ControlModifier);
    QVERIFY(shown.visible() == square(850.5 - 16, 338.5 - 16, 32));
    shown.press(Qt::Key_0, Qt::ControlModifier);
    QVERIFY(!shown.visible());
    shown.press(Qt::Key_Plus, Qt::ControlModifier);
    QCOMPARE(shown.side(), 500.0);
    shown.press(Qt::Key_Equal, Qt::ControlModifier);  // where plus needs Shift
    QCOMPARE(shown.side(), 250.0);
    shown.press(Qt::Key_Minus, Qt::ControlModifier);
    QCOMPARE(shown.side(), 500.0);
}

void TestZoom::keysReachSingleCellsAndComeBack()
{
    Shown shown;
    shown.setLength(65536);
    QVERIFY(QTest::qWaitForWindowActive(&shown.window, longEnough));
    const CellPosition crosshair = shown.model.crosshair();
    for (int i = 0; i < 14; ++i)
        shown.press(Qt::Key_Plus, Qt::ControlModifier);
    QCOMPARE(shown.side(), fewestCells);
    QVERIFY(!shown.action("Zoom In")->isEnabled());
    const CellRect cells = *shown.visible();
    const double query = double(crosshair.query) + 0.5, key = double(crosshair.key) + 0.5;
    QVERIFY(cells.firstQuery < query && cells.lastQuery > query && cells.firstKey < key && cells.lastKey > key);
    for (int i = 0; i < 14; ++i)
        shown.press(Qt::Key_Minus, Qt::ControlModifier);
    QVERIFY(!shown.visible());
    QVERIFY(!shown.action("Zoom Out")->isEnabled());
}

void TestZoom::keysMoveThePicture()
{
    Shown shown;
    QVERIFY(QTest::qWaitForWindowActive(&shown.window, longEnough));
    const CellPosition crosshair = shown.model.crosshair();
    const auto move = [&](Qt::Key key) { shown.press(key, Qt::ControlModifier | Qt::ShiftModifier); };
    move(Qt::Key_Right);  // the whole sequence stays
    QVERIFY(!shown.visible());
    Q_EMIT shown.plot.visibleCellsChanged(square(200, 100, 400));
    move(Qt::Key_Right);
    QVERIFY(shown.visible() == square(200, 200, 400));
    move(Qt::Key_Up);
    QVERIFY(shown.visible() == square(100, 200, 400));
    move(Qt::Key_Left);
    move(Qt::Key_Down);
    QVERIFY(shown.visible() == square(200, 100, 400));
    QVERIFY(shown.model.crosshair() == crosshair);
}

void TestZoom::backAndForwardByKeysAndMouse()
{
    Shown shown;
    QVERIFY(QTest::qWaitForWindowActive(&shown.window, longEnough));
    const CellRect first = square(0, 0, 400), second = square(100, 100, 50);
    Q_EMIT shown.plot.visibleCellsChanged(first);
    Q_EMIT shown.plot.visibleCellsChanged(second);
    shown.press(Qt::Key_Left, Qt::AltModifier);
    QVERIFY(shown.visible() == first);
    shown.press(Qt::Key_Right, Qt::AltModifier);
    QVERIFY(shown.visible() == second);
    QVERIFY(!shown.action("Next Zoom")->isEnabled());
    const QPoint at = shown.plot.panelRect(0, 0).center();
    QTest::mouseClick(&shown.plot, Qt::BackButton, {}, at);
    QVERIFY(shown.visible() == first);
    QTest::mouseClick(&shown.plot, Qt::BackButton, {}, at);
    QVERIFY(!shown.visible());
    QTest::mouseClick(&shown.plot, Qt::ForwardButton, {}, at);
    QVERIFY(shown.visible() == first);
    QVERIFY(!shown.stage.pinned());
}

void TestZoom::boxesFitsAndResetsAreEntries()
{
    Shown shown;
    const QPoint at = shown.plot.panelRect(0, 0).center();
    for (int i = 0; i < 3; ++i)
        turnWheel(shown.plot, at, 120);
    const auto turned = shown.visible();
    drag(shown.plot, at, at + QPoint(60, 60), Qt::RightButton);
    const auto boxed = shown.visible();
    QVERIFY(boxed != turned);
    shown.action("Zoom to Training Length")->trigger();
    mouse(shown.plot, QEvent::MouseButtonDblClick, at, Qt::LeftButton, Qt::LeftButton);
    mouse(shown.plot, QEvent::MouseButtonRelease, at, Qt::LeftButton, Qt::NoButton);
    QVERIFY(!shown.visible());
    QAction* back = shown.action("Previous Zoom");
    back->trigger();
    QVERIFY(shown.visible() == square(0, 0, 512));
    back->trigger();
    QVERIFY(shown.visible() == boxed);
    back->trigger();
    QVERIFY(shown.visible() == turned);
    back->trigger();
    QVERIFY(!shown.visible());
    QVERIFY(!back->isEnabled());
}

void TestZoom::zoomSurvivesViewsAndLengths()
{
    Shown shown;
    const CellRect chosen = square(500, 100, 400);
    Q_EMIT shown.plot.visibleCellsChanged(chosen);
    shown.action("Exposure")->trigger();
    QVERIFY(!shown.action("Zoom In")->isEnabled());
    QVERIFY(!shown.action("Zoom to Training Length")->isEnabled());
    shown.action("Attention")->trigger();
    QVERIFY(shown.action("Zoom In")->isEnabled());
    shown.setLength(5000);
    QVERIFY(shown.visible() == chosen);
    shown.setLength(800);
    QVERIFY(shown.visible() == square(400, 100, 400));
    shown.setLength(300);
    QVERIFY(!shown.visible());
    shown.setLength(1000);
    QVERIFY(shown.visible() == chosen);
}

void TestZoom::commandsSayWhyTheyCannotBeHad()
{
    Shown shown;
    QAction* trained = shown.action("Zoom to Training Length");
    QAction* boundary = shown.action("Zoom to Training Boundary");
    QVERIFY(trained->isEnabled() && boundary->isEnabled());
    QVERIFY(trained->statusTip().contains(QStringLiteral("512")));
    shown.setLength(512);
    for (const QAction* action : {trained, boundary}) {
        QVERIFY(!action->isEnabled());
        QVERIFY(action->toolTip().contains(QStringLiteral("no longer than the training length, 512")));
        QCOMPARE(action->statusTip(), action->toolTip());
    }
    shown.setLength(513);
    QVERIFY(trained->isEnabled() && boundary->isEnabled());
    boundary->trigger();
    QVERIFY(shown.visible() == square(513 - 32, 0, 32));
}

void TestZoom::theMenuOfAMapOffersTheZooms()
{
    Shown shown;
    QStringList offered;
    QTest::mouseClick(&shown.plot, Qt::RightButton, {}, shown.plot.panelRect(0, 0).center());
    QTRY_VERIFY(QApplication::activePopupWidget());
    const QPointer<QMenu> menu(qobject_cast<QMenu*>(QApplication::activePopupWidget()));
    QVERIFY(!menu.isNull());
    for (const QAction* action : menu->actions())
        offered << action->text();
    menu->close();
    QTRY_VERIFY(menu.isNull());
    for (const char* text : {"Zoom to Whole Sequence", "Zoom to Training Length", "Zoom to Training Boundary",
                             "Previous Zoom", "Next Zoom"})
        QVERIFY2(offered.contains(QString::fromUtf8(text)), text);
}

QTEST_MAIN(TestZoom)
#include "zoom.moc"
