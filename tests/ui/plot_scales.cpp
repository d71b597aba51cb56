// SPDX-License-Identifier: GPL-3.0-or-later
// Ticks, thinned curves and colours: the arithmetic of plots.

#include "ui/plot/ink/colour_map.h"
#include "ui/plot/ink/theme.h"
#include "ui/plot/ink/ticks.h"
#include "ui/plot/layout/value_range.h"
#include "ui/plot/paint/curve_painter.h"
#include "ui/plot/paint/curve_thinning.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace posbias;
using namespace posbias::ui;

class PlotScalesTest : public QObject {
    Q_OBJECT

private slots:
    void offsetTicksArePowersOfTwoAndTheEnd();
    void offsetTicksBothWaysAreSymmetric();
    void tickLabelsNeverMeet_data();
    void tickLabelsNeverMeet();
    void thinnedCurvesKeepEveryExtreme();
    void stepsStandWhereTheyChange();
    void fewOffsetsAreAllDrawn();
    void partOfAnAxisCutsCurvesAtItsEnds();
    void logarithmicCurvesHaveGapsAtZero();
    void valuesRangeOverWhatIsShown();
    void zerosOfALogarithmicCurveStandOnTheirLine();
    void crossedBoxesAreThoseThatACurvePassesThrough();
    void logarithmicScalesMapDecadesEvenly();
    void divergingScalesAreLightInTheMiddle();
    void wordsCanBeRead();
};

namespace {

AxisMap linear(double lower, double upper)
{
    return {[](double x) { return x; }, [](double x) { return x; }, lower, upper};
}

}  // namespace

void PlotScalesTest::offsetTicksArePowersOfTwoAndTheEnd()
{
    QStringList texts;
    for (const Tick& tick :
         offsetTicks({{0, 999}, true, {}}, 750.0, [](const QString& t) { return 6.5 * static_cast<double>(t.size()); }))
        texts.append(tick.text);
    QCOMPARE(texts.join(' '), QStringLiteral("0 1 2 4 8 16 32 64 128 256 512 999"));
}

void PlotScalesTest::offsetTicksBothWaysAreSymmetric()
{
    const auto ticks = offsetTicks({{-999, 999}, true, {}}, 750.0,
                                   [](const QString& t) { return 6.5 * static_cast<double>(t.size()); });
    QStringList texts;
    for (const Tick& tick : ticks)
        texts.append(tick.text);
    for (int power = 1; power <= 256; power *= 2) {
        QVERIFY(texts.contains(QString::number(power)));
        QVERIFY(texts.contains(QChar(0x2212) + QString::number(power)));
    }
    QCOMPARE(texts.first(), QChar(0x2212) + QStringLiteral("999"));
    QCOMPARE(texts.last(), QStringLiteral("999"));
}

void PlotScalesTest::tickLabelsNeverMeet_data()
{
    QTest::addColumn<qint64>("first");
    QTest::addColumn<qint64>("last");
    QTest::addColumn<bool>("logarithmic");
    for (bool logarithmic : {true, false})
        for (const auto& [first, last] :
             {std::pair<qint64, qint64>{0, 0}, {0, 7}, {0, 512}, {0, 1048575}, {-7, 7}, {-1048575, 1048575}})
            QTest::addRow("%lld..%lld %s", static_cast<long long>(first), static_cast<long long>(last),
                          logarithmic ? "log" : "linear")
                << first << last << logarithmic;
}

void PlotScalesTest::tickLabelsNeverMeet()
{
    QFETCH(qint64, first);
    QFETCH(qint64, last);
    QFETCH(bool, logarithmic);
    const OffsetAxis axis{{first, last}, logarithmic, {}};
    const OffsetScale scale(axis);
    const auto width = [](const QString& t) { return 6.5 * static_cast<double>(t.size()); };
    for (double pixels : {120.0, 430.0, 1900.0}) {
        const auto ticks = offsetTicks(axis, pixels, width);
        QVERIFY(ticks.size() >= (first == last ? 1u : 2u));
        for (std::size_t k = 0; k + 1 < ticks.size(); ++k) {
            const double apart = (ticks[k + 1].at - ticks[k].at) / (scale.upper() - scale.lower()) * pixels;
            QVERIFY(apart > (width(ticks[k].text) + width(ticks[k + 1].text)) / 2.0);
        }
    }
}

