// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/paint/vector_map.h"

#include "ui/plot/ink/colour_map.h"
#include "ui/plot/paint/map_images.h"

#include <QBuffer>
#include <QSvgGenerator>
#include <QSvgRenderer>
#include <QTest>

#include <cmath>

using namespace posbias;
using namespace posbias::ui;

namespace {

const ColourScale scale{"bias", ColourMapName::Viridis, 0.0, 1.0, false};
constexpr QRgb bare = 0xff123456;

/// Offsets share values in stretches that grow: `count` values over all of them.
MapPanel banded(std::int64_t length, Mask mask, std::int64_t count = 6)
{
    OffsetValues values(visibleOffsets(mask, length));
    for (std::int64_t d = values.first; d <= values.last(); ++d) {
        const double distance = std::abs(static_cast<double>(d));
        const double share = std::log2(1.0 + distance) / std::log2(1.0 + static_cast<double>(length));
        const auto bucket = static_cast<double>(static_cast<std::int64_t>(share * static_cast<double>(count)));
        values[d] = (bucket + (d < 0 ? 0.5 : 0.0)) / static_cast<double>(count);
    }
    MapPanel panel;
    panel.source = biasMap(std::make_shared<OffsetValues>(values), 0.0, mask, length);
    return panel;
}

CellRect whole(std::int64_t length)
{
    const auto n = static_cast<double>(length);
    return {0.0, n, 0.0, n};
}

QImage painted(const MapPanel& panel, const CellRect& cells, int side)
{
    QImage image(side, side, QImage::Format_RGB32);
    image.fill(bare);
    QPainter painter(&image);
    if (!paintVectorMap(painter, panel, scale, cells, image.rect()))
        return {};
    return image;
}

/// Every cell whose middle is shown has its exact colour there; masked ones none.
void verifyMiddles(const MapPanel& panel, const CellRect& cells, const QImage& image)
{
    QVERIFY(!image.isNull());
    const double pixels = image.width() / (cells.lastKey - cells.firstKey);
    for (auto i = static_cast<std::int64_t>(std::ceil(cells.firstQuery - 0.5));
         static_cast<double>(i) + 0.5 < cells.lastQuery; ++i)
        for (auto j = static_cast<std::int64_t>(std::ceil(cells.firstKey - 0.5));
             static_cast<double>(j) + 0.5 < cells.lastKey; ++j) {
            const QPoint at(static_cast<int>((static_cast<double>(j) + 0.5 - cells.firstKey) * pixels),
                            static_cast<int>((static_cast<double>(i) + 0.5 - cells.firstQuery) * pixels));
            const bool masked = panel.source->mask() == Mask::Causal && j > i;
            QCOMPARE(image.pixel(at), masked ? bare : colourOf(panel.source->at(i, j), scale));
        }
}

QImage throughSvg(const MapPanel& panel, const CellRect& cells, int pixels)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    svg.setSize(QSize(200, 200));
    svg.setViewBox(QRect(0, 0, 200, 200));
    QPainter painter(&svg);
    paintVectorMap(painter, panel, scale, cells, QRect(0, 0, 200, 200));
    painter.end();
    QImage image(pixels, pixels, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter onto(&image);
    QSvgRenderer(bytes).render(&onto);
    return image;
}

}  // namespace

class VectorMapTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyCellHasItsColourInTheMiddle_data();
    void everyCellHasItsColourInTheMiddle();
    void fewCellsHaveStepsAndManyStraightBorders();
    void noSeamShowsBetweenShapes();
    void manyValuesAreLeftToPictures();
    void fileImagesHaveWholePixelsForEveryCell();
};

