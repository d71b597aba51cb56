// SPDX-License-Identifier: GPL-3.0-or-later
// The painter of figures: pictures, their parts' places, and what hands do to them.

#include "ui/plot/colour_map.h"
#include "ui/plot/curve_thinning.h"
#include "ui/plot/figure_plot.h"
#include "ui/plot/ticks.h"

#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <atomic>
#include <cmath>
#include <thread>

using namespace posbias;
using namespace posbias::ui;

namespace {

/// value(i - j) at the middle cell of each pixel; counts how often it is asked, may be slow.
class CountingMap : public MapSource {
public:
    CountingMap(std::int64_t length, Mask mask, double slope = -0.1) : m_length(length), m_mask(mask), m_slope(slope) {}

    PixelGrid pixels(const CellRect& rect, int width, int height, const Progress& progress) const override
    {
        ++calls;
        while (slow && !progress.stop.stop_requested())
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        progress.check();
        PixelGrid grid{width, height, {}, {}, false};
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) {
                const auto i = static_cast<std::int64_t>(rect.firstQuery + (y + 0.5) * (rect.lastQuery - rect.firstQuery) / height);
                const auto j = static_cast<std::int64_t>(rect.firstKey + (x + 0.5) * (rect.lastKey - rect.firstKey) / width);
                grid.value.push_back(at(i, j));
                grid.coverage.push_back(visible(i, j) ? 1.0f : 0.0f);
            }
        return grid;
    }
    double at(std::int64_t i, std::int64_t j) const override { return visible(i, j) ? m_slope * static_cast<double>(i - j) : 0.0; }
    std::int64_t length() const override { return m_length; }
    Mask mask() const override { return m_mask; }

    mutable std::atomic<int> calls = 0;
    std::atomic<bool> slow = false;

private:
    bool visible(std::int64_t i, std::int64_t j) const { return m_mask == Mask::Bidirectional || j <= i; }

    std::int64_t m_length;
    Mask m_mask;
    double m_slope;
};

constexpr std::int64_t length = 40;
constexpr std::int64_t trained = 25;

/// Two maps, two ribbons, a profile; what training saw ends before offset 25.
Figure sample(const std::shared_ptr<const MapSource>& source)
{
    Figure figure;
    figure.length = length;
    figure.trainingLength = trained;
    figure.scales = {{"bias", ColourMapName::Viridis, -4.0, 0.0, false}};
    figure.offsetAxis = {{0, length - 1}, true, OffsetRange{0, trained - 1}};
    FigureRow maps;
    maps.panels = {MapPanel{"Per-offset", "25 parameters", Role::A, source, 0, {}}, MapPanel{"T5", "", Role::B, source, 0, {}}};
    RibbonPanel ribbons{"Which parameter an offset uses", "", {}};
    ribbons.ribbons = {{"A", Role::A, {{0, trained - 1, 0, true, false}, {trained, length - 1, noParameter, false, true}}},
                       {"B", Role::B, {{0, 7, 0, false, false}, {8, length - 1, 1, false, false}}}};
    CurvePanel profile{"Bias by offset", AxisKind::Offset, "", false, {}};
    Curve curve{"A per-offset", Role::A, true, false, {}, {}};
    for (std::int64_t d = 0; d <= length; ++d) {
        curve.x.push_back(static_cast<double>(d));
        curve.y.push_back(-0.1 * static_cast<double>(d));
    }
    profile.curves = {curve};
    figure.rows = {maps, {{ribbons}, 0.0}, {{profile}, 1.0}};
    return figure;
}

struct Shown {
    explicit Shown(const Figure& figure, bool immediate = true)
    {
        plot.setImmediate(immediate);
        plot.resize(760, 700);
        plot.setFigure(figure);
        plot.show();
        QCoreApplication::processEvents();
    }
    void settle()
    {
        QSignalSpy ready(&plot, &FigurePlot::pictureReady);
        QVERIFY(ready.wait(2000));
    }
    QImage picture() { return plot.grab().toImage().convertToFormat(QImage::Format_RGB32); }
    /// The middle of a cell of the first map.
    QPoint cell(std::int64_t query, std::int64_t key, const CellRect& shown = {0, length, 0, length}) const
    {
        const QRect rect = plot.panelRect(0, 0);
        const double size = rect.width() / (shown.lastKey - shown.firstKey);
        return {rect.x() + static_cast<int>((static_cast<double>(key) + 0.5 - shown.firstKey) * size),
                rect.y() + static_cast<int>((static_cast<double>(query) + 0.5 - shown.firstQuery) * size)};
    }

