// SPDX-License-Identifier: GPL-3.0-or-later
// Ticks, thinned curves and colours: the arithmetic of plots.

#include "ui/plot/colour_map.h"
#include "ui/plot/curve_thinning.h"
#include "ui/plot/theme.h"
#include "ui/plot/ticks.h"

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
    void logarithmicScalesMapDecadesEvenly();
    void divergingScalesAreLightInTheMiddle();
    void wordsCanBeRead();
};

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
    const ColourScale scale{"difference", ColourMapName::Diverging, -6.0, 6.0, false};
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
    for (ThemeName name : {ThemeName::Light, ThemeName::Dark}) {
        const Theme& t = theme(name);
        for (const QColor& behind : {t.window, t.stage})
            for (const QColor& words :
                 {t.text, t.faintText, t.textOf(Role::A), t.textOf(Role::B), t.warning, t.error}) {
                const double a = luminance(words), b = luminance(behind);
                QVERIFY2((std::max(a, b) + 0.05) / (std::min(a, b) + 0.05) >= 4.5, qPrintable(words.name()));
            }
    }
}

QTEST_MAIN(PlotScalesTest)
#include "plot_scales.moc"
