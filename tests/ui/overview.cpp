// SPDX-License-Identifier: GPL-3.0-or-later
// The small picture of the whole sequence: where it is, what it shows, and what a hand does with it.

#include "ui/plot/paint/overview.h"
#include "tests/ui/gesture_events.h"
#include "tests/ui/sample_figure.h"

#include <cmath>

using namespace posbias;
using namespace posbias::ui;

namespace {

constexpr std::int64_t million = 1048576;
constexpr CellRect deep{600000.0, 600010.0, 900000.0, 900010.0};

Figure longFigure(const std::optional<CellRect>& visible)
{
    Figure figure = sample(std::make_shared<CountingMap>(million, Mask::Causal, -4e-6));
    figure.length = million;
    figure.trainingLength = million / 4;
    figure.visible = visible;
    return figure;
}

PlotContext laidOut(const Figure& figure, double base = 13.0)
{
    PlotContext context;
    context.figure = figure;
    context.fonts = Fonts(TypeSizes{base});
    context.geometry = layOut(figure, context.fonts, QSize(760, 700));
    return context;
}

QRect placeIn(const Figure& figure)
{
    return *overviewRect(laidOut(figure));
}

int pixelsLike(const QImage& picture, const QRect& rect, const QColor& colour)
{
    int count = 0;
    for (int y = rect.top(); y <= rect.bottom(); ++y)
        for (int x = rect.left(); x <= rect.right(); ++x)
            count += picture.pixelColor(x, y) == colour ? 1 : 0;
    return count;
}

}  // namespace

class OverviewTest : public QObject {
    Q_OBJECT

private slots:
    void itIsThereInDeepZoomsOnly();
    void itIsNeverInFiles();
    void itGrowsWithTheTypeAndLiesWithinTheMap();
    void itShowsTheWholeSequence();
    void theSmallestRangeIsSeen_data();
    void theSmallestRangeIsSeen();
    void clickingMovesTheViewThere();
    void draggingTheFrameDoesNotJump();
    void draggingStopsAtTheEndsOfTheSequence();
    void pointingAtItIsNoHoverOfCells();
    void theCrosshairsCellShowsThroughIt();
};

void OverviewTest::itIsThereInDeepZoomsOnly()
{
    const double n = million;
    QVERIFY(!overviewRect(laidOut(longFigure(std::nullopt))));
    QVERIFY(!overviewRect(laidOut(longFigure(CellRect{0.0, 0.6 * n, 0.0, 0.6 * n}))));
    QVERIFY(overviewRect(laidOut(longFigure(CellRect{0.0, 0.4 * n, 0.0, 0.4 * n}))));
    QVERIFY(overviewRect(laidOut(longFigure(deep))));
    Figure few = sample(std::make_shared<CountingMap>(16, Mask::Causal));
    few.length = 16;
    few.visible = CellRect{0.0, 4.0, 8.0, 12.0};
    QVERIFY(!overviewRect(laidOut(few)));
}

void OverviewTest::itIsNeverInFiles()
{
    PlotContext context = laidOut(longFigure(deep));
    context.pixelsPerUnit = 3.0;
    QVERIFY(!overviewRect(context));
}

void OverviewTest::itGrowsWithTheTypeAndLiesWithinTheMap()
{
    const PlotContext usual = laidOut(longFigure(deep)), large = laidOut(longFigure(deep), 18.0);
    QVERIFY(overviewRect(large)->width() > overviewRect(usual)->width());
    for (const PlotContext& context : {usual, large}) {
        const QRect plot = context.place(0, 0).plot;
        QVERIFY(plot.contains(*overviewRect(context)));
        QVERIFY(2 * overviewRect(context)->width() < plot.width());
    }
}

void OverviewTest::itShowsTheWholeSequence()
{
    const Figure figure = longFigure(deep);
    Shown shown(figure);
    const QImage picture = shown.picture();
    const QRect rect = placeIn(figure);
    const auto colourAt = [&](double query, double key) {
        return picture.pixelColor(rect.x() + static_cast<int>(key * rect.width()),
                                  rect.y() + static_cast<int>(query * rect.height()));
    };
    QCOMPARE(colourAt(0.15, 0.7), theme(ThemeName::Light).stage);
    const auto map = std::get<MapPanel>(figure.rows[0].panels[0]).source;
    QVERIFY(colourAt(0.95, 0.05) != theme(ThemeName::Light).stage);
    QVERIFY(colourAt(0.95, 0.05).lightness() < colourAt(0.95, 0.9).lightness());
}

void OverviewTest::theSmallestRangeIsSeen_data()
{
    QTest::addColumn<int>("name");
    QTest::newRow("light") << static_cast<int>(ThemeName::Light);
    QTest::newRow("dark") << static_cast<int>(ThemeName::Dark);
}

void OverviewTest::theSmallestRangeIsSeen()
{
    QFETCH(int, name);
    const Figure figure = longFigure(deep);
    Shown shown(figure);
    shown.plot.setTheme(theme(static_cast<ThemeName>(name)));
    shown.settle();
    const QImage picture = shown.picture();
    const QRect rect = placeIn(figure);
    const QPoint at(rect.x() + static_cast<int>(600005.0 / million * rect.width()),
                    rect.y() + static_cast<int>(900005.0 / million * rect.height()));
    const QColor accent = theme(static_cast<ThemeName>(name)).accent;
    QVERIFY(pixelsLike(picture, QRect(at - QPoint(5, 5), QSize(11, 11)), accent) >= 9);
    // Hair lines lead there from all sides.
    QVERIFY(pixelsLike(picture, QRect(at.x() - 2, rect.y(), 5, 20), accent) >= 15);
    QVERIFY(pixelsLike(picture, QRect(rect.x(), at.y() - 2, 20, 5), accent) >= 15);
}