    FigurePlot plot;
};

std::shared_ptr<CountingMap> causalMap()
{
    return std::make_shared<CountingMap>(length, Mask::Causal);
}

void mouse(QWidget& widget, QEvent::Type type, QPointF at, Qt::MouseButton button, Qt::MouseButtons buttons,
           Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    QMouseEvent event(type, at, widget.mapToGlobal(at), button, buttons, modifiers);
    QCoreApplication::sendEvent(&widget, &event);
}

void drag(QWidget& widget, QPoint from, QPoint to, Qt::MouseButton button, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    mouse(widget, QEvent::MouseButtonPress, from, button, button, modifiers);
    mouse(widget, QEvent::MouseMove, (from + to) / 2, Qt::NoButton, button, modifiers);
    mouse(widget, QEvent::MouseMove, to, Qt::NoButton, button, modifiers);
    mouse(widget, QEvent::MouseButtonRelease, to, button, Qt::NoButton, modifiers);
}

void wheel(QWidget& widget, QPointF at, int notches)
{
    QWheelEvent event(at, widget.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches), Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&widget, &event);
}

/// Pixels in which two pictures differ.
std::vector<QPoint> changes(const QImage& a, const QImage& b)
{
    std::vector<QPoint> out;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            if (a.pixel(x, y) != b.pixel(x, y))
                out.emplace_back(x, y);
    return out;
}

std::optional<CellRect> lastRect(const QSignalSpy& spy)
{
    return qvariant_cast<std::optional<CellRect>>(spy.last().at(0));
}

}  // namespace

class FigurePlotTest : public QObject {
    Q_OBJECT

private slots:
    void cellsHaveTheColourOfTheScale();
    void maskedCellsShowTheStage();
    void zoomedInCellsAreSquareAndSharp();
    void ribbonsAndProfileShareTheirSides();
    void hatchingIsDrawnWhereUntrainedAndNowhereElse();
    void everyCellOfTheOffsetLiesOnTheDrawnDiagonal();
    void crosshairNeverLeavesThePlots_data();
    void crosshairNeverLeavesThePlots();
    void crosshairMovesWithoutComputingMaps();
    void theNewestFigureWinsOverASlowOne();
    void lastPictureStaysWhileTheNextIsComputed();

    void hoveringTellsTheCell();
    void hoveringMaskedCellsEndsTheHover();
    void hoveringRibbonsAndProfileTellsTheOffset();
    void clickingTellsTheCellAndTheOffset();
    void draggingPansAndIsNoClick();
    void wheelZoomsAboutThePointer();
    void wheelStopsAtFourCellsAndAtAll();
    void boxesZoomToASquare_data();
    void boxesZoomToASquare();
    void doubleClickShowsEverything();
    void rightClickAsksForAMenu();

    void offsetTicksArePowersOfTwoAndTheEnd();
    void offsetTicksBothWaysAreSymmetric();
    void tickLabelsNeverMeet_data();
    void tickLabelsNeverMeet();
    void thinnedCurvesKeepEveryExtreme();
    void thinningAMillionPointsLooksTheSame();
    void logarithmicScalesMapDecadesEvenly();
    void divergingScalesAreLightInTheMiddle();
    void wordsCanBeRead();
};

void FigurePlotTest::cellsHaveTheColourOfTheScale()
{
    const auto map = causalMap();
    const Figure figure = sample(map);
    Shown shown(figure);
    const QImage picture = shown.picture();
    for (std::int64_t i : {3, 17, 30, 39})
        for (std::int64_t j : {0, 2, 3})
            if (std::abs(i - trained) > 1 && std::abs(j - trained) > 1)
                QCOMPARE(QColor(picture.pixel(shown.cell(i, j))), QColor(colourOf(map->at(i, j), figure.scales[0])));
}

