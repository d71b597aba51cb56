// SPDX-License-Identifier: GPL-3.0-or-later
// The values of single cells: exact, readable, where there is room.

#include "core/evaluation/result.h"
#include "core/experiment/presets.h"
#include "tests/ui/sample_figure.h"
#include "tests/ui/text_recorder.h"
#include "ui/plot/paint/cell_painter.h"
#include "ui/plot/paint/crosshair_painter.h"

#include <cmath>
#include <utility>

using namespace posbias;
using namespace posbias::ui;

namespace {

/// The first map as a context that shows these cells.
PlotContext shownCells(const CellRect& cells)
{
    PlotContext context;
    context.figure = sample(causalMap());
    context.figure.visible = cells;
    context.geometry = layOut(context.figure, context.fonts, QSize(760, 700));
    const auto& panel = context.panel<MapPanel>(0, 0);
    const int side = context.place(0, 0).plot.width();
    context.images = {makeMapImage({panel.source, context.geometry.cells, {side, side}, context.figure.scales[0]})};
    return context;
}

std::vector<DrawnText> drawn(const PlotContext& context)
{
    TextRecorder recorder(context.geometry.size);
    QPainter painter(&recorder);
    paintCellNumbers(painter, context, {0, 0, 0});
    painter.end();
    return recorder.texts;
}

}  // namespace

class CellNumbersTest : public QObject {
    Q_OBJECT

private slots:
    void valuesAreShort_data();
    void valuesAreShort();
    void briefOnesFitWhereTheOthersDoNot();
    void numbersAreTheCellsOwn_data();
    void numbersAreTheCellsOwn();
    void cellsOfWhichASliverIsVisibleStandInTheirPlace();
    void maskedCellsHaveNone();
    void manyCellsHaveNone();
    void everyLargeCellIsNumbered();
    void numbersStayInTheirCells();
    void numbersMoveWithTheirCellsUntilTheNextPicture();
    void smallCellsAreNotNumbered();
};

void CellNumbersTest::valuesAreShort_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    const QString minus(QChar(0x2212));
    for (const auto& [value, text] : std::vector<std::pair<double, QString>>{{0.0, "0"},
                                                                             {-5.634, minus + "5.63"},
                                                                             {0.443, "0.44"},
                                                                             {0.0995, "0.10"},
                                                                             {0.0123, "0.012"},
                                                                             {0.00456, "0.0046"},
                                                                             {-0.0123, minus + "0.012"},
                                                                             {0.0000338, "3.4e" + minus + "5"},
                                                                             {-2.4e-12, minus + "2.4e" + minus + "12"},
                                                                             {12.345, "12.3"},
                                                                             {123.45, "123"},
                                                                             {-1234567.0, minus + "1.2e6"},
                                                                             {9.996, "10.0"},
                                                                             {1.0, "1.00"}})
        QTest::addRow("%g", value) << value << text;
}

void CellNumbersTest::valuesAreShort()
{
    QFETCH(double, value);
    QTEST(cellText(value), "text");
}

void CellNumbersTest::briefOnesFitWhereTheOthersDoNot()
{
    const QString minus(QChar(0x2212));
    QCOMPARE(cellText(-0.0366, true), minus + "0.04");
    QCOMPARE(cellText(0.0000338, true), "3e" + minus + "5");
    QCOMPARE(cellText(-5.634, true), minus + "5.63");
    // From the size on from which there are numbers at all, every cell has one.
    PlotContext context = shownCells({0.0, 8.0, 0.0, 8.0});
    for (CellNumber& number : context.images[0].numbers.cells)
        if (!number.text.isEmpty())
            number = {cellText(-0.0366), cellText(-0.0366, true), number.colour};
    while (hasCellNumbers(context, {0, 0, 0})) {
        QCOMPARE(drawn(context).size(), 36u);
        context.geometry.rows[0][0].plot.setWidth(context.geometry.rows[0][0].plot.width() - 1);
        context.geometry.rows[0][0].plot.setHeight(context.geometry.rows[0][0].plot.width());
    }
    QVERIFY(context.geometry.rows[0][0].plot.width() < 8 * 36);
}

void CellNumbersTest::numbersAreTheCellsOwn_data()
{
    QTest::addColumn<CellRect>("cells");
    QTest::addRow("whole") << CellRect{0.0, 1000.0, 0.0, 1000.0};
    QTest::addRow("some") << CellRect{480.3, 492.3, 700.8, 712.8};
    QTest::addRow("at the diagonal") << CellRect{511.99, 518.99, 511.5, 518.5};
}

