// SPDX-License-Identifier: GPL-3.0-or-later
// Zooming maps by hand: wheel, touchpad, touch screen, and what goes on while a button is down.

#include "tests/ui/gesture_events.h"
#include "tests/ui/sample_figure.h"
#include "ui/plot/layout/figure_geometry.h"
#include "ui/plot/paint/overview.h"

#include <QApplication>
#include <QElapsedTimer>

#include <cmath>

using namespace posbias;
using namespace posbias::ui;

namespace {

constexpr std::int64_t million = std::int64_t{1} << 20;

Figure mapsOnly(std::int64_t n)
{
    Figure figure = sample(std::make_shared<CountingMap>(n, Mask::Causal));
    figure.rows.resize(1);
    figure.length = n;
    figure.trainingLength = n / 2;
    figure.offsetAxis = {{0, n - 1}, true, {}};
    return figure;
}

/// Maps whose owner grants every wish, as the stage does.
struct Zoomed {
    explicit Zoomed(std::int64_t n, std::optional<CellRect> visible = {}) : figure(mapsOnly(n)), shown(with(visible))
    {
        QObject::connect(&shown.plot, &FigurePlot::visibleCellsChanged, &shown.plot, &FigurePlot::setVisibleCells);
    }
    const Figure& with(std::optional<CellRect> visible)
    {
        figure.visible = visible;
        return figure;
    }
    FigurePlot& plot() { return shown.plot; }
    QRect rect() const { return shown.plot.panelRect(0, 0); }
    std::optional<CellRect> visible() const { return shown.plot.figure().visible; }
    CellRect cells() const { return squareCells(visible(), figure.length); }
    double side() const { return cells().lastKey - cells().firstKey; }
    /// In cells: x the key, y the query.
    QPointF under(QPointF at) const
    {
        const QPointF share = (at - rect().topLeft()) / rect().width();
        return {cells().firstKey + share.x() * side(), cells().firstQuery + share.y() * side()};
    }
    bool within() const
    {
        const CellRect c = cells();
        const double n = static_cast<double>(figure.length);
        return c.firstKey >= 0.0 && c.firstQuery >= 0.0 && c.lastKey <= n && c.lastQuery <= n && side() > 0.0;
    }

    Figure figure;
    Shown shown;
};

/// Two clicks closer than this are one double click, in ms.
class DoubleClickInterval {
public:
    explicit DoubleClickInterval(int interval) { QApplication::setDoubleClickInterval(interval); }
    ~DoubleClickInterval() { QApplication::setDoubleClickInterval(m_usual); }
    DoubleClickInterval(const DoubleClickInterval&) = delete;
    DoubleClickInterval& operator=(const DoubleClickInterval&) = delete;

private:
    const int m_usual = QApplication::doubleClickInterval();
};

bool near(QPointF a, QPointF b, double tolerance)
{
    return std::abs(a.x() - b.x()) < tolerance && std::abs(a.y() - b.y()) < tolerance;
}

}  // namespace

class ZoomGesturesTest : public QObject {
    Q_OBJECT

private slots:
    void twoNotchesDoubleAboutThePointer();
    void partsOfANotchAddUp();
    void wheelStopsAtFourCellsAndAtAll();
    void theCellUnderThePointerStaysFromAMillionTokensToSingleCells_data();
    void theCellUnderThePointerStaysFromAMillionTokensToSingleCells();
    void turnsOfTheWheelAreOneGestureUntilItRests();
    void theHoverFollowsWhereTheSequenceEnds();
    void pinchingATouchpadZoomsAboutThePointer();
    void smartZoomShowsEverything();
    void twoFingersOnAScreenZoomAndMove();
    void oneFingerClicksAndDragsAndTapsTwice();
    void tapsFarApartAreClicks();
    void aFingerOnTheOverviewMovesTheView();
    void theWheelDuringADragGoesOnFromThere();
    void theWheelLeavesABoxAlone();
    void anotherButtonGivesADragUp();
    void aLostReleaseLeavesNoBoxBehind();
    void aBoxOfAPixelOrOutsideStaysWithinTheSequence();
    void backAndForwardButtonsAreNoClicks();
    void shortSequencesCannotBeLeft_data();
    void shortSequencesCannotBeLeft();
};

