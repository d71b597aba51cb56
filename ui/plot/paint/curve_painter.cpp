// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/paint/curve_painter.h"

#include "ui/plot/layout/axis_titles.h"
#include "ui/plot/layout/value_range.h"
#include "ui/plot/paint/cell_painter.h"
#include "ui/plot/paint/chart_painter.h"
#include "ui/plot/paint/clipped_lines.h"
#include "ui/plot/paint/crosshair_painter.h"
#include "ui/plot/paint/curve_bands.h"
#include "ui/plot/paint/map_painter.h"
#include "ui/plot/paint/panel_heading.h"
#include "ui/plot/paint/panel_labels.h"
#include "ui/plot/paint/ribbon_painter.h"

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
    for (const Tick& tick : curveTicks(panel, place)) {
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

/// "training length 512" at each of its lines, "unseen" where its stretch is as wide as the word.
std::vector<LabelWish> lineWishes(const PlotContext& context, const PanelPlace& place, const SeenSpan& span,
                                  const QRectF& area)
{
    const QColor colour = context.theme.faintText;
    const QString number = tickText(static_cast<double>(context.figure.trainingLength));
    std::vector<LabelWish> wishes;
    for (const double line : span.trainingLength) {
        // On the seen side where there is room.
        const Qt::AlignmentFlag side = line > (span.left + span.right) / 2.0 ? Qt::AlignLeft : Qt::AlignRight;
        wishes.push_back(
            besideLine({{FigureText::tr("training length %1").arg(number)}, {FigureText::tr("L = %1").arg(number)}},
                       line, side, area));
        wishes.back().colour = colour;
    }
    const QString unseen = FigureText::tr("unseen");
    const double width = textWidth(context.fonts.tick, unseen);
    const double plotLeft = place.plot.x(), plotRight = plotLeft + place.plot.width();
    for (const auto& [left, right] : {std::pair(span.right, plotRight), std::pair(plotLeft, span.left)}) {
        if (right - left <= width + 8.0)
            continue;
        wishes.push_back(
            {{{unseen}},
             [left = left, right = right, area](const QSizeF& size) {
                 std::vector<LabelPlace> places;
                 double cost = 0.0;
                 for (double top = area.top(); top + size.height() <= area.bottom(); top += size.height(), cost += 1.0)
                     for (const double aside : {0.0, -0.5, 0.5}) {
                         const double x =
                             (left + right - size.width()) / 2.0 + aside * (right - left - size.width() - 8.0);
                         places.push_back({QRectF(QPointF(x, top), size), Qt::AlignHCenter, cost + std::abs(aside)});
                     }
                 return places;
             },
             colour});
    }
    return wishes;
}

/// How much of a curve, about, passes through a rectangle of the panel.
std::function<double(const QRectF&)> lengthThrough(const PlotContext& context, const CurvePanel& panel,
                                                   const PanelPlace& place, const Curve& curve)
{
    const PlotX x = curveX(context, panel, place);
    const OffsetScale offsets(context.figure.offsetAxis);
    const bool overOffsets = panel.axis == AxisKind::Offset, logarithmic = panel.yLogarithmic;
    const auto data = [=](double px) { return overOffsets ? offsets.place(x.at(px)) : x.at(px); };
    const double unit = (place.upper - place.lower) / place.plot.height(), top = place.plot.y(), upper = place.upper;
    const auto value = [=](double py) { return upper - (py - top) * unit; };
    const double marks = schemeMark(curve.scheme).shape == SchemeMark::None ? 1.0 : 4.5;
    return [=, floor = panel.floor](const QRectF& rect) {
        const QRectF near = rect.adjusted(-marks, -marks, marks, marks);
        const auto passes = [&](double left, double right) {
            return curveCrosses(curve, logarithmic, data(left), data(right), value(near.bottom()), value(near.top()),
                                floor);
        };
        if (!passes(near.left(), near.right()))
            return 0.0;
        constexpr int strips = 6;
        const double width = near.width() / strips;
        double length = 1.0;
        for (int k = 0; k < strips; ++k)
            length += passes(near.left() + k * width, near.left() + (k + 1) * width) ? width : 0.0;
        return length;
    };
}

/// Whether anything of a band's lower limit lies below the top of a rectangle, or of its upper limit above the bottom.
std::function<bool(const QRectF&)> limitPasses(const PlotContext& context, const CurvePanel& panel,
                                               const PanelPlace& place, Curve curve, const decltype(Curve::low)& limit,
                                               bool below)
{
    curve.source = limit;
    return [through = lengthThrough(context, panel, place, curve), below](const QRectF& rect) {
        constexpr double far = 1e6;  // limits may lie outside the plot
        QRectF reach = rect;
        below ? reach.setBottom(far) : reach.setTop(-far);
        return through(reach) > 0.0;
    };
}

/// Above ribbons with an axis of their own; else the ribbons alone.
QRectF aboveAndRibbons(const PlotContext& context, std::size_t row)
{
    return QRectF(context.place(row, 0).plot)
        .adjusted(0.0, -aboveRibbons(context.figure, row, context.fonts), 0.0, 0.0);
}

}  // namespace

std::vector<double> trainingLines(const PlotContext& context, const PanelPlace& place, const CurvePanel* panel)
{
    return seenSpan(context, place, panel).trainingLength;
}

void paintDashes(QPainter& painter, const PlotContext& context, const QRectF& area, const std::vector<double>& at,
                 const std::vector<QRectF>& gaps)
{
    QPen pen(context.theme.line, 1.0, Qt::CustomDashLine, Qt::FlatCap);
    pen.setDashPattern({5.0, 4.0});
    painter.setPen(pen);
    for (const double x : at)
        for (const QLineF& piece : interrupted(QLineF(crisp(x), area.top(), crisp(x), area.bottom()), gaps))
            painter.drawLine(piece);
}

