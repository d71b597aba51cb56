// SPDX-License-Identifier: GPL-3.0-or-later
// Labels of axes at every length and zoom: none meets another, none is cut off.

#include "tests/ui/sample_figure.h"
#include "tests/ui/text_recorder.h"
#include "ui/plot/layout/chart_axis.h"
#include "ui/plot/paint/curve_painter.h"
#include "ui/plot/paint/map_painter.h"

#include <cmath>
#include <limits>
#include <map>
#include <random>

using namespace posbias;
using namespace posbias::ui;

namespace {

constexpr std::int64_t million = 1048576;

Figure figureOf(std::int64_t n, bool logarithmic = true)
{
    Figure figure = sample(std::make_shared<CountingMap>(n, Mask::Causal));
    figure.length = n;
    figure.trainingLength = std::min<std::int64_t>(512, n);
    figure.offsetAxis = {{0, n - 1}, logarithmic, {}};
    OffsetValues values({0, n - 1});
    values[n - 1] = -5.0;
    std::get<CurvePanel>(figure.rows[2].panels[0]).curves = {{"A", Role::A, true, false, valueCurve(values)}};
    figure.rows[0].panels.push_back(figure.rows[0].panels[0]);
    return figure;
}

PlotContext laidOut(const Figure& figure, const QSize& size, double base = 13.0)
{
    PlotContext context;
    context.figure = figure;
    context.fonts = Fonts(TypeSizes{base});
    context.geometry = layOut(figure, context.fonts, size);
    return context;
}

std::vector<DrawnText> wordsOf(const PlotContext& context)
{
    TextRecorder recorder(context.geometry.size);
    QPainter painter(&recorder);
    for (std::size_t p = 0; p < context.figure.rows[0].panels.size(); ++p)
        paintMapWords(painter, context, {0, p, p});
    paintColourBars(painter, context);
    paintCurveBackground(painter, context, 2, 0);
    painter.end();
    return recorder.texts;
}

QStringList textsOf(const std::vector<Tick>& ticks)
{
    QStringList texts;
    for (const Tick& tick : ticks)
        texts.append(tick.text);
    return texts;
}

double sevenPixels(const QString& text)
{
    return 7.0 * static_cast<double>(text.size());
}

}  // namespace

class AxisLabelsTest : public QObject {
    Q_OBJECT

private slots:
    void labelsNeitherMeetNorLeaveThePicture_data();
    void labelsNeitherMeetNorLeaveThePicture();
    void everyAxisHasLabels_data() { labelsNeitherMeetNorLeaveThePicture_data(); }
    void everyAxisHasLabels();
    void wholeThousandsAreShort();
    void deepZoomsNameExactPositions();
    void largeCellsAreNamedInTheirMiddle();
    void longOffsetAxesCountInDecades();
    void theLastOffsetIsExact();
    void valuesThatDifferByRoundingAloneHaveAnAxis();
    void everyRangeOfValuesHasTwoLabels();
    void everyRangeOfCellsAndOffsetsHasTwoLabels();
};

void AxisLabelsTest::labelsNeitherMeetNorLeaveThePicture_data()
{
    QTest::addColumn<qint64>("n");
    QTest::addColumn<double>("from");
    QTest::addColumn<double>("side");
    QTest::addColumn<double>("base");
    for (const qint64 n : {1LL, 2LL, 8LL, 50LL, 1000LL, 4096LL, 65536LL, 1048576LL})
        for (const double base : {13.0, 26.0}) {
            QTest::addRow("n %lld whole, type %g", n, base) << n << 0.0 << double(n) << base;
            for (const double side : {4.0, 10.0, 37.5, 300.0, 5000.0, 100000.0})
                if (side < double(n))
                    for (const double from : {0.0, 0.37 * (double(n) - side), double(n) - side})
                        QTest::addRow("n %lld, %g from %g, type %g", n, side, from, base) << n << from << side << base;
        }
}