void ZoomGesturesTest::twoNotchesDoubleAboutThePointer()
{
    Zoomed zoomed(length);
    const QPointF at = zoomed.rect().topLeft() + QPointF(0.25 * zoomed.rect().width(), 0.75 * zoomed.rect().height());
    const QPointF before = zoomed.under(at);
    turnWheel(zoomed.plot(), at, 240);
    QVERIFY(std::abs(zoomed.side() - length / 2.0) < 1e-9);
    QVERIFY(near(zoomed.under(at), before, 1e-9));
    turnWheel(zoomed.plot(), at, -240);
    QCOMPARE(zoomed.visible(), std::nullopt);
    turnWheel(zoomed.plot(), at, 60, Qt::ControlModifier);
    QVERIFY(std::abs(zoomed.side() - length / 2.0) < 1e-9);
}

void ZoomGesturesTest::partsOfANotchAddUp()
{
    Zoomed zoomed(length);
    const QPointF at = zoomed.rect().center();
    double last = length;
    for (int i = 0; i < 48; ++i) {
        turnWheel(zoomed.plot(), at, 5);
        QVERIFY(zoomed.side() < last);
        last = zoomed.side();
    }
    QVERIFY(std::abs(last - length / 2.0) < 1e-9);
}

void ZoomGesturesTest::wheelStopsAtFourCellsAndAtAll()
{
    Zoomed zoomed(length);
    QSignalSpy seen(&zoomed.plot(), &FigurePlot::visibleCellsChanged);
    const QPointF at = zoomed.rect().center();
    turnWheel(zoomed.plot(), at, -360);
    QVERIFY(seen.isEmpty());
    turnWheel(zoomed.plot(), at, 120 * 1000000);
    QVERIFY(std::abs(zoomed.side() - fewestCells) < 1e-9);
    seen.clear();
    for (int i = 0; i < 5; ++i)
        turnWheel(zoomed.plot(), at, 120);
    QVERIFY(seen.isEmpty());
    turnWheel(zoomed.plot(), at, -120 * 1000000);
    QCOMPARE(zoomed.visible(), std::nullopt);
}

void ZoomGesturesTest::theCellUnderThePointerStaysFromAMillionTokensToSingleCells_data()
{
    QTest::addColumn<QPointF>("share");
    QTest::addColumn<int>("angle");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    QTest::addColumn<int>("most");
    const Qt::KeyboardModifiers none, ctrl = Qt::ControlModifier;
    QTest::addRow("notches") << QPointF(0.31, 0.87) << 120 << none << 36;
    QTest::addRow("fast notches") << QPointF(0.5, 0.5) << 120 << ctrl << 9;
    QTest::addRow("a touchpad's parts of notches") << QPointF(0.123, 0.456) << 7 << none << 36 * 120 / 7 + 1;
    QTest::addRow("near a corner") << QPointF(0.001, 0.999) << 120 << none << 36;
}

void ZoomGesturesTest::theCellUnderThePointerStaysFromAMillionTokensToSingleCells()
{
    QFETCH(QPointF, share);
    QFETCH(int, angle);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    QFETCH(int, most);
    Zoomed zoomed(million);
    const QPointF at = zoomed.rect().topLeft() + share * zoomed.rect().width();
    const QPointF before = zoomed.under(at);
    int turns = 0;
    for (; zoomed.side() > fewestCells + 1e-6 && turns < 2000; ++turns) {
        turnWheel(zoomed.plot(), at, angle, modifiers);
        QVERIFY(near(zoomed.under(at), before, 1e-6));
        QVERIFY(zoomed.within());
    }
    QVERIFY2(turns <= most, qPrintable(QString::number(turns)));
    for (int back = 0; zoomed.visible() && back < 2000; ++back) {
        const double side = zoomed.side();
        turnWheel(zoomed.plot(), at, -angle, modifiers);
        QVERIFY(zoomed.side() > side);
        QVERIFY(zoomed.within());
    }
    QVERIFY(!zoomed.visible());
}

void ZoomGesturesTest::turnsOfTheWheelAreOneGestureUntilItRests()
{
    Zoomed zoomed(million);
    QSignalSpy seen(&zoomed.plot(), &FigurePlot::visibleCellsChanged);
    const QPoint at = zoomed.rect().center();
    for (const quint64 time : {1000, 1200, 1400, 2000})
        turnWheel(zoomed.plot(), at, 120, Qt::NoModifier, time);
    drag(zoomed.plot(), at, at + QPoint(40, 40), Qt::LeftButton);
    turnWheel(zoomed.plot(), at, 120, Qt::NoModifier, 2100);
    std::vector<bool> continues;
    for (const auto& each : seen)
        continues.push_back(each.at(1).toBool());
    QCOMPARE(continues, (std::vector<bool>{false, true, true, false, false, true, false}));
}

