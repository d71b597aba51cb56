// SPDX-License-Identifier: GPL-3.0-or-later
// The page: true sizes of type, what frames the panels, transparency.

#include "core/base/error.h"
#include "core/evaluation/result.h"
#include "core/experiment/presets.h"
#include "tests/ui/figure_files.h"
#include "tests/ui/sample_figure.h"
#include "ui/plot/layout/figure_geometry.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace posbias;
using namespace posbias::ui;

namespace {

const Result& smallResult()
{
    static const std::shared_ptr<const Result> result = evaluate(findPreset("book-small")->experiment);
    return *result;
}

Page typedPage(double width, double height, double points)
{
    Page page = pageOf(width, height);
    page.fontPoints = points;
    return page;
}

QByteArray file(const Figure& figure, const Page& page, FigureFormat format = FigureFormat::Svg)
{
    return rendered(figure, smallResult().experiment, page, format);
}

/// Sizes of all words in points, rounded to hundredths: font-size is in the units of the matrix around it.
QSet<int> typeSizes(const QByteArray& svg)
{
    static const QRegularExpression word("transform=\"matrix\\(([^,]+),[^>]*?font-size=\"([0-9.]+)\"[^>]*>\\s*<text");
    QSet<int> sizes;
    auto all = word.globalMatch(QString::fromUtf8(svg));
    while (all.hasNext()) {
        const auto match = all.next();
        const double micrometres = match.captured(1).toDouble() * match.captured(2).toDouble();
        if (micrometres > 0.0)  // upright words turn their matrix
            sizes.insert(static_cast<int>(std::lround(micrometres / 1000.0 / mmPerInch * 72.0 * 100.0)));
    }
    return sizes;
}

/// Rectangles from the page's corner on in the drawing of a PDF; all its streams are searched.
qsizetype pageFills(const QByteArray& pdf)
{
    static const QRegularExpression fill("(^|\n)0 0 [0-9.]{3,} [0-9.]{3,} re\n");
    const QByteArray begin = "/FlateDecode", stream = "stream\n", size("\0\1\0\0", 4);
    qsizetype count = 0;
    for (qsizetype at = pdf.indexOf(begin); at >= 0; at = pdf.indexOf(begin, at)) {
        at = pdf.indexOf(stream, at) + stream.size();
        const QByteArray plain = qUncompress(size + pdf.mid(at, pdf.indexOf("endstream", at) - at));
        count += QString::fromLatin1(plain).count(fill);
    }
    return count;
}

std::string refusal(const Figure& figure, const Page& page)
{
    try {
        file(figure, page);
    } catch (const InputError& error) {
        return error.subject() + ": " + error.what();
    }
    return {};
}

/// Two rows of two maps, the first with a scale of their own each, and everything around them.
Figure everything(BarPlacement bars)
{
    Figure figure = sample(causalMap());
    const FigureRow maps = figure.rows[0];
    figure.scales.push_back({"attention", ColourMapName::Magma, 1e-4, 1.0, true});
    figure.rows = {maps, maps};
    std::get<MapPanel>(figure.rows[0].panels[1]).scale = 1;
    figure.title = "A title that is long enough to need more than one line of the page, even of a wide page in print";
    figure.caption = "A caption, which says what is to be seen here in so many words that they fill more than one line "
                     "under the maps, and then some more of them: even on a page that is as wide as a poster there is "
                     "no room for all of what it has to say on a single line, which a reader of posters would "
                     "not follow from one end to the other anyway.";
    figure.letters = true;
    figure.bars = bars;
    return figure;
}

QRectF barWithTicks(const BarPlace& bar, const Fonts& fonts)
{
    const bool lying = bar.bar.width() > bar.bar.height();
    return QRectF(bar.bar).adjusted(0.0, 0.0, lying ? 0.0 : 40.0, lying ? 5.0 + textHeight(fonts.tick) : 0.0);
}

std::vector<QRectF> placesOf(const FigureGeometry& geometry, const Fonts& fonts)
{
    std::vector<QRectF> places{geometry.title.rect, geometry.caption.rect};
    const double axis = 4.0 + 1.0 + 2.0 * textHeight(fonts.tick);
    for (const auto& row : geometry.rows)
        for (const PanelPlace& panel : row) {
            places.push_back(panel.header);
            places.push_back(QRectF(panel.plot).adjusted(0.0, 0.0, 0.0, axis));
        }
    for (const BarPlace& bar : geometry.bars) {
        places.push_back(QRectF(bar.label.topLeft(), QSizeF(20.0, bar.label.height() - 1.0)));
        places.push_back(barWithTicks(bar, fonts));
    }
    return places;
}

}  // namespace