void AxisLabelsTest::labelsNeitherMeetNorLeaveThePicture()
{
    QFETCH(qint64, n);
    QFETCH(double, from);
    QFETCH(double, side);
    QFETCH(double, base);
    static std::map<qint64, Figure> figures;
    if (!figures.contains(n))
        figures[n] = figureOf(n);
    Figure figure = figures[n];
    figure.visible = CellRect{from / 2.0, from / 2.0 + side, from, from + side};
    const QSize size = base > 20.0 ? QSize(1500, 1000) : QSize(900, 700);
    const std::vector<DrawnText> words = wordsOf(laidOut(figure, size, base));
    for (std::size_t a = 0; a < words.size(); ++a) {
        QVERIFY2(QRectF(QPointF(), size).contains(words[a].rect), qPrintable(words[a].text + " is cut off"));
        for (std::size_t b = 0; b < a; ++b)
            QVERIFY2(!words[a].rect.intersects(words[b].rect), qPrintable(words[a].text + " meets " + words[b].text));
    }
}

void AxisLabelsTest::everyAxisHasLabels()
{
    QFETCH(double, from);
    QFETCH(double, side);
    for (const double pixels : {90.0, 150.0, 400.0}) {
        const double step = cellStep(from, from + side, pixels, sevenPixels);
        const auto ticks = cellTicks(from, from + side, step, pixels / side >= 12.0);
        QVERIFY(!ticks.empty());
        for (std::size_t k = 0; k + 1 < ticks.size(); ++k)
            QVERIFY((ticks[k + 1].at - ticks[k].at) / side * pixels >
                    (sevenPixels(ticks[k].text) + sevenPixels(ticks[k + 1].text)) / 2.0);
    }
}

void AxisLabelsTest::wholeThousandsAreShort()
{
    QCOMPARE(textsOf(cellTicks(0.0, 65536.0, 20000.0)).join(' '), QStringLiteral("0 20k 40k 60k"));
    QCOMPARE(textsOf(cellTicks(0.0, million, 200000.0)).join(' '), QStringLiteral("0 200k 400k 600k 800k 1M"));
    QCOMPARE(textsOf(cellTicks(900000.0, 1.4e6, 100000.0)).join(' '), QStringLiteral("900k 1M 1.1M 1.2M 1.3M 1.4M"));
    QCOMPARE(textsOf(cellTicks(0.0, 4096.0, 1000.0)).join(' '), QStringLiteral("0 1000 2000 3000 4000"));
    QCOMPARE(textsOf(cellTicks(0.0, 10000.0, 2500.0)).join('|'), QStringLiteral("0|2500|5000|7500|10\u2009000"));
    // In one manner, and nothing left out.
    QCOMPARE(textsOf(cellTicks(1040000.0, 1048576.0, 2000.0)).join(' '),
             QStringLiteral("1040k 1042k 1044k 1046k 1048k"));
}

void AxisLabelsTest::deepZoomsNameExactPositions()
{
    QCOMPARE(textsOf(cellTicks(1048000.6, 1048010.0, 5.0, true)).join('|'), QStringLiteral("1\u2009048\u2009005"));
    QCOMPARE(textsOf(cellTicks(1048000.0, 1048010.5, 5.0, true)).join('|'),
             QStringLiteral("1\u2009048\u2009000|1\u2009048\u2009005|1\u2009048\u2009010"));
}

void AxisLabelsTest::largeCellsAreNamedInTheirMiddle()
{
    const auto ticks = cellTicks(0.0, 8.0, 1.0, true);
    QCOMPARE(textsOf(ticks).join(' '), QStringLiteral("0 1 2 3 4 5 6 7"));
    QCOMPARE(ticks[3].at, 3.5);
}

void AxisLabelsTest::longOffsetAxesCountInDecades()
{
    const auto ticks = offsetTicks({{0, million - 1}, true, {}}, 1000.0, sevenPixels);
    const QStringList texts = textsOf(ticks);
    for (const char* text : {"0", "1", "2", "5", "10", "100", "1k", "2k", "10k", "100k"})
        QVERIFY2(texts.contains(QLatin1String(text)), text);
    const QStringList narrow = textsOf(offsetTicks({{0, million - 1}, true, {}}, 400.0, sevenPixels));
    QVERIFY(narrow.contains("10k") && !narrow.contains("2k"));
    const QStringList both = textsOf(offsetTicks({{1 - million, million - 1}, true, {}}, 900.0, sevenPixels));
    QVERIFY(both.contains(QStringLiteral("\u221210k")) && both.contains("10k"));
}