void ZoomGesturesTest::theHoverFollowsWhereTheSequenceEnds()
{
    Zoomed zoomed(million, CellRect{0.0, 1000.0, double(million - 1000), double(million)});
    QSignalSpy hovered(&zoomed.plot(), &FigurePlot::cellHovered);
    const QPointF at = zoomed.rect().topLeft() + 0.25 * QPointF(zoomed.rect().width(), zoomed.rect().width());
    turnWheel(zoomed.plot(), at, -120);
    const auto cell = qvariant_cast<CellPosition>(hovered.last().at(0));
    QVERIFY(near(QPointF(double(cell.key) + 0.5, double(cell.query) + 0.5), zoomed.under(at), 0.5 + 1e-6));
}

void ZoomGesturesTest::pinchingATouchpadZoomsAboutThePointer()
{
    Zoomed zoomed(million);
    QSignalSpy seen(&zoomed.plot(), &FigurePlot::visibleCellsChanged);
    const QPointF at = zoomed.rect().topLeft() + 0.3 * QPointF(zoomed.rect().width(), zoomed.rect().width());
    const QPointF before = zoomed.under(at);
    nativeGesture(zoomed.plot(), Qt::BeginNativeGesture, at);
    for (int i = 0; i < 10; ++i)
        nativeGesture(zoomed.plot(), Qt::ZoomNativeGesture, at, 0.1);
    QVERIFY(std::abs(zoomed.side() / million - std::exp(-1.0)) < 1e-9);
    QVERIFY(near(zoomed.under(at), before, 1e-6));
    nativeGesture(zoomed.plot(), Qt::PanNativeGesture, at, 0.0, QPointF(20, -10));
    QVERIFY(near(zoomed.under(at + QPointF(20, -10)), before, 1e-6));
    nativeGesture(zoomed.plot(), Qt::EndNativeGesture, at);
    QCOMPARE(seen.size(), 11);
    QVERIFY(!seen.first().at(1).toBool());
    QVERIFY(seen.last().at(1).toBool());
    nativeGesture(zoomed.plot(), Qt::BeginNativeGesture, at);
    nativeGesture(zoomed.plot(), Qt::ZoomNativeGesture, at, -5.0);
    QVERIFY(!seen.last().at(1).toBool());
    QCOMPARE(zoomed.visible(), std::nullopt);
}

void ZoomGesturesTest::smartZoomShowsEverything()
{
    Zoomed zoomed(million, CellRect{100.0, 200.0, 1000.0, 1100.0});
    nativeGesture(zoomed.plot(), Qt::SmartZoomNativeGesture, zoomed.rect().center(), 1.0);
    QCOMPARE(zoomed.visible(), std::nullopt);
}

void ZoomGesturesTest::twoFingersOnAScreenZoomAndMove()
{
    Zoomed zoomed(million);
    FigurePlot& plot = zoomed.plot();
    QVERIFY(QTest::qWaitForWindowExposed(&plot, longEnough));
    QSignalSpy seen(&plot, &FigurePlot::visibleCellsChanged), clicked(&plot, &FigurePlot::cellClicked);
    std::unique_ptr<QPointingDevice> screen(QTest::createTouchDevice());
    const QPoint centre = zoomed.rect().center();
    const QPointF before = zoomed.under(centre);
    QTest::touchEvent(&plot, screen.get()).press(0, centre - QPoint(20, 20), &plot);
    QTest::touchEvent(&plot, screen.get())
        .move(0, centre - QPoint(20, 20), &plot)
        .press(1, centre + QPoint(20, 20), &plot);
    for (int spread = 22; spread <= 40; spread += 2)
        QTest::touchEvent(&plot, screen.get())
            .move(0, centre - QPoint(spread, spread), &plot)
            .move(1, centre + QPoint(spread, spread), &plot);
    QVERIFY(zoomed.visible());
    QVERIFY(std::abs(zoomed.side() / million - 0.5) < 1e-9);
    QVERIFY(near(zoomed.under(centre), before, 1e-6));
    const QPoint way(15, 10);
    for (int step = 1; step <= 2; ++step)
        QTest::touchEvent(&plot, screen.get())
            .move(0, centre - QPoint(40, 40) + way * step, &plot)
            .move(1, centre + QPoint(40, 40) + way * step, &plot);
    QVERIFY(near(zoomed.under(centre + way * 2), before, 1e-6));
    QTest::touchEvent(&plot, screen.get())
        .move(0, centre - QPoint(40, 40) + way * 2, &plot)
        .release(1, centre + QPoint(40, 40) + way * 2, &plot);
    const auto pinched = zoomed.visible();
    QTest::touchEvent(&plot, screen.get()).move(0, centre, &plot);  // the finger that stays moves nothing
    QTest::touchEvent(&plot, screen.get()).release(0, centre, &plot);
    QVERIFY(zoomed.visible() == pinched);
    QVERIFY(clicked.isEmpty());
    QVERIFY(!seen.first().at(1).toBool());
    for (qsizetype i = 1; i < seen.size(); ++i)
        QVERIFY(seen.at(i).at(1).toBool());
}