class PageLayoutTest : public QObject {
    Q_OBJECT

private slots:
    void typeHasTheSizeAskedFor_data();
    void typeHasTheSizeAskedFor();
    void aPageTooSmallIsRefusedWithOneThatIsNot();
    void automaticTypeShrinksWithThePage();
    void lettersGoInReadingOrder();
    void nothingMeetsAnything_data();
    void nothingMeetsAnything();
    void barsGoWhereTheyAreWanted();
    void rowsOfDifferentLengthsStandUnderEachOther();
    void transparentPagesHaveNoBackground();
    void maskedCellsOfTransparentPagesAreEmpty();
    void aFamilyThatIsMissingIsReplaced();
    void svgSizesAreExact();
    void pdfSizesAreWithinHalfAPoint();
    void gifOfOnePictureIsRefused();
};

void PageLayoutTest::typeHasTheSizeAskedFor_data()
{
    QTest::addColumn<double>("width");
    QTest::addColumn<double>("points");
    for (const double width : {85.0, 180.0, 600.0})
        for (const double points : {6.0, 9.5})
            QTest::addRow("%g mm, %g pt", width, points) << width << points;
}

void PageLayoutTest::typeHasTheSizeAskedFor()
{
    QFETCH(double, width);
    QFETCH(double, points);
    const Figure figure = makeFigure(smallResult(), FigureKind::Profile);
    const QSet<int> sizes = typeSizes(file(figure, typedPage(width, 0.8 * width, points)));
    const auto hundredths = [](double value) { return static_cast<int>(std::lround(100.0 * value)); };
    QVERIFY2(sizes.contains(hundredths(points)), qPrintable(QString::number(sizes.isEmpty() ? -1 : *sizes.begin())));
    QVERIFY(sizes.contains(hundredths(points * 13.0 / 11.0)));  // titles, in their usual proportion
    QVERIFY(std::ranges::none_of(sizes, [&](int size) { return size < hundredths(0.78 * points) - 8; }));
}

void PageLayoutTest::aPageTooSmallIsRefusedWithOneThatIsNot()
{
    const Figure figure = makeFigure(smallResult(), FigureKind::Compare);
    const QString said = QString::fromStdString(refusal(figure, typedPage(60.0, 40.0, 12.0)));
    QVERIFY2(said.startsWith("--font-size: "), qPrintable(said));
    static const QRegularExpression sizes("12 pt fits a page of ([0-9.]+) x ([0-9.]+) mm");
    const auto found = sizes.match(said);
    QVERIFY2(found.hasMatch(), qPrintable(said));
    const double width = found.captured(1).toDouble(), height = found.captured(2).toDouble();
    QVERIFY(refusal(figure, typedPage(width, height, 12.0)).empty());
    QVERIFY(!refusal(figure, typedPage(0.95 * width, 0.95 * height, 12.0)).empty());
}

void PageLayoutTest::automaticTypeShrinksWithThePage()
{
    const Figure figure = makeFigure(smallResult(), FigureKind::Profile);
    const auto largest = [&](double width) {
        const QSet<int> sizes = typeSizes(file(figure, pageOf(width, 0.7 * width)));
        return *std::ranges::max_element(sizes);
    };
    QCOMPARE(largest(150.0), largest(300.0));
    QVERIFY(largest(50.0) < largest(150.0));
}