void AxisLabelsTest::theLastOffsetIsExact()
{
    for (const bool logarithmic : {true, false})
        QCOMPARE(offsetTicks({{0, million - 1}, logarithmic, {}}, 700.0, sevenPixels).back().text,
                 QStringLiteral("1\u2009048\u2009575"));
}

void AxisLabelsTest::valuesThatDifferByRoundingAloneHaveAnAxis()
{
    for (const double value : {0.1, -3.0, 1e16, 5e-9, 1e300}) {
        ChartPanel panel;
        Series series;
        series.x = {value, std::nextafter(value, 1e308)};
        series.y = series.x;
        panel.series = {series};
        const ValueRange range = chartRangeX(panel);
        QVERIFY(range.max > range.min);
        QVERIFY(chartTicksX(panel.x, range, 300.0, sevenPixels).size() < 100);
        QVERIFY(chartTicksY(panel, chartRangeY(panel), 300.0).size() < 100);
        QVERIFY(valueTicks(series.x[0], series.x[1], 300.0, 50.0).size() < 100);
    }
    const double infinite = std::numeric_limits<double>::infinity();
    for (const auto& [lower, upper] :
         {std::pair(-infinite, 2.0), std::pair(0.0, infinite), std::pair(std::nan(""), 1.0)}) {
        QVERIFY(valueTicks(lower, upper, 300.0, 50.0).empty());
        QVERIFY(decadeTicks(lower, upper, 300.0, 50.0).empty());
    }
}

void AxisLabelsTest::everyRangeOfValuesHasTwoLabels()
{
    std::mt19937_64 random(7);
    const auto unit = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
    for (int trial = 0; trial < 20000; ++trial) {
        const double low = -8.0 + 14.0 * unit(), high = low + std::pow(10.0, -2.5 + 4.0 * unit());
        const double pixels = 52.0 + 400.0 * unit(), spacing = trial % 2 ? 20.0 : 24.0;
        const auto check = [&](const std::vector<Tick>& ticks, const char* kind) {
            const QString what = QString("%1: %2 to %3 on %4 px").arg(kind).arg(low).arg(high).arg(pixels);
            QVERIFY2(ticks.size() >= 2, qPrintable(what));
            for (std::size_t k = 0; k < ticks.size(); ++k) {
                QVERIFY2(ticks[k].at >= low - 1e-9 && ticks[k].at <= high + 1e-9, qPrintable(what));
                QVERIFY(!ticks[k].text.isEmpty());
                if (k > 0)
                    QVERIFY2((ticks[k].at - ticks[k - 1].at) * pixels / (high - low) >= 9.0, qPrintable(what));
            }
        };
        check(logTicks(low, high, pixels, spacing), "logarithmic");
        check(valueTicks(low, high, pixels, 1.6 * spacing), "linear");
    }
}

void AxisLabelsTest::everyRangeOfCellsAndOffsetsHasTwoLabels()
{
    for (const std::int64_t n : {2, 3, 5, 8, 13, 100, 1000}) {
        for (const double pixels : {90.0, 200.0, 500.0}) {
            const double last = static_cast<double>(n);
            QVERIFY(cellTicks(0.0, last, cellStep(0.0, last, pixels, sevenPixels), true, pixels, sevenPixels).size() >
                    1);
            for (const bool logarithmic : {false, true})
                QVERIFY(offsetTicks({{0, n - 1}, logarithmic, {}}, pixels, sevenPixels).size() > 1);
            QVERIFY2(countTicks(std::log10(2.0), std::log10(last + 1.0), false, pixels, sevenPixels).size() > 1,
                     qPrintable(QString::number(n)));
            QVERIFY(countTicks(0.0, std::log10(1.0 + last), true, pixels, sevenPixels).size() > 1);
        }
        for (double side = 2.0; side < static_cast<double>(n); side *= 1.7) {
            const double from = 0.37 * (static_cast<double>(n) - side);
            const double step = cellStep(from, from + side, 200.0, sevenPixels);
            const bool several = std::floor(from + side - 0.5) > std::ceil(from - 0.5);
            const auto ticks = cellTicks(from, from + side, step, true, 200.0, sevenPixels);
            QVERIFY2(!several || ticks.size() > 1, qPrintable(QString("%1 from %2").arg(side).arg(from)));
        }
    }
}

QTEST_MAIN(AxisLabelsTest)
#include "axis_labels.moc"
