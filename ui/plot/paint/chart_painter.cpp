// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/paint/chart_painter.h"

#include "ui/plot/layout/chart_axis.h"
#include "ui/plot/paint/clipped_lines.h"
#include "ui/plot/paint/map_painter.h"
#include "ui/plot/paint/panel_heading.h"
#include "ui/plot/paint/scheme_marks.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace posbias::ui {
namespace {

std::vector<double> pixels(const std::vector<double>& values, const ChartScale& scale, bool horizontal)
{
    std::vector<double> out;
    for (const double value : values)
        out.push_back(horizontal ? scale.x(value) : scale.y(value));
    return out;
}

void paintValueAxis(QPainter& painter, const PlotContext& context, const ChartPanel& panel, const PanelPlace& place)
{
    const double left = place.plot.x(), line = textHeight(context.fonts.tick);
    const double unit = place.plot.height() / (place.upper - place.lower);
    for (const Tick& tick : chartTicksY(panel, {place.lower, place.upper}, place.plot.height())) {
        const double y = place.plot.y() + (place.upper - tick.at) * unit;
        painter.setPen(QPen(isZeroLine(panel, tick) ? context.theme.faintText : context.theme.grid, 1.0));
        painter.drawLine(QLineF(left, crisp(y), left + place.plot.width(), crisp(y)));
        painter.setPen(QPen(context.theme.faintText, 1.0));
        painter.drawLine(QLineF(left - tickLength, crisp(y), left, crisp(y)));
        drawLabel(painter, context.fonts.tick, context.theme.faintText,
                  QRectF(left - tickLength - 103.0, y - line / 2.0, 100.0, line), Qt::AlignRight | Qt::AlignVCenter,
                  tick);
    }
}

void paintBand(QPainter& painter, const PlotContext& context, const Series& series, const ChartScale& scale)
{
    if (series.low.size() != series.x.size() || series.high.size() != series.x.size() || series.x.empty())
        return;
    std::vector<double> low = pixels(series.low, scale, false);
    for (double& y : low)
        y = std::isnan(y) ? scale.plot().bottom() : y;  // 0 is below every decade
    fillBand(painter, bandColour(seriesColour(context, series)), pixels(series.x, scale, true),
             pixels(series.high, scale, false), low, scale.plot());
}

void paintLine(QPainter& painter, const PlotContext& context, const Series& series, const ChartScale& scale)
{
    std::vector<QPointF> points;
    for (std::size_t k = 0; k < series.x.size(); ++k)
        points.emplace_back(scale.x(series.x[k]), scale.y(series.y[k]));
    painter.setPen(seriesPen(context, series));
    painter.setBrush(Qt::NoBrush);
    for (const QPolygonF& part : clipped(points, scale.plot()))
        painter.drawPolyline(part);
    if (!series.dots) {
        paintLineMarks(painter, context, series.scheme, seriesColour(context, series), points, scale.plot());
        return;
    }
    if (schemeMark(series.scheme).shape != SchemeMark::None) {
        for (const QPointF& point : points)
            if (scale.plot().contains(point))
                paintSchemeMark(painter, context, series.scheme, seriesColour(context, series), point);
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(seriesColour(context, series));
    const double radius = points.size() > 1 ? 1.8 : 3.5;
    for (const QPointF& point : points)
        if (scale.holds(point))
            painter.drawEllipse(point, radius, radius);
}

}  // namespace

bool isZeroLine(const ChartPanel& panel, const Tick& tick)
{
    const bool signedAxis = panel.y.scale == AxisScale::Linear || panel.y.scale == AxisScale::Signed;
    return tick.at == 0.0 && signedAxis;
}

ChartScale::ChartScale(const ChartPanel& panel, const PanelPlace& place)
    : m_panel(panel),
      m_plot(place.plot),
      m_lowerX(place.lowerX),
      m_perX(place.plot.width() / (place.upperX - place.lowerX)),
      m_upperY(place.upper),
      m_perY(place.plot.height() / (place.upper - place.lower))
{
}

double ChartScale::x(double value) const
{
    return m_plot.left() + (axisPosition(m_panel.x, value) - m_lowerX) * m_perX;
}

double ChartScale::y(double value) const
{
    return m_plot.top() + (m_upperY - axisPosition(m_panel.y, value)) * m_perY;
}

bool ChartScale::holds(const QPointF& point, double aside) const
{
    return std::isfinite(point.x()) && std::isfinite(point.y()) &&
           m_plot.adjusted(-aside, -aside, aside, aside).contains(point);
}

double ChartScale::valueAt(double px) const
{
    return axisValue(m_panel.x, m_lowerX + (px - m_plot.left()) / m_perX);
}

void paintAxisBreaks(QPainter& painter, const PlotContext& context, const PanelPlace& place,
                     const std::optional<AxisFloor>& floor, const std::optional<AxisCeiling>& ceiling)
{
    const double left = place.plot.x(), unit = place.plot.height() / (place.upper - place.lower);
    painter.setPen(QPen(context.theme.faintText, 1.0));
    const auto paint = [&](double from, double to) {
        const double y = place.plot.y() + (place.upper - (from + to) / 2.0) * unit;
        for (const double up : {-1.5, 1.5})
            painter.drawLine(QLineF(left - tickLength, y + up + 2.0, left + tickLength, y + up - 2.0));
    };
    if (floor && std::isfinite(floor->decades))
        paint(floor->at, floor->decades);
    if (ceiling)
        paint(ceiling->decades, ceiling->at);
}

void paintChartBackground(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t p)
{
    const ChartPanel& panel = context.panel<ChartPanel>(row, p);
    const PanelPlace& place = context.place(row, p);
    paintValueAxis(painter, context, panel, place);
    paintAxisBreaks(painter, context, place, panel.y.floor, panel.y.ceiling);
    const auto width = [&](const QString& text) { return textWidth(context.fonts.tick, text); };
    paintBottomAxis(painter, context, place, PlotX(place, place.lowerX, place.upperX),
                    chartTicksX(panel.x, chartRangeX(panel), place.plot.width(), width),
                    QString::fromStdString(panel.x.title));
    painter.setPen(QPen(context.theme.frame, 1.0));
    const double bottom = place.plot.y() + place.plot.height();
    painter.drawLine(QLineF(place.plot.x(), bottom - 0.5, place.plot.x() + place.plot.width(), bottom - 0.5));
}

void paintChartLines(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t p)
{
    const ChartPanel& panel = context.panel<ChartPanel>(row, p);
    const ChartScale scale(panel, context.place(row, p));
    for (const Series& series : panel.series)
        paintBand(painter, context, series, scale);
    for (const Series& series : panel.series)
        paintLine(painter, context, series, scale);
}

}  // namespace posbias::ui