void FigurePlotTest::maskedCellsShowTheStage()
{
    Shown shown(sample(causalMap()));
    const QImage picture = shown.picture();
    for (const Theme& t : {theme(ThemeName::Light), theme(ThemeName::Dark)}) {
        shown.plot.setTheme(t);
        shown.settle();
        QCOMPARE(QColor(shown.picture().pixel(shown.cell(3, 20))), t.stage);
        QCOMPARE(QColor(shown.picture().pixel(shown.cell(0, 39))), t.stage);
    }
}

void FigurePlotTest::zoomedInCellsAreSquareAndSharp()
{
    Figure figure = sample(causalMap());
    figure.visible = CellRect{0.0, 4.0, 30.0, 34.0};
    Shown shown(figure);
    const QRect rect = shown.plot.panelRect(0, 0);
    QCOMPARE(rect.width(), rect.height());
    const QImage picture = shown.picture();
    // No mixed colours at the borders: along a row only the four colours of its cells.
    QList<QRgb> colours;
    for (int x = rect.left(); x <= rect.right(); ++x)
        if (!colours.contains(picture.pixel(x, rect.top() + 5)))
            colours.append(picture.pixel(x, rect.top() + 5));
    QCOMPARE(colours.size(), 4);
}

void FigurePlotTest::ribbonsAndProfileShareTheirSides()
{
    Shown shown(sample(causalMap()));
    const QRect ribbons = shown.plot.panelRect(1, 0), profile = shown.plot.panelRect(2, 0);
    QCOMPARE(ribbons.left(), profile.left());
    QCOMPARE(ribbons.right(), profile.right());
    const QImage picture = shown.picture();
    const QRgb stage = theme(ThemeName::Light).stage.rgb();
    const int row = ribbons.bottom() - 2;  // ribbon B is filled from side to side
    QCOMPARE(picture.pixel(ribbons.left() - 1, row), stage);
    QVERIFY(picture.pixel(ribbons.left(), row) != stage);
    QVERIFY(picture.pixel(ribbons.right(), row) != stage);
    QCOMPARE(picture.pixel(ribbons.right() + 1, row), stage);
}

void FigurePlotTest::hatchingIsDrawnWhereUntrainedAndNowhereElse()
{
    Figure figure = sample(causalMap());
    Shown shown(figure);
    const QImage plain = shown.picture();
    std::get<MapPanel>(figure.rows[0].panels[0]).hatched = {{trained, length - 1}};
    shown.plot.setFigure(figure);
    shown.settle();
    const auto changed = changes(plain, shown.picture());
    const QRect rect = shown.plot.panelRect(0, 0);
    const double size = static_cast<double>(rect.width()) / length;
    for (const QPoint& point : changed) {
        QVERIFY(rect.contains(point));
        // A line's width around the cells of the untrained offsets, whose corners reach to i - j = 24.
        const double i = (point.y() - rect.y()) / size, j = (point.x() - rect.x()) / size;
        QVERIFY2(i - j > trained - 1 - 3.0 / size, qPrintable(QStringLiteral("at query %1 key %2").arg(i).arg(j)));
    }
    const double untrainedPixels = 0.5 * (length - trained) * (length - trained) * size * size;
    QVERIFY(static_cast<double>(changed.size()) > 0.05 * untrainedPixels);
}

void FigurePlotTest::everyCellOfTheOffsetLiesOnTheDrawnDiagonal()
{
    Shown shown(sample(causalMap()));
    const QImage plain = shown.picture();
    shown.plot.setCrosshair(CellPosition{20, 13});
    const QImage crossed = shown.picture();
    for (std::int64_t j = 0; j + 7 < length; ++j)
        QVERIFY(plain.pixel(shown.cell(j + 7, j)) != crossed.pixel(shown.cell(j + 7, j)));
}