void PageLayoutTest::lettersGoInReadingOrder()
{
    Figure figure = sample(causalMap());
    QCOMPARE(headingLetter(figure, 0, 0), QString());
    figure.letters = true;
    QCOMPARE(headingLetter(figure, 0, 0), QString("(a) "));
    QCOMPARE(headingLetter(figure, 0, 1), QString("(b) "));
    QCOMPARE(headingLetter(figure, 1, 0), QString("(c) "));
    QCOMPARE(headingLetter(figure, 2, 0), QString("(d) "));
    const QByteArray svg = file(figure, pageOf(180.0, 160.0));
    for (const char* title : {"(a) A  Per-offset", "(b) B  T5", "(c) Which parameter", "(d) Bias by offset"})
        QVERIFY2(svg.contains(title) || svg.contains(QByteArray(title).replace("  ", "&#xa0; ")), title);
    figure.rows[0].panels.resize(28, figure.rows[0].panels[0]);
    QCOMPARE(headingLetter(figure, 0, 25), QString("(z) "));
    QCOMPARE(headingLetter(figure, 0, 26), QString("(aa) "));
}

void PageLayoutTest::nothingMeetsAnything_data()
{
    QTest::addColumn<int>("bars");
    QTest::addColumn<QSize>("size");
    for (const QSize& size : {QSize(480, 820), QSize(800, 900), QSize(1500, 900)})
        for (const BarPlacement bars : {BarPlacement::Below, BarPlacement::Right, BarPlacement::None})
            QTest::addRow("%d x %d, %d", size.width(), size.height(), static_cast<int>(bars))
                << static_cast<int>(bars) << size;
}

void PageLayoutTest::nothingMeetsAnything()
{
    QFETCH(int, bars);
    QFETCH(QSize, size);
    const Fonts fonts;
    const FigureGeometry geometry = layOut(everything(static_cast<BarPlacement>(bars)), fonts, size);
    QVERIFY(geometry.leastHeight <= size.height());
    QVERIFY(!geometry.title.lines.empty());
    QVERIFY(geometry.caption.lines.size() > 1);
    const std::vector<QRectF> places = placesOf(geometry, fonts);
    for (std::size_t a = 0; a < places.size(); ++a) {
        QVERIFY(QRectF(QPointF(), QSizeF(size)).contains(places[a]));
        for (std::size_t b = a + 1; b < places.size(); ++b)
            QVERIFY2(!places[a].intersects(places[b]), qPrintable(QString("%1 and %2").arg(a).arg(b)));
    }
}

void PageLayoutTest::barsGoWhereTheyAreWanted()
{
    const Fonts fonts;
    const QSize size(800, 900);
    const FigureGeometry below = layOut(everything(BarPlacement::Below), fonts, size);
    QCOMPARE(below.bars.size(), std::size_t(3));  // two scales in the first row, one in the second
    QVERIFY(below.bars[0].bar.top() > below.rows[0][0].plot.bottom());
    QVERIFY(below.bars[0].bar.right() <= below.rows[0][0].plot.right());
    QVERIFY(below.bars[1].bar.left() >= below.rows[0][1].plot.left());
    QVERIFY(below.bars[2].bar.width() > below.bars[0].bar.width());
    const FigureGeometry right = layOut(everything(BarPlacement::Right), fonts, size);
    QVERIFY(right.bars[0].bar.left() > right.rows[0][1].plot.right());
    const FigureGeometry none = layOut(everything(BarPlacement::None), fonts, size);
    QVERIFY(none.bars.empty());
    QVERIFY(none.rows[0][0].plot.width() > below.rows[0][0].plot.width());  // their room went to the maps
}

void PageLayoutTest::rowsOfDifferentLengthsStandUnderEachOther()
{
    Figure figure = everything(BarPlacement::Below);
    figure.rows[0].panels.push_back(figure.rows[0].panels[0]);
    figure.rows[1].panels.pop_back();
    const FigureGeometry geometry = layOut(figure, Fonts(), QSize(800, 900));
    QCOMPARE(geometry.rows[0][0].plot.left(), geometry.rows[1][0].plot.left());
    QCOMPARE(geometry.rows[0][0].plot.width(), geometry.rows[1][0].plot.width());
    figure.rows.clear();
    figure.notes.clear();
    QVERIFY(layOut(figure, Fonts(), QSize(800, 900)).bars.empty());
}