void VectorMapTest::everyCellHasItsColourInTheMiddle_data()
{
    QTest::addColumn<int>("length");
    QTest::addColumn<bool>("causal");
    QTest::addColumn<CellRect>("cells");
    for (const bool causal : {true, false})
        for (const int length : {1, 2, 5, 64, 65, 200})
            QTest::addRow("%d %s", length, causal ? "causal" : "both ways") << length << causal << whole(length);
    for (const bool causal : {true, false}) {
        QTest::addRow("zoomed, few") << 300 << causal << CellRect{40.25, 60.25, 50.5, 70.5};
        QTest::addRow("zoomed, many") << 300 << causal << CellRect{40.25, 140.25, 50.5, 150.5};
        QTest::addRow("zoomed below the diagonal") << 300 << causal << CellRect{3.0, 103.0, 150.5, 250.5};
    }
}

void VectorMapTest::everyCellHasItsColourInTheMiddle()
{
    QFETCH(const int, length);
    QFETCH(const bool, causal);
    QFETCH(const CellRect, cells);
    const MapPanel panel = banded(length, causal ? Mask::Causal : Mask::Bidirectional);
    verifyMiddles(panel, cells, painted(panel, cells, 1000));
}

void VectorMapTest::fewCellsHaveStepsAndManyStraightBorders()
{
    // Near the upper right corner of a cell on the diagonal: a step holds it, a straight border does not.
    for (const int length : {64, 65}) {
        const int pixels = 20;
        const QImage image = painted(banded(length, Mask::Causal), whole(length), length * pixels);
        const QRgb corner = image.pixel(11 * pixels - 2, 10 * pixels + 2);
        QCOMPARE(corner == bare, length > 64);
    }
}

void VectorMapTest::noSeamShowsBetweenShapes()
{
    // Where two bands meet a pixel is a mixture of their colours, without any of the white page behind them.
    for (const int length : {12, 100})
        for (const int pixels : {157, 331, 503}) {
            const QImage image = throughSvg(banded(length, Mask::Bidirectional), whole(length), pixels);
            for (int y = 1; y < pixels - 1; ++y)
                for (int x = 1; x < pixels - 1; ++x)
                    QVERIFY2(qBlue(image.pixel(x, y)) < 145,  // viridis has at most 142
                             qPrintable(QStringLiteral("%1, %2: %3").arg(x).arg(y).arg(image.pixel(x, y), 0, 16)));
        }
}

void VectorMapTest::manyValuesAreLeftToPictures()
{
    OffsetValues values(visibleOffsets(Mask::Causal, 300));
    for (std::int64_t d = 0; d < 300; ++d)
        values[d] = static_cast<double>(d) / 300.0;
    MapPanel panel;
    panel.source = biasMap(std::make_shared<OffsetValues>(values), 0.0, Mask::Causal, 300);
    QVERIFY(painted(panel, whole(300), 600).isNull());
    QVERIFY(!painted(panel, {0.0, 40.0, 0.0, 40.0}, 600).isNull());
}

void VectorMapTest::fileImagesHaveWholePixelsForEveryCell()
{
    const MapPanel panel = banded(100, Mask::Causal, 90);
    const MapImage image = makeFileImage({panel.source, {10.25, 60.25, 20.5, 70.5}, QSize(240, 240), scale});
    QCOMPARE(image.image.width() / (image.cells.lastKey - image.cells.firstKey), 5.0);
    QVERIFY(image.cells.firstKey <= 10.25 && image.cells.firstKey > 10.0);
    for (std::int64_t i = 20; i <= 70; ++i)
        for (std::int64_t j = 11; j < std::min<std::int64_t>(i, 60); ++j) {
            const QPoint at(static_cast<int>((static_cast<double>(j) + 0.7 - image.cells.firstKey) * 5.0),
                            static_cast<int>((static_cast<double>(i) + 0.7 - image.cells.firstQuery) * 5.0));
            if (image.image.rect().contains(at))
                QCOMPARE(image.image.pixel(at), colourOf(panel.source->at(i, j), scale));
        }
}

QTEST_GUILESS_MAIN(VectorMapTest)
#include "vector_map.moc"