void FigurePlotTest::crosshairNeverLeavesThePlots_data()
{
    QTest::addColumn<int>("offset");
    for (int d : {0, 1, 7, 24, 25, 39})
        QTest::addRow("d = %d", d) << d;
}

void FigurePlotTest::crosshairNeverLeavesThePlots()
{
    QFETCH(int, offset);
    Shown shown(sample(causalMap()));
    const QImage plain = shown.picture();
    shown.plot.setCrosshair(CellPosition{39, 39 - offset});
    const auto changed = changes(plain, shown.picture());
    QVERIFY(changed.size() > 200);
    for (const QPoint& point : changed) {
        bool inside = false;
        for (const auto& [row, panel] : {std::pair{0, 0}, {0, 1}, {1, 0}, {2, 0}})
            inside = inside || shown.plot.panelRect(static_cast<std::size_t>(row), static_cast<std::size_t>(panel))
                                   .adjusted(-2, -2, 2, 2).contains(point);
        QVERIFY2(inside, qPrintable(QStringLiteral("%1, %2").arg(point.x()).arg(point.y())));
    }
}

void FigurePlotTest::crosshairMovesWithoutComputingMaps()
{
    const auto map = causalMap();
    Shown shown(sample(map));
    const int before = map->calls;
    QSignalSpy ready(&shown.plot, &FigurePlot::pictureReady);
    QImage last = shown.picture();
    for (std::int64_t d = 0; d < 20; ++d) {
        shown.plot.setCrosshair(CellPosition{39, 39 - d});
        const QImage next = shown.picture();
        QVERIFY(next != last);
        last = next;
    }
    QCOMPARE(map->calls.load(), before);
    QCOMPARE(shown.plot.figure().crosshair, std::optional(CellPosition{39, 20}));
    QVERIFY(ready.isEmpty());
}

void FigurePlotTest::theNewestFigureWinsOverASlowOne()
{
    const auto slow = causalMap();
    slow->slow = true;  // until it is stopped
    Shown shown(sample(slow), false);
    QTRY_VERIFY(slow->calls > 0);
    QTest::qWait(150);
    const auto quick = std::make_shared<CountingMap>(length, Mask::Causal, -0.05);
    const Figure figure = sample(quick);
    shown.plot.setFigure(figure);
    shown.settle();
    QCOMPARE(QColor(shown.picture().pixel(shown.cell(35, 2))), QColor(colourOf(quick->at(35, 2), figure.scales[0])));
}

void FigurePlotTest::lastPictureStaysWhileTheNextIsComputed()
{
    const auto first = causalMap();
    const Figure figure = sample(first);
    Shown shown(figure, false);
    shown.settle();
    const QColor before = shown.picture().pixelColor(shown.cell(35, 2));
    QCOMPARE(before, QColor(colourOf(first->at(35, 2), figure.scales[0])));
    const auto slow = std::make_shared<CountingMap>(length, Mask::Causal, -0.05);
    slow->slow = true;
    shown.plot.setFigure(sample(slow));
    QTRY_VERIFY(slow->calls > 0);
    QCOMPARE(shown.picture().pixelColor(shown.cell(35, 2)), before);
    slow->slow = false;
    shown.settle();
    QVERIFY(shown.picture().pixelColor(shown.cell(35, 2)) != before);
}

void FigurePlotTest::hoveringTellsTheCell()
{
    Shown shown(sample(causalMap()));
    QSignalSpy hovered(&shown.plot, &FigurePlot::cellHovered);
    mouse(shown.plot, QEvent::MouseMove, shown.cell(30, 11), Qt::NoButton, Qt::NoButton);
    QCOMPARE(hovered.size(), 1);
    QCOMPARE(qvariant_cast<CellPosition>(hovered[0][0]), (CellPosition{30, 11}));
}