void ZoomGesturesTest::oneFingerClicksAndDragsAndTapsTwice()
{
    Zoomed zoomed(million, CellRect{500000.0, 504000.0, 600000.0, 604000.0});
    FigurePlot& plot = zoomed.plot();
    QVERIFY(QTest::qWaitForWindowExposed(&plot, longEnough));
    QSignalSpy clicked(&plot, &FigurePlot::cellClicked);
    std::unique_ptr<QPointingDevice> screen(QTest::createTouchDevice());
    const auto touch = [&] { return QTest::touchEvent(&plot, screen.get()); };
    const QPoint at = zoomed.rect().center(), to = at + QPoint(40, 25);
    const QPointF held = zoomed.under(at);
    touch().press(0, at, &plot);
    touch().move(0, to, &plot);
    touch().release(0, to, &plot);
    QVERIFY(near(zoomed.under(to), held, 1e-6));
    QVERIFY(clicked.isEmpty());
    const DoubleClickInterval soon(longEnough);
    touch().press(0, to, &plot);
    touch().release(0, to, &plot);
    QCOMPARE(clicked.size(), 1);
    touch().press(0, to, &plot);
    touch().release(0, to, &plot);
    QCOMPARE(zoomed.visible(), std::nullopt);
    QCOMPARE(clicked.size(), 1);
}

void ZoomGesturesTest::tapsFarApartAreClicks()
{
    const std::optional<CellRect> part = CellRect{500000.0, 504000.0, 600000.0, 604000.0};
    Zoomed zoomed(million, part);
    FigurePlot& plot = zoomed.plot();
    QVERIFY(QTest::qWaitForWindowExposed(&plot, longEnough));
    QSignalSpy clicked(&plot, &FigurePlot::cellClicked);
    std::unique_ptr<QPointingDevice> screen(QTest::createTouchDevice());
    const DoubleClickInterval moment(1);
    for (int k = 1; k <= 3; ++k) {
        QTest::touchEvent(&plot, screen.get()).press(0, zoomed.rect().center(), &plot);
        QTest::touchEvent(&plot, screen.get()).release(0, zoomed.rect().center(), &plot);
        QCOMPARE(clicked.size(), k);
        QVERIFY(zoomed.visible() == part);
        QElapsedTimer sinceThen;
        sinceThen.start();
        QTRY_VERIFY(sinceThen.hasExpired(2));
    }
}

void ZoomGesturesTest::aFingerOnTheOverviewMovesTheView()
{
    Zoomed zoomed(million, CellRect{500000.0, 504000.0, 600000.0, 604000.0});
    FigurePlot& plot = zoomed.plot();
    QVERIFY(QTest::qWaitForWindowExposed(&plot, longEnough));
    QSignalSpy clicked(&plot, &FigurePlot::cellClicked);
    PlotContext context;
    context.figure = plot.figure();
    context.geometry = layOut(context.figure, context.fonts, plot.size());
    const auto overview = overviewRect(context);
    QVERIFY(overview);
    const QPoint at = overview->topLeft() + QPoint(overview->width() / 4, overview->height() / 2);
    std::unique_ptr<QPointingDevice> screen(QTest::createTouchDevice());
    QTest::touchEvent(&plot, screen.get()).press(0, at, &plot);
    QTest::touchEvent(&plot, screen.get()).release(0, at, &plot);
    QVERIFY(std::abs(zoomed.cells().firstKey - 0.25 * million) < 0.05 * million);
    QVERIFY(std::abs(zoomed.cells().firstQuery - 0.5 * million) < 0.05 * million);
    QVERIFY(clicked.isEmpty());
}

