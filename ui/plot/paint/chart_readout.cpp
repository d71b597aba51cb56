// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/paint/chart_readout.h"

#include "ui/plot/paint/chart_painter.h"
#include "ui/plot/paint/panel_heading.h"
#include "ui/text/numbers.h"

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

struct Reading {
    const Series* series;
    double value;
};

/// Of all points the x nearest to the pointer.
std::optional<double> nearestX(const ChartPanel& panel, const ChartScale& scale, double pointer)
{
    std::optional<double> nearest;
    double least = HUGE_VAL;
    for (const Series& series : panel.series)
        for (const double x : series.x)
            if (const double aside = std::abs(scale.x(x) - pointer); aside < least) {
                least = aside;
                nearest = x;
            }
    return nearest;
}

/// Between points, on the line that joins them.
std::optional<double> valueAt(const Series& series, const ChartScale& scale, double x)
{
    const auto next = std::ranges::lower_bound(series.x, x);
    if (next == series.x.end())
        return {};
    const auto k = static_cast<std::size_t>(next - series.x.begin());
    if (*next == x)
        return series.y[k];
    if (k == 0)
        return {};
    const double from = scale.x(series.x[k - 1]), to = scale.x(*next);
    return std::lerp(series.y[k - 1], series.y[k], (scale.x(x) - from) / (to - from));
}

std::vector<Reading> readings(const ChartPanel& panel, const ChartScale& scale, double x)
{
    std::vector<Reading> found;
    for (const Series& series : panel.series)
        if (const auto value = valueAt(series, scale, x); value && std::isfinite(*value) && !series.name.empty())
            found.push_back({&series, *value});
    return found;
}

QString headText(const ChartAxis& axis, double x)
{
    const QString value = axis.wholeNumbers ? integer(std::llround(x)) : number(x, 3);
    return QStringLiteral("%1 = %2").arg(QString::fromStdString(axis.symbol), value);
}

/// Beside the pointer, within the plot.
QRectF boxAt(const QRectF& plot, double line, double pointerY, const QSizeF& size)
{
    constexpr double aside = 10.0;
    const bool right = line + aside + size.width() <= plot.right();
    const double x = right ? line + aside : std::max(plot.left(), line - aside - size.width());
    const double lowest = std::max(plot.top(), plot.bottom() - size.height());
    const double y = std::clamp(pointerY - size.height() / 2.0, plot.top(), lowest);
    return {std::round(x) + 0.5, std::round(y) + 0.5, size.width(), size.height()};
}

void paintBox(QPainter& painter, const PlotContext& context, const QRectF& plot, const QPointF& at, const QString& head,
              const std::vector<Reading>& found)
{
    const QFont& font = context.fonts.tick;
    const double line = textHeight(font) + 1.0, padding = 7.0;
    double names = 0.0, values = 0.0;
    for (const Reading& reading : found) {
        names = std::max(names, textWidth(font, QString::fromStdString(reading.series->name)));
        values = std::max(values, textWidth(font, number(reading.value, 3)));
    }
    const double width = std::ceil(std::max(textWidth(font, head), names + 12.0 + values) + 2.0 * padding);
    const double height = line * static_cast<double>(found.size() + 1) + 2.0 * padding - 4.0;
    const QRectF box = boxAt(plot, at.x(), at.y(), {width, height});
    QColor behind = context.theme.window;
    behind.setAlphaF(0.95f);
    painter.setPen(QPen(context.theme.frame, 1.0));
    painter.setBrush(behind);
    painter.drawRoundedRect(box, 4.0, 4.0);
    QRectF words(box.left() + padding, box.top() + padding - 2.0, width - 2.0 * padding, line);
    drawText(painter, font, context.theme.text, words, Qt::AlignLeft | Qt::AlignVCenter, head);
    for (const Reading& reading : found) {
        words.translate(0.0, line);
        const Role role = reading.series->role;
        const QColor colour = role == Role::Neutral ? context.theme.faintText : context.theme.textOf(role);
        drawText(painter, font, colour, words, Qt::AlignLeft | Qt::AlignVCenter,
                 QString::fromStdString(reading.series->name));
        drawText(painter, font, colour, words, Qt::AlignRight | Qt::AlignVCenter, number(reading.value, 3));
    }
}

}  // namespace

void paintChartReadout(QPainter& painter, const PlotContext& context)
{
    if (!context.chartHover)
        return;
    const auto& [row, p, pointer] = *context.chartHover;
    const auto& rows = context.figure.rows;
    if (row >= rows.size() || row >= context.geometry.rows.size() || p >= rows[row].panels.size())
        return;
    const auto* panel = std::get_if<ChartPanel>(&rows[row].panels[p]);
    if (!panel)
        return;
    const ChartScale scale(*panel, context.place(row, p));
    const auto x = nearestX(*panel, scale, pointer.x());
    if (!x || !scale.inside(scale.x(*x)))
        return;
    const std::vector<Reading> found = readings(*panel, scale, *x);
    if (found.empty())
        return;
    const double line = crisp(scale.x(*x));
    painter.setPen(QPen(context.theme.faintText, 1.0));
    painter.drawLine(QLineF(line, scale.plot().top(), line, scale.plot().bottom()));
    for (const Reading& reading : found)
        if (const QPointF at(line, scale.y(reading.value)); scale.holds(at)) {
            painter.setPen(QPen(context.theme.stage, 1.2));
            painter.setBrush(seriesColour(context, *reading.series));
            painter.drawEllipse(at, 3.5, 3.5);
        }
    paintBox(painter, context, scale.plot(), {line, pointer.y()}, headText(panel->x, *x), found);
}

}  // namespace posbias::ui
