// SPDX-License-Identifier: GPL-3.0-or-later
// The painter of figures: what is drawn, where, and when.

#include "tests/ui/sample_figure.h"
#include "ui/plot/ink/colour_map.h"

#include <cmath>

using namespace posbias;
using namespace posbias::ui;

namespace {

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
    void thinningAMillionPointsLooksTheSame();
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
    // Along a row only the four colours of its cells, from border to border.
    QList<QRgb> colours;
    int mixed = 0;
    for (int x = rect.left() + 1; x <= rect.right(); ++x) {
        if (picture.pixel(x, rect.bottom() - 5) != picture.pixel(x - 1, rect.bottom() - 5)) {
            ++mixed;
            continue;
        }
        if (!colours.contains(picture.pixel(x, rect.bottom() - 5)))
            colours.append(picture.pixel(x, rect.bottom() - 5));
    }
    QCOMPARE(colours.size(), 4);
    QVERIFY(mixed <= 6);  // two sides of each of three borders
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
                                   .adjusted(-2, -2, 2, 2)
                                   .contains(point);
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

void FigurePlotTest::thinningAMillionPointsLooksTheSame()
{
    Figure figure = sample(causalMap());
    figure.rows.erase(figure.rows.begin(), figure.rows.begin() + 2);
    constexpr std::int64_t many = 1 << 20;
    figure.offsetAxis = {{0, many - 1}, false, {}};
    figure.length = many;
    OffsetValues zigzag({0, many - 1});
    OffsetValues wide = zigzag;  // what a million points between two values look like: a solid band
    for (std::int64_t d = 0; d < many; ++d) {
        zigzag[d] = d % 2 ? 1.0 : 0.0;
        wide[d] = (d / 64) % 2 ? 1.0 : 0.0;
    }
    const Curve curve{"A", Role::A, true, false, valueCurve(zigzag)}, band{"A", Role::A, true, false, valueCurve(wide)};
    std::get<CurvePanel>(figure.rows[0].panels[0]).curves = {curve};
    Shown shown(figure);
    const QImage all = shown.picture();
    std::get<CurvePanel>(figure.rows[0].panels[0]).curves = {band};
    shown.plot.setFigure(figure);
    shown.settle();
    const QRect rect = shown.plot.panelRect(0, 0);
    const QImage sparse = shown.picture();
    const QPoint middle = rect.center();
    QCOMPARE(QColor(all.pixel(middle)), theme(ThemeName::Light).of(Role::A));
    QCOMPARE(all.pixel(middle), sparse.pixel(middle));
}

QTEST_MAIN(FigurePlotTest)
#include "figure_plot.moc"