void ZoomGesturesTest::theWheelDuringADragGoesOnFromThere()
{
    Zoomed zoomed(million, CellRect{500000.0, 504000.0, 600000.0, 604000.0});
    QSignalSpy clicked(&zoomed.plot(), &FigurePlot::cellClicked);
    const QPoint at = zoomed.rect().center(), to = at + QPoint(30, 20), end = to + QPoint(-25, 12);
    const QPointF held = zoomed.under(at);
    mouse(zoomed.plot(), QEvent::MouseButtonPress, at, Qt::LeftButton, Qt::LeftButton);
    mouse(zoomed.plot(), QEvent::MouseMove, to, Qt::NoButton, Qt::LeftButton);
    QVERIFY(near(zoomed.under(to), held, 1e-6));
    turnWheel(zoomed.plot(), to, 240);
    QVERIFY(std::abs(zoomed.side() - 2000.0) < 1e-6);
    mouse(zoomed.plot(), QEvent::MouseMove, end, Qt::NoButton, Qt::LeftButton);
    QVERIFY(std::abs(zoomed.side() - 2000.0) < 1e-6);
    QVERIFY(near(zoomed.under(end), held, 1e-6));
    mouse(zoomed.plot(), QEvent::MouseButtonRelease, end, Qt::LeftButton, Qt::NoButton);
    // a button that only holds still while the wheel turns pins nothing
    mouse(zoomed.plot(), QEvent::MouseButtonPress, at, Qt::LeftButton, Qt::LeftButton);
    turnWheel(zoomed.plot(), at, 120);
    mouse(zoomed.plot(), QEvent::MouseButtonRelease, at, Qt::LeftButton, Qt::NoButton);
    QVERIFY(clicked.isEmpty());
}

void ZoomGesturesTest::theWheelLeavesABoxAlone()
{
    Zoomed zoomed(million);
    const QRect rect = zoomed.rect();
    const QPoint from = rect.topLeft() + QPoint(20, 100), to = from + QPoint(50, 50);
    const QPointF corner = zoomed.under(from), opposite = zoomed.under(to);
    mouse(zoomed.plot(), QEvent::MouseButtonPress, from, Qt::RightButton, Qt::RightButton);
    mouse(zoomed.plot(), QEvent::MouseMove, to, Qt::NoButton, Qt::RightButton);
    turnWheel(zoomed.plot(), to, 600);
    nativeGesture(zoomed.plot(), Qt::ZoomNativeGesture, to, 0.5);
    QCOMPARE(zoomed.visible(), std::nullopt);
    mouse(zoomed.plot(), QEvent::MouseButtonRelease, to, Qt::RightButton, Qt::NoButton);
    QVERIFY(near({zoomed.cells().firstKey, zoomed.cells().firstQuery}, corner, 1e-6));
    QVERIFY(near({zoomed.cells().lastKey, zoomed.cells().lastQuery}, opposite, 1e-6));
}

void ZoomGesturesTest::anotherButtonGivesADragUp()
{
    Zoomed zoomed(million);
    QSignalSpy clicked(&zoomed.plot(), &FigurePlot::cellClicked), menu(&zoomed.plot(), &FigurePlot::contextRequested);
    const QImage before = zoomed.shown.picture();
    const QPoint from = zoomed.rect().topLeft() + QPoint(20, 100), to = from + QPoint(50, 50);
    mouse(zoomed.plot(), QEvent::MouseButtonPress, from, Qt::RightButton, Qt::RightButton);
    mouse(zoomed.plot(), QEvent::MouseMove, to, Qt::NoButton, Qt::RightButton);
    QVERIFY(zoomed.shown.picture() != before);  // a box
    mouse(zoomed.plot(), QEvent::MouseButtonPress, to, Qt::LeftButton, Qt::LeftButton | Qt::RightButton);
    QVERIFY(zoomed.shown.picture() == before);
    mouse(zoomed.plot(), QEvent::MouseButtonRelease, to, Qt::LeftButton, Qt::RightButton);
    mouse(zoomed.plot(), QEvent::MouseButtonRelease, to, Qt::RightButton, Qt::NoButton);
    QCOMPARE(zoomed.visible(), std::nullopt);
    QVERIFY(clicked.isEmpty());
    QVERIFY(menu.isEmpty());
}

