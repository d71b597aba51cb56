// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/curve_painter.h"

#include "ui/plot/cell_painter.h"
#include "ui/plot/chart_painter.h"
#include "ui/plot/curve_bands.h"
#include "ui/plot/map_painter.h"
#include "ui/plot/panel_heading.h"
#include "ui/plot/value_range.h"

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

/// Borders of what training saw, in pixels; and where the training length ends on either side.
struct SeenSpan {
    double left, right;                  ///< plot sides where nothing is unseen
    std::vector<double> trainingLength;  ///< positions of dashed lines inside the plot
};

SeenSpan offsetSpan(const PlotContext& context, const PanelPlace& place)
{
    const OffsetAxis& axis = context.figure.offsetAxis;
    const OffsetScale scale(axis);
    const PlotX x = offsetX(context, place);
    SeenSpan span{static_cast<double>(place.plot.x()), static_cast<double>(place.plot.x() + place.plot.width()), {}};
    if (axis.seen) {
        span.left = std::max(span.left, x(scale.position(static_cast<double>(axis.seen->first))));
        span.right = std::min(span.right, x(scale.position(static_cast<double>(axis.seen->last + 1))));
    }
    const std::int64_t length = context.figure.trainingLength;
    if (length <= 0)
        return span;
    if (length <= axis.range.last)
        span.trainingLength.push_back(x(scale.position(static_cast<double>(length))));
    if (-length >= axis.range.first)  // the border behind offset -L
        span.trainingLength.push_back(x(scale.position(static_cast<double>(1 - length))));
    return span;
}

/// Keys of the row's query: key j is at offset query - j.
SeenSpan keySpan(const PlotContext& context, const PanelPlace& place)
{
    SeenSpan span{static_cast<double>(place.plot.x()), static_cast<double>(place.plot.x() + place.plot.width()), {}};
    if (!context.rowQuery)
        return span;
    const double query = static_cast<double>(*context.rowQuery);
    const double length = static_cast<double>(context.figure.trainingLength),
                 n = static_cast<double>(context.figure.length);
    const PlotX x(place, 0.0, n);
    if (const auto& seen = context.figure.offsetAxis.seen) {
        span.left = std::max(span.left, x(query - static_cast<double>(seen->last)));
        span.right = std::min(span.right, x(query - static_cast<double>(seen->first) + 1.0));
        if (context.figure.mask == Mask::Causal)
            span.right = place.plot.x() + place.plot.width();
    }
    if (query - length + 1.0 > 0.0)
        span.trainingLength.push_back(x(query - length + 1.0));
    if (context.figure.mask == Mask::Bidirectional && query + length < n)
        span.trainingLength.push_back(x(query + length));
    return span;
}

SeenSpan seenSpan(const PlotContext& context, const PanelPlace& place, const CurvePanel* panel)
{
    return panel && panel->axis == AxisKind::Key ? keySpan(context, place) : offsetSpan(context, place);
}

void paintTint(QPainter& painter, const PlotContext& context, const QRectF& area, const SeenSpan& span)
{
    if (span.left > area.left())
        painter.fillRect(QRectF(area.topLeft(), QPointF(std::min(span.left, area.right()), area.bottom())),
                         context.theme.unseenTint);
    if (span.right < area.right())
        painter.fillRect(QRectF(QPointF(std::max(span.right, area.left()), area.top()), area.bottomRight()),
                         context.theme.unseenTint);
}

void paintDashes(QPainter& painter, const PlotContext& context, const QRectF& area, const SeenSpan& span)
{
    QPen pen(context.theme.line, 1.0, Qt::CustomDashLine, Qt::FlatCap);
    pen.setDashPattern({5.0, 4.0});
    painter.setPen(pen);
    for (double at : span.trainingLength)
        painter.drawLine(QLineF(crisp(at), area.top(), crisp(at), area.bottom()));
}

std::vector<Tick> bottomTicks(const PlotContext& context, const PanelPlace& place, const CurvePanel* panel)
{
    const auto width = [&](const QString& text) { return textWidth(context.fonts.tick, text); };
    if (!panel || panel->axis == AxisKind::Offset)
        return offsetTicks(context.figure.offsetAxis, place.plot.width(), width);
    const double n = static_cast<double>(context.figure.length);
    const bool middles = place.plot.width() >= borderedCell * n;
    return cellTicks(0.0, n, cellStep(0.0, n, place.plot.width(), width), middles, place.plot.width(), width);
}

void paintValueAxis(QPainter& painter, const PlotContext& context, const PanelPlace& place, const CurvePanel& panel)
{
    const double left = place.plot.x(), line = textHeight(context.fonts.tick);
    const double unit = place.plot.height() / (place.upper - place.lower);
    for (const Tick& tick : curveTicks(panel, {place.lower, place.upper}, place.plot.height())) {
        const double y = place.plot.y() + (place.upper - tick.at) * unit;
        painter.setPen(QPen(context.theme.grid, 1.0));
        painter.drawLine(QLineF(left, crisp(y), left + place.plot.width(), crisp(y)));
        painter.setPen(QPen(context.theme.faintText, 1.0));
        painter.drawLine(QLineF(left - tickLength, crisp(y), left, crisp(y)));
        drawLabel(painter, context.fonts.tick, context.theme.faintText,
                  QRectF(left - tickLength - 103.0, y - line / 2.0, 100.0, line), Qt::AlignRight | Qt::AlignVCenter,
                  tick);
    }
}