void PlotScalesTest::thinnedCurvesKeepEveryExtreme()
{
    OffsetValues values({0, 9999});
    for (int k = 0; k < 10000; ++k)
        values[k] = std::sin(0.37 * k) + (k == 7777 ? 50.0 : 0.0) - (k == 1234 ? 50.0 : 0.0);
    const Curve curve{"", Role::A, false, false, valueCurve(values)};
    const CurvePoints points = thinned(curve, linear(0.0, 10000.0), false, 100);
    QVERIFY(points.x.size() <= 400);
    QVERIFY(std::is_sorted(points.x.begin(), points.x.end()));
    QCOMPARE(points.x.front(), 0.5);  // a line passes through the middle of each offset's place
    QCOMPARE(points.x.back(), 9999.5);
    for (std::size_t k = 0; k < points.x.size(); ++k)
        QCOMPARE(points.y[k], values[static_cast<std::int64_t>(points.x[k])]);
    for (int column = 0; column < 100; ++column) {  // the same stretch of y is covered in every column
        double low = 1e9, high = -1e9, thinLow = 1e9, thinHigh = -1e9;
        for (std::int64_t k = 100 * column; k < 100 * (column + 1); ++k) {
            low = std::min(low, values[k]);
            high = std::max(high, values[k]);
        }
        for (std::size_t k = 0; k < points.x.size(); ++k)
            if (static_cast<int>(points.x[k]) / 100 == column) {
                thinLow = std::min(thinLow, points.y[k]);
                thinHigh = std::max(thinHigh, points.y[k]);
            }
        QCOMPARE(thinLow, low);
        QCOMPARE(thinHigh, high);
    }
}

void PlotScalesTest::stepsStandWhereTheyChange()
{
    // However many offsets a pixel has: three levels need three points and an end.
    OffsetValues values({0, 999999});
    for (std::int64_t d = 0; d < 1000000; ++d)
        values[d] = d < 123456 ? 3.0 : d < 765432 ? -1.0 : 2.0;
    const CurvePoints points = thinned({"", Role::A, true, false, valueCurve(values)}, linear(0.0, 1e6), false, 750);
    QCOMPARE(points.x, (std::vector<double>{0.0, 123456.0, 765432.0, 1e6}));
    QCOMPARE(points.y, (std::vector<double>{3.0, -1.0, 2.0, 2.0}));
}

void PlotScalesTest::fewOffsetsAreAllDrawn()
{
    OffsetValues values({0, 29});
    for (std::int64_t d = 0; d < 30; ++d)
        values[d] = static_cast<double>((d * 7) % 11);
    const CurvePoints points = thinned({"", Role::A, true, false, valueCurve(values)}, linear(0.0, 30.0), false, 10);
    QCOMPARE(points.x.size(), std::size_t{31});
    for (std::size_t d = 0; d < 30; ++d) {
        QCOMPARE(points.x[d], static_cast<double>(d));
        QCOMPARE(points.y[d], values[static_cast<std::int64_t>(d)]);
    }
}