void FigurePlotTest::hoveringMaskedCellsEndsTheHover()
{
    Shown shown(sample(causalMap()));
    QSignalSpy hovered(&shown.plot, &FigurePlot::cellHovered), ended(&shown.plot, &FigurePlot::hoverEnded);
    mouse(shown.plot, QEvent::MouseMove, shown.cell(30, 11), Qt::NoButton, Qt::NoButton);
    mouse(shown.plot, QEvent::MouseMove, shown.cell(5, 30), Qt::NoButton, Qt::NoButton);
    mouse(shown.plot, QEvent::MouseMove, QPointF(3, 3), Qt::NoButton, Qt::NoButton);
    QCOMPARE(hovered.size(), 1);
    QCOMPARE(ended.size(), 1);
    mouse(shown.plot, QEvent::MouseMove, shown.cell(30, 11), Qt::NoButton, Qt::NoButton);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(&shown.plot, &leave);
    QCOMPARE(ended.size(), 2);
}

void FigurePlotTest::hoveringRibbonsAndProfileTellsTheOffset()
{
    const Figure figure = sample(causalMap());
    Shown shown(figure);
    const OffsetScale scale(figure.offsetAxis);
    QSignalSpy hovered(&shown.plot, &FigurePlot::offsetHovered);
    for (std::size_t row : {1u, 2u})
        for (std::int64_t d : {0, 1, 12, 39}) {
            const QRect rect = shown.plot.panelRect(row, 0);
            const double x = rect.x() + rect.width() * scale.middle(d) / scale.upper();
            mouse(shown.plot, QEvent::MouseMove, QPointF(x, rect.center().y()), Qt::NoButton, Qt::NoButton);
            QCOMPARE(hovered.last().at(0).toLongLong(), d);
        }
}

void FigurePlotTest::clickingTellsTheCellAndTheOffset()
{
    Shown shown(sample(causalMap()));
    QSignalSpy cell(&shown.plot, &FigurePlot::cellClicked), offset(&shown.plot, &FigurePlot::offsetClicked);
    QTest::mouseClick(&shown.plot, Qt::LeftButton, {}, shown.cell(33, 4));
    QCOMPARE(cell.size(), 1);
    QCOMPARE(qvariant_cast<CellPosition>(cell[0][0]), (CellPosition{33, 4}));
    QTest::mouseClick(&shown.plot, Qt::LeftButton, {}, shown.plot.panelRect(1, 0).topLeft() + QPoint(3, 3));
    QCOMPARE(offset.size(), 1);
    QCOMPARE(offset[0][0].toLongLong(), 0);
}

void FigurePlotTest::draggingPansAndIsNoClick()
{
    Figure figure = sample(causalMap());
    figure.visible = CellRect{5.0, 25.0, 10.0, 30.0};
    Shown shown(figure);
    QSignalSpy clicked(&shown.plot, &FigurePlot::cellClicked), seen(&shown.plot, &FigurePlot::visibleCellsChanged);
    const QRect rect = shown.plot.panelRect(0, 0);
    const int fourCells = rect.width() / 5;
    drag(shown.plot, rect.center(), rect.center() - QPoint(fourCells, fourCells / 2), Qt::LeftButton);
    QVERIFY(clicked.isEmpty());
    const auto now = lastRect(seen);
    QVERIFY(now);
    QVERIFY(std::abs(now->firstKey - 9.0) < 0.2);
    QVERIFY(std::abs(now->firstQuery - 12.0) < 0.2);
    QVERIFY(std::abs(now->lastKey - now->firstKey - 20.0) < 1e-9);
    drag(shown.plot, rect.center(), rect.center() + QPoint(10 * fourCells, 0), Qt::LeftButton);
    QCOMPARE(lastRect(seen)->firstKey, 0.0);  // not beyond the sequence
}

void FigurePlotTest::wheelZoomsAboutThePointer()
{
    Shown shown(sample(causalMap()));
    QSignalSpy seen(&shown.plot, &FigurePlot::visibleCellsChanged);
    const QRect rect = shown.plot.panelRect(0, 0);
    const QPointF at = rect.topLeft() + QPointF(0.25 * rect.width(), 0.75 * rect.height());
    wheel(shown.plot, at, 1);
    const CellRect now = *lastRect(seen);
    QVERIFY(std::abs(now.lastKey - now.firstKey - length / 1.25) < 1e-9);
    QVERIFY(std::abs(now.firstKey + 0.25 * (now.lastKey - now.firstKey) - 0.25 * length) < 1e-9);
    QVERIFY(std::abs(now.firstQuery + 0.75 * (now.lastQuery - now.firstQuery) - 0.75 * length) < 1e-9);
    shown.plot.setVisibleCells(now);
    shown.settle();
    wheel(shown.plot, at, -1);
    QCOMPARE(lastRect(seen), std::nullopt);
}