bool curveCrosses(const Curve& curve, bool yLogarithmic, double fromX, double toX, double fromY, double toY,
                  const std::optional<AxisFloor>& floor)
{
    // All from the last point before the stretch (of a line: to the first one behind it): points are connected.
    const OffsetRange range = curve.source->range();
    const double first = std::floor(curve.steps ? fromX : fromX - 0.5);
    const double last = curve.steps ? std::floor(toX) : std::ceil(toX - 0.5);
    const double lower = static_cast<double>(range.first), upper = static_cast<double>(range.last);
    if (range.size() == 0 || last < lower || first > upper)
        return false;
    const OffsetRange within{static_cast<std::int64_t>(std::max(first, lower)),
                             static_cast<std::int64_t>(std::min(last, upper))};
    if (!yLogarithmic) {
        const Bounds bounds = curve.source->bounds(within);
        return bounds.max >= fromY && bounds.min <= toY;
    }
    const bool onFloor = floor && curve.source->bounds(within).min <= floor->below;
    const Bounds above = curve.source->boundsAbove(0.0, within);
    if (above.empty())
        return onFloor && floor->at >= fromY && floor->at <= toY;
    const double lowest = onFloor ? floor->at : std::log10(above.min);  // from the decades the line goes down to it
    return std::max(std::log10(above.max), lowest) >= fromY && lowest <= toY;
}

LabelRoom curveRoom(const PlotContext& context, std::size_t row, std::size_t p)
{
    const CurvePanel& panel = context.panel<CurvePanel>(row, p);
    const PanelPlace& place = context.place(row, p);
    const QRectF plot(place.plot);
    LabelRoom room(plot.adjusted(4.0, 2.0, -4.0, -2.0), context.fonts.tick);
    for (const double x : trainingLines(context, place, &panel))
        room.avoid(QLineF(crisp(x), plot.top(), crisp(x), plot.bottom()));
    for (const Curve& curve : panel.curves) {
        room.avoidData(lengthThrough(context, panel, place, curve));
        if (curve.low && curve.high && curve.low->range().size() > 0)
            room.avoidBand([lower = limitPasses(context, panel, place, curve, curve.low, true),
                            upper = limitPasses(context, panel, place, curve, curve.high, false)](const QRectF& rect) {
                return lower(rect) && upper(rect);
            });
    }
    for (const auto& strips : hatchedStrips(context, panel, place))
        for (const QRectF& strip : strips)
            room.avoidArea(strip);
    for (const Tick& tick : curveTicks(panel, place)) {
        const double y = crisp(plot.top() + (place.upper - tick.at) * plot.height() / (place.upper - place.lower));
        room.avoidFaint(QLineF(plot.left(), y, plot.right(), y));
    }
    return room;
}

std::vector<LabelWish> curveWishes(const PlotContext& context, std::size_t row, std::size_t p, const QRectF& area)
{
    const CurvePanel& panel = context.panel<CurvePanel>(row, p);
    const PanelPlace& place = context.place(row, p);
    return lineWishes(context, place, seenSpan(context, place, &panel), area);
}

LabelRoom ribbonRoom(const PlotContext& context, std::size_t row)
{
    const PanelPlace& place = context.place(row, 0);
    const QRectF area = aboveAndRibbons(context, row);
    LabelRoom room(area.adjusted(4.0, 2.0, -4.0, 0.0), context.fonts.tick);
    for (const double x : trainingLines(context, place, nullptr))
        room.avoid(QLineF(crisp(x), area.top(), crisp(x), area.bottom()));
    room.avoidArea(QRectF(place.plot));
    for (const QRectF& words : ribbonWords(context, row))
        room.keepClear(words);
    return room;
}

std::vector<LabelWish> ribbonWishes(const PlotContext& context, std::size_t row)
{
    if (!ribbonHasAxis(context.figure, row))
        return {};
    const PanelPlace& place = context.place(row, 0);
    QRectF area = aboveAndRibbons(context, row).adjusted(4.0, 2.0, -4.0, 0.0);
    area.setBottom(place.plot.top());
    return lineWishes(context, place, offsetSpan(context, place), area);
}

void paintCurveBackground(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t p)
{
    const CurvePanel& panel = context.panel<CurvePanel>(row, p);
    const PanelPlace& place = context.place(row, p);
    const SeenSpan span = seenSpan(context, place, &panel);
    paintTint(painter, context, place.plot, span);
    paintHatchedOffsets(painter, context, row, p);
    paintValueAxis(painter, context, place, panel);
    paintAxisBreaks(painter, context, place, panel.floor);
    paintBottomAxis(painter, context, place, curveX(context, panel, place), bottomTicks(context, place, &panel),
                    offsetAxisTitle(context.figure, &panel));
    painter.setPen(QPen(context.theme.frame, 1.0));
    const double bottom = place.plot.y() + place.plot.height();
    painter.drawLine(QLineF(place.plot.x(), bottom - 0.5, place.plot.x() + place.plot.width(), bottom - 0.5));
    std::vector<QRectF> gaps = labelGaps(context.labelsOf(row, p));
    if (const std::optional<QRectF> gap = crosshairGap(context, row, p))
        gaps.push_back(*gap);
    paintDashes(painter, context, place.plot, span.trainingLength, gaps);
    paintCurveBands(painter, context, row, p);
}

void paintCurveWords(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t p)
{
    paintHeading(painter, context, row, p);
    paintLabels(painter, context.fonts.tick, context.theme.stage, context.labelsOf(row, p).words);
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
    paintLabels(painter, context.fonts.tick, context.theme.stage, context.labelsOf(row, 0).words);
}

}  // namespace posbias::ui