void CellNumbersTest::numbersAreTheCellsOwn()
{
    QFETCH(CellRect, cells);
    static const auto result = evaluate(presets().front().experiment);
    for (const FigureKind kind : {FigureKind::Bias, FigureKind::Attention}) {
        const Figure figure = makeFigure(*result, kind);
        for (const Panel& panel : figure.rows[0].panels) {
            const auto& map = std::get<MapPanel>(panel);
            const CellNumbers numbers =
                makeMapImage({map.source, cells, QSize(411, 411), figure.scales[map.scale]}).numbers;
            QCOMPARE(numbers.cells.empty(), cells.lastKey == 1000.0);
            for (std::int64_t i = numbers.firstQuery; i < numbers.firstQuery + numbers.rows; ++i)
                for (std::int64_t j = numbers.firstKey; j < numbers.firstKey + numbers.columns; ++j) {
                    if (const CellNumber* number = numbers.at(i, j))
                        QCOMPARE(number->text, cellText(map.source->at(i, j)));
                    else
                        QVERIFY(j > i || double(i) < cells.firstQuery || double(i) + 1.0 > cells.lastQuery ||
                                double(j) < cells.firstKey || double(j) + 1.0 > cells.lastKey);
                }
        }
    }
}

void CellNumbersTest::cellsOfWhichASliverIsVisibleStandInTheirPlace()
{
    const auto map = std::make_shared<CountingMap>(40, Mask::Bidirectional);
    const CellRect cells{7.9999, 13.9999, 3.0, 9.0};
    const CellNumbers numbers =
        cellNumbers(map->pixels(cells, 300, 300, {}), cells, {"bias", ColourMapName::Viridis, -4.0, 0.0, false});
    QCOMPARE(numbers.firstKey, 7);
    QCOMPARE(numbers.columns, 7);
    QCOMPARE(numbers.at(3, 8)->text, cellText(map->at(3, 8)));
    QCOMPARE(numbers.at(8, 13)->text, cellText(map->at(8, 13)));
}

void CellNumbersTest::maskedCellsHaveNone()
{
    const PlotContext context = shownCells({20.0, 26.0, 20.0, 26.0});
    for (std::int64_t i = 20; i < 26; ++i)
        for (std::int64_t j = 20; j < 26; ++j)
            QCOMPARE(context.images[0].numbers.at(i, j) != nullptr, j <= i);
    QVERIFY(!context.images[0].numbers.at(19, 19));
    QVERIFY(!context.images[0].numbers.at(30, 21));
}

void CellNumbersTest::manyCellsHaveNone()
{
    const auto map = std::make_shared<CountingMap>(1000, Mask::Causal);
    const MapRequest request{map, {0.0, 400.0, 0.0, 400.0}, {2000, 2000}, sample(map).scales[0]};
    QVERIFY(makeMapImage(request).numbers.cells.empty());
}

void CellNumbersTest::everyLargeCellIsNumbered()
{
    const PlotContext context = shownCells({4.0, 10.0, 30.0, 36.0});
    QStringList texts;
    for (const DrawnText& text : drawn(context))
        texts.append(text.text);
    QCOMPARE(texts.size(), 36);
    QCOMPARE(texts.first(), cellText(-0.1 * 26.0));
    QCOMPARE(texts.last(), cellText(-0.1 * 26.0));
}

void CellNumbersTest::numbersStayInTheirCells()
{
    const CellRect cells{4.4, 10.4, 30.2, 36.2};
    const PlotContext context = shownCells(cells);
    const QRect plot = context.place(0, 0).plot;
    const MapScale scale(context.geometry.cells, plot);
    QVERIFY(!drawn(context).empty());
    for (const DrawnText& text : drawn(context)) {
        QVERIFY(QRectF(plot).contains(text.rect));
        const double i = std::floor(scale.queryAt(text.rect.center().y()));
        const double j = std::floor(scale.keyAt(text.rect.center().x()));
        QCOMPARE(text.text, cellText(-0.1 * (i - j)));
        QVERIFY(text.rect.left() > scale.x(j) && text.rect.right() < scale.x(j + 1.0));
    }
}

void CellNumbersTest::numbersMoveWithTheirCellsUntilTheNextPicture()
{
    PlotContext context = shownCells({4.0, 10.0, 30.0, 36.0});
    context.geometry.cells = {2.0, 8.0, 28.0, 34.0};  // panned: the picture is still the last one
    const MapScale scale(context.geometry.cells, context.place(0, 0).plot);
    const std::vector<DrawnText> texts = drawn(context);
    QCOMPARE(texts.size(), 16u);
    for (const DrawnText& text : texts)
        QCOMPARE(text.text, cellText(-0.1 * (std::floor(scale.queryAt(text.rect.center().y())) -
                                             std::floor(scale.keyAt(text.rect.center().x())))));
}

void CellNumbersTest::smallCellsAreNotNumbered()
{
    QVERIFY(drawn(shownCells({0.0, 40.0, 0.0, 40.0})).empty());
    QVERIFY(!hasCellNumbers(shownCells({0.0, 40.0, 0.0, 40.0}), {0, 0, 0}));
}

QTEST_MAIN(CellNumbersTest)
#include "cell_numbers.moc"