void OverviewTest::clickingMovesTheViewThere()
{
    const Figure figure = longFigure(deep);
    Shown shown(figure);
    QSignalSpy seen(&shown.plot, &FigurePlot::visibleCellsChanged);
    QSignalSpy clicked(&shown.plot, &FigurePlot::cellClicked);
    const QRect rect = placeIn(figure);
    const QPointF at(rect.x() + 0.25 * rect.width(), rect.y() + 0.5 * rect.height());
    mouse(shown.plot, QEvent::MouseButtonPress, at, Qt::LeftButton, Qt::LeftButton);
    mouse(shown.plot, QEvent::MouseButtonRelease, at, Qt::LeftButton, Qt::NoButton);
    QCOMPARE(seen.size(), 1);
    const CellRect there = *lastRect(seen);
    QVERIFY(std::abs(there.firstKey + 5.0 - 0.25 * million) < 1.0);
    QVERIFY(std::abs(there.firstQuery + 5.0 - 0.5 * million) < 1.0);
    QVERIFY(std::abs(there.lastKey - there.firstKey - 10.0) < 1e-6);
    QVERIFY(clicked.isEmpty());
}

void OverviewTest::draggingTheFrameDoesNotJump()
{
    const double n = million;
    const CellRect range{0.2 * n, 0.6 * n, 0.5 * n, 0.9 * n};
    const Figure figure = longFigure(range);
    Shown shown(figure);
    QSignalSpy seen(&shown.plot, &FigurePlot::visibleCellsChanged);
    const QRect rect = placeIn(figure);
    const QPointF grip(rect.x() + 0.25 * rect.width(), rect.y() + 0.55 * rect.height());
    mouse(shown.plot, QEvent::MouseButtonPress, grip, Qt::LeftButton, Qt::LeftButton);
    QVERIFY(seen.isEmpty());
    mouse(shown.plot, QEvent::MouseMove, grip + QPointF(0.1 * rect.width(), 0.0), Qt::NoButton, Qt::LeftButton);
    mouse(shown.plot, QEvent::MouseButtonRelease, grip, Qt::LeftButton, Qt::NoButton);
    QVERIFY(std::abs(lastRect(seen)->firstKey - 0.3 * n) < 1.0);
    QVERIFY(std::abs(lastRect(seen)->firstQuery - 0.5 * n) < 1.0);
}

void OverviewTest::draggingStopsAtTheEndsOfTheSequence()
{
    const Figure figure = longFigure(deep);
    Shown shown(figure);
    QSignalSpy seen(&shown.plot, &FigurePlot::visibleCellsChanged);
    const QRect rect = placeIn(figure);
    drag(shown.plot, rect.center(), rect.center() + QPoint(400, 400), Qt::LeftButton);
    QCOMPARE(lastRect(seen)->lastKey, double(million));
    QCOMPARE(lastRect(seen)->lastQuery, double(million));
}

void OverviewTest::pointingAtItIsNoHoverOfCells()
{
    const Figure figure = longFigure(CellRect{0.0, 1000.0, million - 1000.0, double(million)});
    Shown shown(figure);
    QSignalSpy hovered(&shown.plot, &FigurePlot::cellHovered), ended(&shown.plot, &FigurePlot::hoverEnded);
    const QRect rect = placeIn(figure);
    mouse(shown.plot, QEvent::MouseMove, rect.center() + QPoint(-60, 0), Qt::NoButton, Qt::NoButton);
    QCOMPARE(hovered.size(), 1);
    mouse(shown.plot, QEvent::MouseMove, rect.center(), Qt::NoButton, Qt::NoButton);
    QCOMPARE(hovered.size(), 1);
    QCOMPARE(ended.size(), 1);
    QCOMPARE(shown.plot.cursor().shape(), Qt::PointingHandCursor);
}

void OverviewTest::theCrosshairsCellShowsThroughIt()
{
    const double n = million;
    const Figure figure = longFigure(CellRect{0.0, 1000.0, n - 1000.0, n});
    Shown shown(figure);
    const QRect rect = placeIn(figure), plot = shown.plot.panelRect(0, 0);
    const QImage opaque = shown.picture();
    const double cell = 1000.0 / plot.width();
    const CellPosition beneath{million - 1000 + static_cast<std::int64_t>((rect.center().y() - plot.y()) * cell),
                               static_cast<std::int64_t>((rect.center().x() - plot.x()) * cell)};
    shown.plot.setCrosshair(beneath);
    const QImage pale = shown.picture();
    QCOMPARE(opaque.pixelColor(rect.right() - 2, rect.top() + 2), theme(ThemeName::Light).stage);
    QVERIFY(pale.pixelColor(rect.right() - 2, rect.top() + 2) != theme(ThemeName::Light).stage);
}

QTEST_MAIN(OverviewTest)
#include "overview.moc"
