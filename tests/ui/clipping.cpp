// SPDX-License-Identifier: GPL-3.0-or-later
// Curves that leave their axes end there in files: SVG knows no clipping here, so shapes end by arithmetic.

#include "core/experiment/presets.h"
#include "tests/ui/figure_files.h"
#include "ui/plot/ink/theme.h"

#include <QColor>
#include <QPolygonF>
#include <QRegularExpression>
#include <QTest>
#include <QTransform>
#include <QXmlStreamReader>

#include <cmath>

using namespace posbias;
using namespace posbias::ui;

namespace {

constexpr std::int64_t offsets = 200;

/// A shape of a picture, in the picture's units.
struct Shape {
    QColor stroke, fill;  ///< invalid: none
    double width = 0.0;   ///< of its line
    QPolygonF points;
};

QColor colourOf(const QXmlStreamAttributes& attributes, const char* name)
{
    const QString text = attributes.value(QLatin1String(name)).toString();
    return text == QLatin1String("none") ? QColor() : QColor(text);
}

QTransform transformOf(const QXmlStreamAttributes& attributes)
{
    static const QRegularExpression number(QStringLiteral("[-+0-9.e]+"));
    std::vector<double> m;
    auto found = number.globalMatch(attributes.value(QLatin1String("transform")).toString().mid(7));  // matrix(
    while (found.hasNext())
        m.push_back(found.next().captured().toDouble());
    return m.size() == 6 ? QTransform(m[0], m[1], m[2], m[3], m[4], m[5]) : QTransform();
}

QPolygonF pointsOf(const QXmlStreamAttributes& attributes)
{
    static const QRegularExpression pair(QStringLiteral("([-+0-9.e]+)[, ]([-+0-9.e]+)"));
    QPolygonF points;
    const QString text =
        attributes.value(QLatin1String("d")).toString() + attributes.value(QLatin1String("points")).toString();
    auto found = pair.globalMatch(text);
    while (found.hasNext()) {
        const auto match = found.next();
        points << QPointF(match.captured(1).toDouble(), match.captured(2).toDouble());
    }
    return points;
}

/// Paths and polylines of a picture; Qt writes groups with pen, brush and transform about them.
std::vector<Shape> shapesOf(const QByteArray& svg)
{
    std::vector<Shape> shapes;
    std::vector<QXmlStreamAttributes> groups{{}};
    for (QXmlStreamReader xml(svg); !xml.atEnd(); xml.readNext()) {
        if (xml.isStartElement() && xml.name() == QLatin1String("g"))
            groups.push_back(xml.attributes());
        else if (xml.isEndElement() && xml.name() == QLatin1String("g"))
            groups.pop_back();
        else if (xml.isStartElement() &&
                 (xml.name() == QLatin1String("path") || xml.name() == QLatin1String("polyline"))) {
            const QXmlStreamAttributes& group = groups.back();
            const QTransform transform = transformOf(group);
            const bool filled = xml.attributes().value(QLatin1String("fill")) != QLatin1String("none");
            shapes.push_back({colourOf(group, "stroke"), filled ? colourOf(group, "fill") : QColor(),
                              group.value(QLatin1String("stroke-width")).toDouble() * transform.m11(),
                              transform.map(pointsOf(xml.attributes()))});
        }
    }
    return shapes;
}

/// From left to right as its grid, from top to bottom as its dashed line.
QRectF plotOf(const std::vector<Shape>& shapes, const Theme& theme)
{
    QRectF across, down;
    for (const Shape& shape : shapes) {
        const QRectF box = shape.points.boundingRect();
        if (shape.stroke == QColor(theme.grid.rgb()) && box.width() > across.width())
            across = box;
        if (shape.stroke == QColor(theme.line.rgb()) && box.height() > down.height())
            down = box;
    }
    return {across.left(), down.top(), across.width(), down.height()};
}

/// Whatever has the colour of scheme A and reaches the plot lies within it.
void verifyInside(const Figure& figure)
{
    const Theme colours = theme(ThemeName::Light);
    const QByteArray svg =
        rendered(figure, findPreset("past-training")->experiment, pageOf(120, 80), FigureFormat::Svg);
    const std::vector<Shape> shapes = shapesOf(svg);
    const QRectF plot = plotOf(shapes, colours);
    QVERIFY2(plot.width() > 50000.0 && plot.height() > 30000.0, svg.left(2000).constData());  // thousandths of a mm
    int lines = 0, bands = 0;
    for (const Shape& shape : shapes) {
        const QColor role(colours.of(Role::A).rgb());
        if ((shape.stroke != role && shape.fill != role) || shape.points.boundingRect().bottom() < plot.top())
            continue;  // the legend's lines are over the plot
        lines += shape.stroke == role;
        bands += shape.fill == role;
        const double room = std::max(shape.width, 300.0);
        for (const QPointF& point : shape.points)
            QVERIFY2(plot.adjusted(-room, -room, room, room).contains(point),
                     qPrintable(QStringLiteral("%1, %2 of %3 x %4 at %5, %6")
                                    .arg(point.x())
                                    .arg(point.y())
                                    .arg(plot.width())
                                    .arg(plot.height())
                                    .arg(plot.left())
                                    .arg(plot.top())));
    }
    QVERIFY(lines > 0 && bands > 0);
}

std::shared_ptr<const CurveSource> wave(double raised)
{
    OffsetValues values({0, offsets - 1});
    for (std::int64_t d = 0; d < offsets; ++d)
        values[d] = std::sin(static_cast<double>(d) * 0.2) * 3.0 + raised;
    return valueCurve(values);
}

Figure curves(bool steps, bool dashed)
{
    Figure figure;
    figure.length = offsets;
    figure.trainingLength = offsets / 2;
    figure.offsetAxis = {{0, offsets - 1}, false, OffsetRange{0, offsets / 2 - 1}};
    CurvePanel panel{"Bias by offset", AxisKind::Offset, false, {}};
    panel.curves = {{"A per-offset", Role::A, steps, dashed, wave(0.0), wave(-0.5), wave(0.5)}};
    panel.span = AxisSpan{-1.0, 2.0};
    figure.rows = {{{panel}, 1.0}};
    return figure;
}

Figure chart(AxisScale scale)
{
    Figure figure;
    ChartPanel panel;
    panel.title = "Distance";
    panel.x = {"length", "n", AxisScale::Linear, false, AxisSpan{20.0, 150.0}};
    panel.y = {"distance", "d", scale, false, AxisSpan{2.0, 8.0}};
    Series series{"A", "A", Role::A, SeriesLine::Solid, true, {}, {}, {}, {}};
    for (int k = 1; k < offsets; ++k) {
        const double value = 5.0 + 4.5 * std::sin(k * 0.3);
        series.x.push_back(k);
        series.y.push_back(value);
        series.low.push_back(value * 0.8);
        series.high.push_back(value * 1.2);
    }
    panel.series = {series};
    panel.marks = {{MarkKind::TrainingLength, 100.0, 0.0, "L", Role::Neutral}};
    figure.rows = {{{panel}, 1.0}};
    return figure;
}

}  // namespace

class ClippingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void curvesEndAtTheirAxes_data();
    void curvesEndAtTheirAxes();
    void seriesEndAtTheirAxes_data();
    void seriesEndAtTheirAxes();
};

void ClippingTest::curvesEndAtTheirAxes_data()
{
    QTest::addColumn<bool>("steps");
    QTest::addColumn<bool>("dashed");
    QTest::newRow("line") << false << false;
    QTest::newRow("dashed line") << false << true;
    QTest::newRow("steps") << true << false;
}

void ClippingTest::curvesEndAtTheirAxes()
{
    QFETCH(const bool, steps);
    QFETCH(const bool, dashed);
    verifyInside(curves(steps, dashed));
}

void ClippingTest::seriesEndAtTheirAxes_data()
{
    QTest::addColumn<AxisScale>("scale");
    QTest::newRow("linear") << AxisScale::Linear;
    QTest::newRow("logarithmic") << AxisScale::Logarithmic;
    QTest::newRow("from zero") << AxisScale::FromZero;
}

void ClippingTest::seriesEndAtTheirAxes()
{
    QFETCH(const AxisScale, scale);
    verifyInside(chart(scale));
}

QTEST_MAIN(ClippingTest)
#include "clipping.moc"