void PlotScalesTest::partOfAnAxisCutsCurvesAtItsEnds()
{
    OffsetValues values({-50, 49});
    for (std::int64_t d = -50; d < 50; ++d)
        values[d] = static_cast<double>(d);
    const auto source = valueCurve(values);
    const CurvePoints steps = thinned({"", Role::A, true, false, source}, linear(-10.5, 10.5), false, 30);
    QCOMPARE(steps.x.front(), -10.5);
    QCOMPARE(steps.y.front(), -11.0);
    QCOMPARE(steps.x.back(), 10.5);
    QCOMPARE(steps.y.back(), 10.0);
    const CurvePoints line = thinned({"", Role::A, false, false, source}, linear(-10.25, 10.25), false, 30);
    QCOMPARE(line.x.front(), -10.25);
    QCOMPARE(line.y.front(), -10.75);
    QCOMPARE(line.x.back(), 10.25);
    QCOMPARE(line.y.back(), 9.75);
    for (const double away : {-500.0, 500.0})
        for (const bool asSteps : {false, true})
            QVERIFY(thinned({"", Role::A, asSteps, false, source}, linear(away, away + 9.0), false, 30).x.empty());
}

void PlotScalesTest::logarithmicCurvesHaveGapsAtZero()
{
    // 10 up to offset 300, nothing, 1000 from 1700 on; wide columns and narrow ones.
    OffsetValues values({0, 1999}, 10.0);
    for (std::int64_t d = 300; d < 2000; ++d)
        values[d] = d < 1700 ? 0.0 : 1000.0;
    const Curve curve{"", Role::A, true, false, valueCurve(values)};
    for (const int columns : {20, 21, 1000}) {
        const CurvePoints points = thinned(curve, linear(0.0, 2000.0), true, columns);
        QCOMPARE(points.x, (std::vector<double>{0.0, 300.0, 1700.0, 2000.0}));
        QCOMPARE(points.y[0], 1.0);
        QVERIFY(std::isnan(points.y[1]));  // a step as high as before ends here
        QCOMPARE(points.y[2], 3.0);
        QCOMPARE(points.y[3], 3.0);
    }
}

void PlotScalesTest::valuesRangeOverWhatIsShown()
{
    OffsetValues values({0, 99});
    values[7] = 1e-5;
    values[8] = 100.0;
    const CurvePanel panel{"", AxisKind::Offset, true, {{"", Role::A, true, false, valueCurve(values)}}};
    QCOMPARE(valueRange(panel).min, -5.0);
    QCOMPARE(valueRange(panel).max, 2.0);
    CurvePanel plain = panel;
    plain.yLogarithmic = false;
    QCOMPARE(valueRange(plain).min, 0.0);
}

void PlotScalesTest::zerosOfALogarithmicCurveStandOnTheirLine()
{
    OffsetValues values({0, 99});
    for (std::int64_t d = 0; d < 100; ++d)
        values[d] = d < 60 ? 1.0 + static_cast<double>(d) : 0.0;
    CurvePanel panel{"", AxisKind::Offset, true, {{"", Role::A, true, false, valueCurve(values)}}};
    panel.floor = AxisFloor{-0.5, 0.0, 0.0};
    QCOMPARE(valueRange(panel).min, -0.5);
    const CurvePoints points = thinned(panel.curves[0], linear(0.0, 100.0), true, 200, panel.floor);
    QVERIFY(std::ranges::none_of(points.y, [](double y) { return std::isnan(y); }));
    QCOMPARE(points.y.back(), -0.5);
    const std::vector<Tick> ticks = curveTicks(panel, valueRange(panel), 200.0);
    QCOMPARE(ticks.front().text, QString("0"));
    QCOMPARE(ticks.front().at, -0.5);
    QVERIFY(ticks.size() > 1 && ticks[1].at >= 0.0);
}