void ZoomGesturesTest::aLostReleaseLeavesNoBoxBehind()
{
    Zoomed zoomed(million);
    const QImage before = zoomed.shown.picture();
    const QPoint from = zoomed.rect().topLeft() + QPoint(20, 100), to = from + QPoint(50, 50);
    mouse(zoomed.plot(), QEvent::MouseButtonPress, from, Qt::LeftButton, Qt::LeftButton, Qt::ShiftModifier);
    mouse(zoomed.plot(), QEvent::MouseMove, to, Qt::NoButton, Qt::LeftButton, Qt::ShiftModifier);
    mouse(zoomed.plot(), QEvent::MouseMove, to, Qt::NoButton, Qt::NoButton);
    QVERIFY(zoomed.shown.picture() == before);
    QCOMPARE(zoomed.visible(), std::nullopt);
}

void ZoomGesturesTest::aBoxOfAPixelOrOutsideStaysWithinTheSequence()
{
    Zoomed zoomed(million);
    const QRect rect = zoomed.rect();
    drag(zoomed.plot(), rect.center(), rect.center() + QPoint(1, 1), Qt::RightButton);
    QCOMPARE(zoomed.visible(), std::nullopt);
    for (const QPoint away : {QPoint(5000, 5000), QPoint(-5000, 4000), QPoint(-5000, -5000), QPoint(5000, -3)}) {
        drag(zoomed.plot(), rect.center(), rect.center() + away, Qt::RightButton);
        QVERIFY(zoomed.within());
        drag(zoomed.plot(), rect.center(), rect.center() + away, Qt::LeftButton);
        QVERIFY(zoomed.within());
    }
    for (int i = 0; i < 30; ++i)  // deeper and deeper
        drag(zoomed.plot(), rect.center(), rect.center() + QPoint(6, 6), Qt::RightButton);
    QVERIFY(std::abs(zoomed.side() - fewestCells) < 1e-6);
    QVERIFY(zoomed.within());
}

void ZoomGesturesTest::backAndForwardButtonsAreNoClicks()
{
    Zoomed zoomed(million);
    QSignalSpy clicked(&zoomed.plot(), &FigurePlot::cellClicked), menu(&zoomed.plot(), &FigurePlot::contextRequested);
    for (const Qt::MouseButton button : {Qt::BackButton, Qt::ForwardButton}) {
        QTest::mouseClick(&zoomed.plot(), button, {}, zoomed.rect().center());
        drag(zoomed.plot(), zoomed.rect().center(), zoomed.rect().topLeft(), button);
    }
    QVERIFY(clicked.isEmpty());
    QVERIFY(menu.isEmpty());
    QCOMPARE(zoomed.visible(), std::nullopt);
}

void ZoomGesturesTest::shortSequencesCannotBeLeft_data()
{
    QTest::addColumn<qint64>("n");
    for (qint64 n : {1, 2, 4, 5, 8})
        QTest::addRow("%d", static_cast<int>(n)) << n;
}

void ZoomGesturesTest::shortSequencesCannotBeLeft()
{
    QFETCH(qint64, n);
    Zoomed zoomed(n);
    const QRect rect = zoomed.rect();
    for (const QPoint at : {rect.topLeft(), rect.center(), rect.bottomRight()})
        for (int angle : {120, 240, -120, 1200, 7, -2400, 120000}) {
            turnWheel(zoomed.plot(), at, angle);
            QVERIFY(zoomed.within());
            drag(zoomed.plot(), at, rect.center() + QPoint(9, -700), Qt::LeftButton);
            QVERIFY(zoomed.within());
            drag(zoomed.plot(), at, rect.center() + QPoint(3, 20), Qt::RightButton);
            QVERIFY(zoomed.within());
            nativeGesture(zoomed.plot(), Qt::ZoomNativeGesture, at, 0.7);
            nativeGesture(zoomed.plot(), Qt::PanNativeGesture, at, 0.0, QPointF(-300, 11));
            QVERIFY(zoomed.within());
            QVERIFY(zoomed.side() >= std::min(fewestCells, double(n)) - 1e-9);
            QVERIFY(n > 4 || !zoomed.visible());
        }
}

QTEST_MAIN(ZoomGesturesTest)
#include "zoom_gestures.moc"
