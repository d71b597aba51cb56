// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/paint/panel_heading.h"

#include "ui/plot/paint/curve_bands.h"
#include "ui/plot/paint/scheme_marks.h"

#include <algorithm>

namespace posbias::ui {
namespace {

constexpr double sampleWidth = 18.0;

QPen linePen(const PlotContext& context, const QColor& colour)
{
    const double width = 1.3 * std::max(1.0, context.fonts.tick.pixelSize() / 11.0);  // larger type, stronger lines
    return {colour, width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin};
}

QColor wordColour(const PlotContext& context, Role role)
{
    return schemeOf(role) ? context.theme.textOf(role) : context.theme.faintText;
}

/// The sample before a legend's words; returns their colour.
QColor paintSample(QPainter& painter, const PlotContext& context, const Panel& panel, const LegendItem& item,
                   const QRectF& rect)
{
    const double middle = crisp(rect.center().y());
    const auto line = [&](QPen pen) {
        pen.setCapStyle(Qt::FlatCap);
        painter.setPen(pen);
        painter.drawLine(QLineF(rect.left(), middle, rect.left() + sampleWidth, middle));
    };
    const QPointF sampleMiddle(rect.left() + sampleWidth / 2.0, middle);
    const QRectF patch(rect.left(), middle - 5.0, sampleWidth, 10.0);
    if (const auto* curves = std::get_if<CurvePanel>(&panel)) {
        if (item.kind == LegendItem::Band) {
            painter.fillRect(patch, bandColour(context.theme.faintText));
            return context.theme.faintText;
        }
        if (item.kind == LegendItem::Hatch) {
            const Role role = curves->hatched[item.index].role;
            paintHatched(painter, context, patch, role);
            return wordColour(context, role);
        }
        const Curve& curve = curves->curves[item.index];
        line(curvePen(context, curve));
        paintSchemeMark(painter, context, curve.scheme, context.theme.of(curve.role), sampleMiddle);
        return wordColour(context, curve.role);
    }
    if (const auto* chart = std::get_if<ChartPanel>(&panel)) {
        const Series& series = chart->series[item.index];
        line(seriesPen(context, series));
        paintSchemeMark(painter, context, series.scheme, seriesColour(context, series), sampleMiddle);
        return wordColour(context, series.role);
    }
    const Bar& bar = std::get<BarPanel>(panel).bars[item.index];
    paintBarShape(painter, context, bar, patch.adjusted(4.0, 0.0, 0.0, 0.0));
    return wordColour(context, bar.role);
}

}  // namespace

QPen curvePen(const PlotContext& context, const Curve& curve)
{
    QPen pen = linePen(context, context.theme.of(curve.role));
    if (curve.dashed)
        pen.setDashPattern({3.2, 2.4});
    return pen;
}

QColor seriesColour(const PlotContext& context, const Series& series)
{
    return series.role == Role::Neutral ? context.theme.faintText : context.theme.of(series.role);
}

QPen seriesPen(const PlotContext& context, const Series& series)
{
    QPen pen = linePen(context, seriesColour(context, series));
    if (series.line == SeriesLine::Dashed)
        pen.setDashPattern({3.2, 2.4});
    else if (series.line == SeriesLine::Dotted)
        pen.setDashPattern({1.2, 1.8});
    return pen;
}

QColor bandColour(const QColor& line)
{
    QColor colour = line;
    colour.setAlphaF(0.2f);
    return colour;
}

void paintBarShape(QPainter& painter, const PlotContext& context, const Bar& bar, const QRectF& rect)
{
    const QColor colour = context.theme.of(bar.role);
    if (bar.scheme % 2 == 0 || rect.width() < 3.0) {
        painter.fillRect(rect, colour);
        return;
    }
    painter.fillRect(rect, mixed(colour, context.theme.stage, 0.25));
    painter.setPen(QPen(colour, 1.4, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect.adjusted(0.7, 0.7, -0.7, -0.7));
}

void paintHeading(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t p)
{
    const Panel& panel = context.figure.rows[row].panels[p];
    const PanelPlace& place = context.place(row, p);
    drawLines(painter, context.fonts.section, context.theme.text, place.header, Qt::AlignLeft, place.title);
    const double line = textHeight(context.fonts.section);
    const auto isBehindWords = [&](const QRectF& words) {
        return !place.title.isEmpty() && words.left() > place.header.left();
    };
    QRectF unit = place.unit;
    for (const QString& text : place.unitLines) {
        const auto draw = isBehindWords(unit) ? drawFollowingText : drawText;
        draw(painter, context.fonts.tick, context.theme.faintText, unit, Qt::AlignLeft | Qt::AlignBottom, text);
        unit.translate(0.0, line);
    }
    const std::vector<LegendItem> items = legendItems(panel);
    for (const LegendPlace& legend : place.legend) {
        const LegendItem& item = items[legend.item];
        const bool sample = item.kind != LegendItem::Note;
        const QColor colour =
            sample ? paintSample(painter, context, panel, item, legend.rect) : context.theme.faintText;
        const auto draw = !sample && isBehindWords(legend.rect) ? drawFollowingText : drawText;
        QRectF words = legend.rect.adjusted(sample ? legendSample : 0.0, 0.0, 0.0, 0.0);
        for (const QString& text : legend.lines) {
            draw(painter, context.fonts.tick, colour, words, Qt::AlignLeft | Qt::AlignVCenter, text);
            words.translate(0.0, line);
        }
    }
}

}  // namespace posbias::ui