void PageLayoutTest::transparentPagesHaveNoBackground()
{
    Figure figure = sample(causalMap());
    Page page = pageOf(120.0, 110.0, 96);
    const auto corner = [&] { return QImage::fromData(file(figure, page, FigureFormat::Png), "PNG").pixelColor(1, 1); };
    const auto filledPages = [&] {
        static const QRegularExpression background(
            "<rect x=\"0\" y=\"0\" width=\"[0-9.]{3,}\" height=\"[0-9.]{3,}\"|<path[^>]*d=\"M0,0 L[0-9.]{3,},0 L");
        return QString::fromUtf8(file(figure, page)).count(background);
    };
    QCOMPARE(corner(), QColor(Qt::white));
    const auto opaqueRects = filledPages();
    const qsizetype opaquePdfFills = pageFills(file(figure, page, FigureFormat::Pdf));
    QVERIFY(opaquePdfFills > 0);
    page.transparent = true;
    QCOMPARE(corner().alpha(), 0);
    QCOMPARE(filledPages(), opaqueRects - 1);
    QCOMPARE(pageFills(file(figure, page, FigureFormat::Pdf)), opaquePdfFills - 1);
}

void PageLayoutTest::maskedCellsOfTransparentPagesAreEmpty()
{
    Page page = pageOf(120.0, 110.0, 96);
    const auto picture = [&] {
        return QImage::fromData(file(sample(causalMap()), page, FigureFormat::Png), "PNG")
            .convertToFormat(QImage::Format_ARGB32);
    };
    const QImage opaque = picture();
    page.transparent = true;
    const QImage transparent = picture();
    int white = 0, empty = 0;
    for (int y = 0; y < opaque.height(); ++y)
        for (int x = 0; x < opaque.width(); ++x)
            if (opaque.pixel(x, y) == qRgb(255, 255, 255)) {
                ++white;
                empty += qAlpha(transparent.pixel(x, y)) == 0 ? 1 : 0;
            }
    QVERIFY(white > opaque.width() * opaque.height() / 3);
    QVERIFY2(empty > 0.98 * white, qPrintable(QString("%1 of %2").arg(empty).arg(white)));
}

void PageLayoutTest::aFamilyThatIsMissingIsReplaced()
{
    Page page;
    QCOMPARE(usedFontFamily(page), figureFontFamily());
    page.fontFamily = "DejaVu Sans";
    QCOMPARE(usedFontFamily(page), QString("DejaVu Sans"));
    QVERIFY(rendered(sample(causalMap()), smallResult().experiment, page, FigureFormat::Svg).contains("DejaVu Sans"));
    page.fontFamily = "No Such Family 123";
    QCOMPARE(usedFontFamily(page), figureFontFamily());
}

void PageLayoutTest::svgSizesAreExact()
{
    const Figure figure = makeFigure(smallResult(), FigureKind::Profile);
    for (const auto& [width, text] : {std::pair(123.4, "width=\"123.4mm\""), std::pair(33.333, "width=\"33.333mm\""),
                                      std::pair(10.0, "width=\"10mm\""), std::pair(2000.0, "width=\"2000mm\"")}) {
        const QByteArray svg = file(figure, pageOf(width, 60.0));
        QVERIFY2(svg.contains(text), svg.left(400).constData());
        QVERIFY(svg.contains("height=\"60mm\""));
    }
}

void PageLayoutTest::pdfSizesAreWithinHalfAPoint()
{
    const Figure figure = makeFigure(smallResult(), FigureKind::Profile);
    for (const double width : {10.0, 33.333, 85.0, 123.4, 2000.0}) {
        const QByteArray pdf = file(figure, pageOf(width, 61.3), FigureFormat::Pdf);
        static const QRegularExpression box("/MediaBox \\[0 0 ([0-9.]+) ([0-9.]+)\\]");
        const auto found = box.match(QString::fromLatin1(pdf));
        QVERIFY(found.hasMatch());
        QVERIFY(std::abs(found.captured(1).toDouble() - width / mmPerInch * 72.0) <= 0.501);
        QVERIFY(std::abs(found.captured(2).toDouble() - 61.3 / mmPerInch * 72.0) <= 0.501);
    }
}

void PageLayoutTest::gifOfOnePictureIsRefused()
{
    QVERIFY_EXCEPTION_THROWN(file(sample(causalMap()), pageOf(100.0, 100.0), FigureFormat::Gif), InputError);
}

QTEST_MAIN(PageLayoutTest)
#include "page_layout.moc"