void FigurePlotTest::wheelStopsAtFourCellsAndAtAll()
{
    Shown shown(sample(causalMap()));
    QSignalSpy seen(&shown.plot, &FigurePlot::visibleCellsChanged);
    const QPoint at = shown.plot.panelRect(0, 0).center();
    wheel(shown.plot, at, -3);
    QVERIFY(seen.isEmpty());
    wheel(shown.plot, at, 40);
    QVERIFY(std::abs(lastRect(seen)->lastKey - lastRect(seen)->firstKey - 4.0) < 1e-9);
}

void FigurePlotTest::boxesZoomToASquare_data()
{
    QTest::addColumn<Qt::MouseButton>("button");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    QTest::addRow("right drag") << Qt::RightButton << Qt::KeyboardModifiers();
    QTest::addRow("Shift drag") << Qt::LeftButton << Qt::KeyboardModifiers(Qt::ShiftModifier);
}

void FigurePlotTest::boxesZoomToASquare()
{
    QFETCH(Qt::MouseButton, button);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    Shown shown(sample(causalMap()));
    QSignalSpy seen(&shown.plot, &FigurePlot::visibleCellsChanged), menu(&shown.plot, &FigurePlot::contextRequested),
        clicked(&shown.plot, &FigurePlot::cellClicked);
    const QRect rect = shown.plot.panelRect(0, 0);
    const double size = static_cast<double>(rect.width()) / length;
    const QPoint from = rect.topLeft() + QPoint(static_cast<int>(10 * size), static_cast<int>(20 * size));
    drag(shown.plot, from, from + QPoint(static_cast<int>(10 * size), static_cast<int>(4 * size)), button, modifiers);
    const CellRect now = *lastRect(seen);
    QVERIFY(std::abs(now.firstKey - 10.0) < 0.5);
    QVERIFY(std::abs(now.lastKey - 20.0) < 0.5);
    QVERIFY(std::abs(now.firstQuery - 20.0) < 0.5);
    QVERIFY(std::abs((now.lastQuery - now.firstQuery) - (now.lastKey - now.firstKey)) < 1e-9);
    QVERIFY(menu.isEmpty());
    QVERIFY(clicked.isEmpty());
}

void FigurePlotTest::doubleClickShowsEverything()
{
    Figure figure = sample(causalMap());
    figure.visible = CellRect{0.0, 10.0, 10.0, 20.0};
    Shown shown(figure);
    QSignalSpy seen(&shown.plot, &FigurePlot::visibleCellsChanged), clicked(&shown.plot, &FigurePlot::cellClicked);
    const QPoint at = shown.plot.panelRect(0, 0).center();
    mouse(shown.plot, QEvent::MouseButtonDblClick, at, Qt::LeftButton, Qt::LeftButton);
    mouse(shown.plot, QEvent::MouseButtonRelease, at, Qt::LeftButton, Qt::NoButton);
    QCOMPARE(lastRect(seen), std::nullopt);
    QVERIFY(clicked.isEmpty());
}

void FigurePlotTest::rightClickAsksForAMenu()
{
    Shown shown(sample(causalMap()));
    QSignalSpy menu(&shown.plot, &FigurePlot::contextRequested);
    QTest::mouseClick(&shown.plot, Qt::RightButton, {}, shown.cell(33, 4));
    QTest::mouseClick(&shown.plot, Qt::RightButton, {}, QPoint(2, 2));
    QCOMPARE(menu.size(), 2);
    QCOMPARE(qvariant_cast<std::optional<CellPosition>>(menu[0][0]), std::optional(CellPosition{33, 4}));
    QCOMPARE(qvariant_cast<std::optional<CellPosition>>(menu[1][0]), std::nullopt);
    QCOMPARE(menu[0][1].toPoint(), shown.plot.mapToGlobal(shown.cell(33, 4)));
}

