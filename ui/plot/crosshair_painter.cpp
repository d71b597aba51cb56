// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/crosshair_painter.h"

#include "ui/plot/cell_painter.h"
#include "ui/plot/curve_bands.h"
#include "ui/plot/curve_painter.h"
#include "ui/plot/hatching.h"
#include "ui/plot/ribbon_painter.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

namespace posbias::ui {
namespace {

constexpr double ringRadius = 5.5;

void drawHaloed(QPainter& painter, const Theme& theme, const std::function<void()>& draw)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.halo, 3.6, Qt::SolidLine, Qt::FlatCap));
    draw();
    painter.setPen(QPen(theme.line, 1.3, Qt::SolidLine, Qt::FlatCap));
    draw();
}

void paintOnMap(QPainter& painter, const PlotContext& context, const MapAt& at, const CellPosition& cell)
{
    const QRect plot = context.place(at.row, at.panel).plot;
    const CellRect& cells = context.geometry.cells;
    const QLineF line = diagonal(cell.query - cell.key, cells, plot);
    const MapScale scale(cells, plot);
    const QPointF middle = scale.point(static_cast<double>(cell.query) + 0.5, static_cast<double>(cell.key) + 0.5);
    const double radius = std::max(ringRadius, 0.36 * std::min(scale.pixelsPerCell(), 40.0));
    const double size = scale.pixelsPerCell();
    const QRectF square(middle.x() - size / 2.0, middle.y() - size / 2.0, size, size);
    const bool outlined = hasCellNumbers(context, at) && QRectF(plot).contains(square);
    const bool ring = QRectF(plot).adjusted(radius, radius, -radius, -radius).contains(middle);
    const bool near = QRectF(plot).contains(middle);
    drawHaloed(painter, context.theme, [&] {
        if (!line.isNull())
            painter.drawLine(line);
        if (outlined) {
            painter.drawRect(square.adjusted(1.0, 1.0, -1.0, -1.0));
        } else if (ring) {
            painter.drawEllipse(middle, radius, radius);
        } else if (near) {
            // At the edge of the map only the part of the ring that lies inside.
            const QRectF inner = QRectF(plot);
            QPolygonF part;
            for (int k = 0; k <= 48; ++k) {
                const double angle = k * std::numbers::pi / 24.0;
                part << QPointF(std::clamp(middle.x() + radius * std::cos(angle), inner.left(), inner.right()),
                                std::clamp(middle.y() + radius * std::sin(angle), inner.top(), inner.bottom()));
            }
            painter.drawPolyline(part);
        }
    });
    paintCellNumbersOf(painter, context, at, cell.query - cell.key);
}