void paintLineLabels(QPainter& painter, const PlotContext& context, const std::vector<LineLabel>& labels)
{
    for (const LineLabel& label : labels)
        drawText(painter, context.fonts.tick, context.theme.faintText, label.rect,
                 label.alignment | Qt::AlignVCenter, label.text);
}

}  // namespace

QString keyAxisTitle()
{
    return FigureText::tr("key position j");
}

QString offsetAxisTitle(const Figure& figure, const CurvePanel* panel)
{
    if (panel && panel->axis == AxisKind::Key)
        return keyAxisTitle();
    return figure.offsetAxis.logarithmic ? FigureText::tr("offset d = i \u2212 j (log)")
                                         : FigureText::tr("offset d = i \u2212 j");
}

std::vector<double> trainingLines(const PlotContext& context, const PanelPlace& place, const CurvePanel* panel)
{
    return seenSpan(context, place, panel).trainingLength;
}

std::vector<LineLabel> lineLabels(const PlotContext& context, const PanelPlace& place, const CurvePanel* panel,
                                  double top)
{
    const SeenSpan span = seenSpan(context, place, panel);
    const QRectF row(place.plot.x() + 4.0, top + 2.0, place.plot.width() - 8.0, textHeight(context.fonts.tick));
    LineLabels labels(row, context.fonts.tick, span.trainingLength);
    if (!span.trainingLength.empty()) {
        // Beside its line on the seen side, else on the other.
        const double line = span.trainingLength.front();
        labels.putTrainingLength(context.figure.trainingLength, line,
                                 line > (span.left + span.right) / 2.0 ? Qt::AlignLeft : Qt::AlignRight);
    }
    const QString unseen = FigureText::tr("unseen");
    const double width = textWidth(context.fonts.tick, unseen);
    const double plotLeft = place.plot.x(), plotRight = plotLeft + place.plot.width();
    if (plotRight - span.right > width + 6.0)
        labels.put(unseen, (span.right + plotRight - width) / 2.0);
    if (span.left - plotLeft > width + 6.0)
        labels.put(unseen, (span.left + plotLeft - width) / 2.0);
    return labels.labels();
}

void paintCurveBackground(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t p)
{
    const CurvePanel& panel = context.panel<CurvePanel>(row, p);
    const PanelPlace& place = context.place(row, p);
    const SeenSpan span = seenSpan(context, place, &panel);
    paintTint(painter, context, place.plot, span);
    paintHatchedOffsets(painter, context, row, p);
    paintValueAxis(painter, context, place, panel);
    if (panel.floor && std::isfinite(panel.floor->decades))
        paintAxisBreak(painter, context, place, panel.floor->at, panel.floor->decades);
    paintBottomAxis(painter, context, place, curveX(context, panel, place), bottomTicks(context, place, &panel),
                    offsetAxisTitle(context.figure, &panel));
    painter.setPen(QPen(context.theme.frame, 1.0));
    const double bottom = place.plot.y() + place.plot.height();
    painter.drawLine(QLineF(place.plot.x(), bottom - 0.5, place.plot.x() + place.plot.width(), bottom - 0.5));
    paintDashes(painter, context, place.plot, span);
    paintCurveBands(painter, context, row, p);
}

void paintCurveWords(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t p)
{
    const CurvePanel& panel = context.panel<CurvePanel>(row, p);
    const PanelPlace& place = context.place(row, p);
    paintHeading(painter, context, row, p);
    paintLineLabels(painter, context, lineLabels(context, place, &panel, place.plot.y()));
}

void paintRibbonBackground(QPainter& painter, const PlotContext& context, std::size_t row)
{
    if (!ribbonHasAxis(context.figure, row))
        return;
    const PanelPlace& place = context.place(row, 0);
    const double above = aboveRibbons(context.figure, row, context.fonts);
    paintTint(painter, context, QRectF(place.plot).adjusted(0.0, -above, 0.0, 0.0), offsetSpan(context, place));
    paintBottomAxis(painter, context, place, offsetX(context, place), bottomTicks(context, place, nullptr),
                    offsetAxisTitle(context.figure, nullptr));
}

void paintRibbonWords(QPainter& painter, const PlotContext& context, std::size_t row)
{
    const PanelPlace& place = context.place(row, 0);
    const bool axis = ribbonHasAxis(context.figure, row);
    const double above = axis ? aboveRibbons(context.figure, row, context.fonts) : 0.0;
    paintDashes(painter, context, QRectF(place.plot).adjusted(0.0, -above, 0.0, 0.0), offsetSpan(context, place));
    if (axis)
        paintLineLabels(painter, context, lineLabels(context, place, nullptr, place.plot.y() - above));
}

}  // namespace posbias::ui