void FigurePlotTest::offsetTicksArePowersOfTwoAndTheEnd()
{
    QStringList texts;
    for (const Tick& tick : offsetTicks({{0, 999}, true, {}}, 750.0, [](const QString& t) { return 6.5 * static_cast<double>(t.size()); }))
        texts.append(tick.text);
    QCOMPARE(texts.join(' '), QStringLiteral("0 1 2 4 8 16 32 64 128 256 512 1000"));
}

void FigurePlotTest::offsetTicksBothWaysAreSymmetric()
{
    const auto ticks = offsetTicks({{-999, 999}, true, {}}, 750.0, [](const QString& t) { return 6.5 * static_cast<double>(t.size()); });
    QStringList texts;
    for (const Tick& tick : ticks)
        texts.append(tick.text);
    for (int power = 1; power <= 256; power *= 2) {
        QVERIFY(texts.contains(QString::number(power)));
        QVERIFY(texts.contains(QChar(0x2212) + QString::number(power)));
    }
    QCOMPARE(texts.first(), QChar(0x2212) + QStringLiteral("999"));
    QCOMPARE(texts.last(), QStringLiteral("1000"));
}

void FigurePlotTest::tickLabelsNeverMeet_data()
{
    QTest::addColumn<qint64>("first");
    QTest::addColumn<qint64>("last");
    QTest::addColumn<bool>("logarithmic");
    for (bool logarithmic : {true, false})
        for (const auto& [first, last] : {std::pair<qint64, qint64>{0, 0}, {0, 7}, {0, 512}, {0, 1048575}, {-7, 7}, {-1048575, 1048575}})
            QTest::addRow("%lld..%lld %s", static_cast<long long>(first), static_cast<long long>(last), logarithmic ? "log" : "linear")
                << first << last << logarithmic;
}

void FigurePlotTest::tickLabelsNeverMeet()
{
    QFETCH(qint64, first);
    QFETCH(qint64, last);
    QFETCH(bool, logarithmic);
    const OffsetAxis axis{{first, last}, logarithmic, {}};
    const OffsetScale scale(axis);
    const auto width = [](const QString& t) { return 6.5 * static_cast<double>(t.size()); };
    for (double pixels : {120.0, 430.0, 1900.0}) {
        const auto ticks = offsetTicks(axis, pixels, width);
        QVERIFY(ticks.size() >= 2);
        for (std::size_t k = 0; k + 1 < ticks.size(); ++k) {
            const double apart = (ticks[k + 1].at - ticks[k].at) / (scale.upper() - scale.lower()) * pixels;
            QVERIFY(apart > (width(ticks[k].text) + width(ticks[k + 1].text)) / 2.0);
        }
    }
}

void FigurePlotTest::thinnedCurvesKeepEveryExtreme()
{
    Curve curve{"", Role::A, false, false, {}, {}};
    for (int k = 0; k < 10000; ++k) {
        curve.x.push_back(k);
        curve.y.push_back(std::sin(0.37 * k) + (k == 7777 ? 50.0 : 0.0) - (k == 1234 ? 50.0 : 0.0));
    }
    const AxisMap axis{[](double x) { return x; }, [](double x) { return x; }, 0.0, 9999.0};
    const CurvePoints points = thinned(curve, axis, false, 100);
    QVERIFY(points.x.size() <= 400);
    QVERIFY(std::is_sorted(points.x.begin(), points.x.end()));
    QCOMPARE(points.x.front(), 0.0);
    QCOMPARE(points.x.back(), 9999.0);
    for (int column = 0; column < 100; ++column) {  // the same stretch of y is covered in every column
        double low = 1e9, high = -1e9, thinLow = 1e9, thinHigh = -1e9;
        const double from = column * 99.99, to = (column + 1) * 99.99;
        for (std::size_t k = 0; k < curve.x.size(); ++k)
            if (curve.x[k] >= from && curve.x[k] < to) {
                low = std::min(low, curve.y[k]);
                high = std::max(high, curve.y[k]);
            }
        for (std::size_t k = 0; k < points.x.size(); ++k)
            if (points.x[k] >= from && points.x[k] < to) {
                thinLow = std::min(thinLow, points.y[k]);
                thinHigh = std::max(thinHigh, points.y[k]);
            }
        QCOMPARE(thinLow, low);
        QCOMPARE(thinHigh, high);
    }
}