void PlotScalesTest::crossedBoxesAreThoseThatACurvePassesThrough()
{
    OffsetValues values({0, 199});
    for (std::int64_t d = 0; d < 200; ++d)
        values[d] = 10.0 * std::sin(0.1 * static_cast<double>(d)) + static_cast<double>(d % 3);
    const auto source = valueCurve(values);
    for (const bool steps : {false, true}) {
        const Curve curve{"", Role::A, steps, false, source};
        const auto place = [&](std::int64_t d) { return static_cast<double>(d) + (steps ? 0.0 : 0.5); };
        for (double fromX = -7.3; fromX < 210.0; fromX += 2.7)
            for (double fromY = -13.1; fromY < 14.0; fromY += 1.9) {
                const double toX = fromX + 5.0, toY = fromY + 1.5;
                bool crossed = false;  // piece by piece, from the last point before the box
                for (std::int64_t d = 0; d < 200; ++d) {
                    const double next = d < 199 ? place(d + 1) : place(d) + (steps ? 1.0 : 0.0);
                    if (next <= fromX || (steps ? place(d) > toX : place(d) >= toX))
                        continue;
                    const double a = values[d], b = d < 199 && (!steps || next <= toX) ? values[d + 1] : a;
                    crossed = crossed || (std::max(a, b) >= fromY && std::min(a, b) <= toY);
                }
                QCOMPARE(curveCrosses(curve, false, fromX, toX, fromY, toY), crossed);
            }
    }
}

void PlotScalesTest::logarithmicScalesMapDecadesEvenly()
{
    const ColourScale scale{"attention", ColourMapName::Viridis, 1e-4, 1.0, true};
    const ColourScale exponents{"exponent", ColourMapName::Viridis, -4.0, 0.0, false};
    for (double exponent : {-3.7, -2.5, -1.1, -0.2})
        QCOMPARE(colourOf(std::pow(10.0, exponent), scale), colourOf(exponent, exponents));
    QCOMPARE(colourOf(0.0, scale), colourOf(1e-4, scale));
    QCOMPARE(colourOf(1e-9, scale), colourOf(1e-4, scale));
    QCOMPARE(colourOf(7.0, scale), colourOf(1.0, scale));
}

void PlotScalesTest::divergingScalesAreLightInTheMiddle()
{
    const ColourScale scale{"difference", ColourMapName::RedBlue, -6.0, 6.0, false, true};
    QVERIFY(QColor(colourOf(0.0, scale)).lightnessF() > 0.94f);
    const QColor low(colourOf(-5.0, scale)), high(colourOf(5.0, scale));
    QVERIFY(low.blue() > 2 * low.red());
    QVERIFY(high.red() > 2 * high.blue());
}

void PlotScalesTest::wordsCanBeRead()
{
    // WCAG 2.1 AA: a contrast of 4.5.
    const auto luminance = [](const QColor& c) {
        const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
        return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
    };
    const auto contrast = [&](const QColor& one, const QColor& other) {
        const double a = luminance(one), b = luminance(other);
        return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
    };
    for (ThemeName name : {ThemeName::Light, ThemeName::Dark})
        for (const Theme& t : {theme(name), fileTheme(name), fileTheme(name, true)}) {
            QList<QColor> words{t.text, t.faintText, t.warning, t.error};
            for (std::size_t s = 0; s < schemeColours; ++s)
                words << t.textOf(schemeRole(s));
            for (const QColor& behind : {t.window, t.stage})
                for (const QColor& word : words)
                    QVERIFY2(contrast(word, behind) >= 4.5, qPrintable(word.name() + " on " + behind.name()));
            for (std::size_t s = 0; s < schemeColours; ++s) {
                const QColor colour = t.of(schemeRole(s));
                QVERIFY2(contrast(colour, t.stage) >= 3.0, qPrintable(colour.name()));
                for (int percent = 20; percent <= 100; ++percent) {  // numbers on ribbons, whatever their tint
                    const QColor band = mixed(colour, t.stage, 0.01 * percent);
                    QVERIFY2(contrast(wordsOn(band), band) >= 4.5, qPrintable(band.name()));
                }
                for (std::size_t other = 0; other < s; ++other)
                    QVERIFY(colour != t.of(schemeRole(other)));
            }
        }
}

QTEST_MAIN(PlotScalesTest)
#include "plot_scales.moc"