void paintLine(QPainter& painter, const PlotContext& context, double x, double top, double bottom)
{
    painter.setPen(QPen(context.theme.line, 1.2, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(QLineF(crisp(x), top, crisp(x), bottom));
}

void paintLabel(QPainter& painter, const PlotContext& context, const QRectF& rect, const QString& text)
{
    QColor behind = context.theme.stage;
    behind.setAlphaF(0.92f);
    painter.setPen(Qt::NoPen);
    painter.setBrush(behind);
    painter.drawRoundedRect(rect.adjusted(-3.0, 0.0, 3.0, 0.0), 3.0, 3.0);
    drawText(painter, context.fonts.tick, context.theme.text, rect, Qt::AlignCenter, text);
}

/// Places on the line, best first; moved aside where the plot ends.
std::vector<QRectF> candidates(const QRectF& plot, double x, double width, double height)
{
    const double left = std::max(std::min(x - width / 2.0, plot.right() - width - 4.0), plot.left() + 4.0);
    std::vector<QRectF> out;
    for (double y = plot.bottom() - height - 6.0; y > plot.top() + height; y -= height + 2.0)
        out.emplace_back(left, y, width, height);
    return out;
}

/// How much a label would hide: other labels above all, then curves.
int hidden(const PlotContext& context, const PanelPlace& place, const CurvePanel& panel, const PlotX& x,
           const QRectF& rect, const std::vector<LineLabel>& taken)
{
    int count = 0;
    for (const LineLabel& label : taken)
        count += label.rect.adjusted(-8.0, -1.0, 8.0, 1.0).intersects(rect) ? 100 : 0;
    for (double dashes : trainingLines(context, place, &panel))
        count += dashes > rect.left() - 4.0 && dashes < rect.right() + 4.0 ? 1 : 0;
    const OffsetScale offsets(context.figure.offsetAxis);
    const auto data = [&](double px) { return panel.axis == AxisKind::Offset ? offsets.place(x.at(px)) : x.at(px); };
    const double unit = (place.upper - place.lower) / place.plot.height();
    const auto value = [&](double py) { return place.upper - (py - place.plot.y()) * unit; };
    for (const Curve& curve : panel.curves)
        count += curveCrosses(curve, panel.yLogarithmic, data(rect.left() - 2.0), data(rect.right() + 2.0),
                              value(rect.bottom()), value(rect.top()), panel.floor)
                     ? 1
                     : 0;
    return count;
}

void paintOnCurves(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t p,
                   const CellPosition& cell)
{
    const CurvePanel& panel = context.panel<CurvePanel>(row, p);
    const PanelPlace& place = context.place(row, p);
    const PlotX x = curveX(context, panel, place);
    const bool key = panel.axis == AxisKind::Key;
    const std::int64_t shown = key ? cell.key : cell.query - cell.key;
    const double line =
        key ? x(static_cast<double>(shown) + 0.5) : x(OffsetScale(context.figure.offsetAxis).middle(shown));
    const QRectF plot(place.plot);
    auto taken = lineLabels(context, place, &panel, place.plot.y());
    const bool crossed = std::ranges::any_of(taken, [&](const LineLabel& label) {
        return line > label.rect.left() - 2.0 && line < label.rect.right() + 2.0;
    });
    paintLine(painter, context, line, plot.top() + (crossed ? labelLine(context.fonts) : 0.0), plot.bottom());

    std::ranges::move(hatchedLabels(context, place, panel), std::back_inserter(taken));
    const QString text = (key ? QStringLiteral("j = ") : QStringLiteral("d = ")) + tickText(static_cast<double>(shown));
    const auto places = candidates(plot, line, textWidth(context.fonts.tick, text), textHeight(context.fonts.tick));
    const QRectF* best = nullptr;
    int least = 100;
    for (const QRectF& rect : places)
        if (const int count = hidden(context, place, panel, x, rect, taken); count < least) {
            least = count;
            best = &rect;
        }
    if (best)
        paintLabel(painter, context, *best, text);
}

void paintOnRibbons(QPainter& painter, const PlotContext& context, std::size_t row, std::int64_t offset)
{
    const PanelPlace& place = context.place(row, 0);
    const QRectF plot(place.plot);
    const double line = offsetX(context, place)(OffsetScale(context.figure.offsetAxis).middle(offset));
    const bool axis = ribbonHasAxis(context.figure, row);
    const double height = labelLine(context.fonts);
    paintLine(painter, context, line, plot.top() - (axis ? 4.0 : 0.0), plot.bottom());
    paintChosenSegments(painter, context, row, offset, crisp(line));
    if (!axis)
        return;
    const QString text = QStringLiteral("d = ") + tickText(static_cast<double>(offset));
    const double width = textWidth(context.fonts.tick, text);
    const double left = std::max(std::min(line - width / 2.0, plot.right() - width - 3.0), plot.left() + 3.0);
    paintLabel(painter, context, QRectF(left, plot.top() - height - 1.0, width, textHeight(context.fonts.tick)), text);
}

void paintBox(QPainter& painter, const PlotContext& context)
{
    QColor fill = context.theme.accent;
    fill.setAlphaF(0.15f);
    painter.setPen(QPen(context.theme.accent, 1.5));
    painter.setBrush(fill);
    painter.drawRect(QRectF(context.box->second));
}

}  // namespace

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
    if (floor && curve.source->bounds(within).min <= floor->below && floor->at >= fromY && floor->at <= toY)
        return true;
    const Bounds bounds = curve.source->boundsAbove(0.0, within);
    return !bounds.empty() && std::log10(bounds.max) >= fromY && std::log10(bounds.min) <= toY;
}

void paintCrosshair(QPainter& painter, const PlotContext& context)
{
    if (context.box)
        paintBox(painter, context);
    if (!context.figure.crosshair)
        return;
    const CellPosition& cell = *context.figure.crosshair;
    const std::int64_t offset = cell.query - cell.key;
    const auto inside = [&](std::int64_t position) { return position >= 0 && position < context.figure.length; };
    const bool known = context.figure.offsetAxis.range.contains(offset);
    std::size_t maps = 0;
    for (std::size_t r = 0; r < context.figure.rows.size() && r < context.geometry.rows.size(); ++r)
        for (std::size_t p = 0; p < context.figure.rows[r].panels.size(); ++p) {
            const Panel& panel = context.figure.rows[r].panels[p];
            if (std::holds_alternative<MapPanel>(panel) && inside(cell.query) && inside(cell.key))
                paintOnMap(painter, context, {r, p, maps++}, cell);
            else if (std::holds_alternative<RibbonPanel>(panel) && known)
                paintOnRibbons(painter, context, r, offset);
            else if (const auto* curves = std::get_if<CurvePanel>(&panel);
                     curves && (curves->axis == AxisKind::Key ? inside(cell.key) : known))
                paintOnCurves(painter, context, r, p, cell);
        }
}

}  // namespace posbias::ui