void FigurePlotTest::thinningAMillionPointsLooksTheSame()
{
    Figure figure = sample(causalMap());
    figure.rows.erase(figure.rows.begin(), figure.rows.begin() + 2);
    constexpr std::int64_t many = 1 << 20;
    figure.offsetAxis = {{0, many - 1}, false, {}};
    figure.length = many;
    Curve curve{"A", Role::A, true, false, {}, {}};
    Curve band = curve;  // what a million points between two values look like: a solid band
    for (std::int64_t d = 0; d <= many; ++d) {
        curve.x.push_back(static_cast<double>(d));
        curve.y.push_back(d % 2 ? 1.0 : 0.0);
    }
    for (std::int64_t d = 0; d <= many; d += 64) {
        band.x.push_back(static_cast<double>(d));
        band.y.push_back((d / 64) % 2 ? 1.0 : 0.0);
    }
    std::get<CurvePanel>(figure.rows[0].panels[0]).curves = {curve};
    Shown shown(figure);
    const QImage all = shown.picture();
    std::get<CurvePanel>(figure.rows[0].panels[0]).curves = {band};
    shown.plot.setFigure(figure);
    shown.settle();
    const QRect rect = shown.plot.panelRect(0, 0);
    const QImage sparse = shown.picture();
    const QPoint middle = rect.center();
    QCOMPARE(QColor(all.pixel(middle)), theme(ThemeName::Light).a);
    QCOMPARE(all.pixel(middle), sparse.pixel(middle));
}

void FigurePlotTest::logarithmicScalesMapDecadesEvenly()
{
    const ColourScale scale{"attention", ColourMapName::Viridis, 1e-4, 1.0, true};
    const ColourScale exponents{"exponent", ColourMapName::Viridis, -4.0, 0.0, false};
    for (double exponent : {-3.7, -2.5, -1.1, -0.2})
        QCOMPARE(colourOf(std::pow(10.0, exponent), scale), colourOf(exponent, exponents));
    QCOMPARE(colourOf(0.0, scale), colourOf(1e-4, scale));
    QCOMPARE(colourOf(1e-9, scale), colourOf(1e-4, scale));
    QCOMPARE(colourOf(7.0, scale), colourOf(1.0, scale));
}

void FigurePlotTest::divergingScalesAreLightInTheMiddle()
{
    const ColourScale scale{"difference", ColourMapName::Diverging, -6.0, 6.0, false};
    QVERIFY(QColor(colourOf(0.0, scale)).lightnessF() > 0.94f);
    const QColor low(colourOf(-5.0, scale)), high(colourOf(5.0, scale));
    QVERIFY(low.blue() > 2 * low.red());
    QVERIFY(high.red() > 2 * high.blue());
}

void FigurePlotTest::wordsCanBeRead()
{
    // WCAG 2.1 AA: a contrast of 4.5.
    const auto luminance = [](const QColor& c) {
        const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
        return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
    };
    for (ThemeName name : {ThemeName::Light, ThemeName::Dark}) {
        const Theme& t = theme(name);
        for (const QColor& behind : {t.window, t.stage})
            for (const QColor& words : {t.text, t.faintText, t.textOf(Role::A), t.textOf(Role::B), t.warning, t.error}) {
                const double a = luminance(words), b = luminance(behind);
                QVERIFY2((std::max(a, b) + 0.05) / (std::min(a, b) + 0.05) >= 4.5, qPrintable(words.name()));
            }
    }
}

QTEST_MAIN(FigurePlotTest)
#include "figure_plot.moc"
