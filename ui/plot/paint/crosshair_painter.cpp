// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/paint/crosshair_painter.h"

#include "ui/plot/paint/cell_painter.h"
#include "ui/plot/paint/clipped_lines.h"
#include "ui/plot/paint/curve_painter.h"
#include "ui/plot/paint/hatching.h"
#include "ui/plot/paint/note_painter.h"
#include "ui/plot/paint/panel_labels.h"
#include "ui/plot/paint/ribbon_painter.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
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

/// Where the crosshair stands on a map.
struct MapCross {
    QLineF line;   ///< the diagonal of its offset; null outside
    QPointF cell;  ///< its middle
    double radius, size;

    MapCross(const PlotContext& context, const QRect& plot, const CellPosition& at)
    {
        const MapScale scale(context.geometry.cells, plot);
        line = diagonal(at.query - at.key, context.geometry.cells, plot);
        cell = scale.point(static_cast<double>(at.query) + 0.5, static_cast<double>(at.key) + 0.5);
        size = scale.pixelsPerCell();
        radius = std::max(ringRadius, 0.36 * std::min(size, 40.0));
    }
};

void paintOnMap(QPainter& painter, const PlotContext& context, const MapAt& at, const CellPosition& cell)
{
    const QRect plot = context.place(at.row, at.panel).plot;
    const MapCross cross(context, plot, cell);
    const QPointF& middle = cross.cell;
    const double radius = cross.radius, size = cross.size;
    const QRectF square(middle.x() - size / 2.0, middle.y() - size / 2.0, size, size);
    const bool outlined = hasCellNumbers(context, at) && QRectF(plot).contains(square);
    const bool ring = QRectF(plot).adjusted(radius, radius, -radius, -radius).contains(middle);
    const bool near = QRectF(plot).contains(middle);
    std::vector<QRectF> gaps = labelGaps(context.labelsOf(at.row, at.panel));
    std::ranges::move(cellNumberRects(context, at, cell.query - cell.key), std::back_inserter(gaps));
    if (const QRectF sampled = sampledNote(context, at); !sampled.isNull())
        gaps.push_back(sampled);
    const std::vector<QLineF> pieces = interrupted(cross.line, gaps);
    drawHaloed(painter, context.theme, [&] {
        if (!cross.line.isNull())
            painter.drawLines(pieces.data(), static_cast<int>(pieces.size()));
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
}

double curveLine(const PlotContext& context, const CurvePanel& panel, const PanelPlace& place, const CellPosition& cell)
{
    const PlotX x = curveX(context, panel, place);
    return panel.axis == AxisKind::Key ? x(static_cast<double>(cell.key) + 0.5)
                                       : x(OffsetScale(context.figure.offsetAxis).middle(cell.query - cell.key));
}

double ribbonLine(const PlotContext& context, const PanelPlace& place, const CellPosition& cell)
{
    return offsetX(context, place)(OffsetScale(context.figure.offsetAxis).middle(cell.query - cell.key));
}

/// On the line, which is interrupted, or beside it, from `bottom` upwards, and under one line of words at the top.
LabelWish lineWish(const PlotContext& context, const QString& text, double line, double bottom, const QRectF& area)
{
    LabelWish wish;
    wish.forms = {{text}};
    wish.colour = context.theme.text;
    wish.places = [=](const QSizeF& size) {
        constexpr double gap = 5.0, beside = 0.35, higher = 0.1 / 3.0;
        const double centred = leftWithin(line - size.width() / 2.0, size.width(), area);
        std::vector<LabelPlace> places;
        const auto add = [&](double top) {
            const double cost = higher * (bottom - size.height() - top) / (size.height() / 3.0);
            places.push_back({QRectF(QPointF(centred, top), size), Qt::AlignHCenter, cost});
            places.push_back({QRectF(QPointF(line + gap, top), size), Qt::AlignLeft, cost + beside});
            places.push_back({QRectF(QPointF(line - gap - size.width(), top), size), Qt::AlignRight, cost + beside});
        };
        for (double top = bottom - size.height(); top >= area.top(); top -= size.height() / 3.0)
            add(top);
        if (area.top() + 2.0 * size.height() <= bottom)
            add(area.top() + size.height());
        return places;
    };
    return wish;
}

/// Clear of the words that are there already.
PlacedLabel placedAmong(const PlotContext& context, std::size_t row, std::size_t p, LabelRoom room,
                        const LabelWish& wish)
{
    const PanelLabels& labels = context.labelsOf(row, p);
    for (const auto* list : {&labels.words, &labels.notes})
        for (const PlacedLabel& label : *list) {
            room.keepClear(label.rect);
            if (!label.leader.isNull())
                room.avoid(label.leader);
        }
    noteWishes(context, row, p, room);  // for what they draw
    return room.place({wish}).front();
}

bool isOnCurves(const PlotContext& context, const CurvePanel& panel, const CellPosition& cell)
{
    return panel.axis == AxisKind::Key ? cell.key >= 0 && cell.key < context.figure.length
                                       : context.figure.offsetAxis.range.contains(cell.query - cell.key);
}

PlacedLabel wordsOnCurves(const PlotContext& context, std::size_t row, std::size_t p, const CellPosition& cell)
{
    const CurvePanel& panel = context.panel<CurvePanel>(row, p);
    const PanelPlace& place = context.place(row, p);
    const bool key = panel.axis == AxisKind::Key;
    const std::int64_t shown = key ? cell.key : cell.query - cell.key;
    const double line = crisp(curveLine(context, panel, place, cell));
    const QString text = (key ? QStringLiteral("j = ") : QStringLiteral("d = ")) + tickText(static_cast<double>(shown));
    LabelRoom room = curveRoom(context, row, p);
    LabelWish wish = lineWish(context, text, line, QRectF(place.plot).bottom() - 6.0, room.area());
    wish.upright = line;
    return placedAmong(context, row, p, std::move(room), wish);
}

void paintOnCurves(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t p,
                   const CellPosition& cell)
{
    const PanelPlace& place = context.place(row, p);
    const double line = crisp(curveLine(context, context.panel<CurvePanel>(row, p), place, cell));
    const QRectF plot(place.plot);
    const PlacedLabel label = wordsOnCurves(context, row, p, cell);
    std::vector<QRectF> gaps = labelGaps(context.labelsOf(row, p));
    gaps.push_back(label.gap());
    painter.setPen(QPen(context.theme.line, 1.2, Qt::SolidLine, Qt::FlatCap));
    for (const QLineF& piece : interrupted(QLineF(line, plot.top(), line, plot.bottom()), gaps))
        painter.drawLine(piece);
    paintLabels(painter, context.fonts.tick, context.theme.stage, {label});
}

void paintOnRibbons(QPainter& painter, const PlotContext& context, std::size_t row, const CellPosition& cell)
{
    const PanelPlace& place = context.place(row, 0);
    const QRectF plot(place.plot);
    const std::int64_t offset = cell.query - cell.key;
    const double line = crisp(ribbonLine(context, place, cell));
    if (!ribbonHasAxis(context.figure, row)) {
        paintChosenSegments(painter, context, row, offset, line, plot.top());
        return;
    }
    const QRectF above(plot.left() + 4.0, plot.top() - aboveRibbons(context.figure, row, context.fonts) + 2.0,
                       plot.width() - 8.0, aboveRibbons(context.figure, row, context.fonts) - 2.0);
    const QString text = QStringLiteral("d = ") + tickText(static_cast<double>(offset));
    LabelWish wish = lineWish(context, text, line, plot.top() - 2.0, above);
    wish.anchor = QPointF(line, plot.top() - 2.0);
    const PlacedLabel label = placedAmong(context, row, 0, ribbonRoom(context, row), wish);
    const bool on = label.rect.left() < line && label.rect.right() > line;
    paintChosenSegments(painter, context, row, offset, line, on ? label.rect.bottom() : label.rect.top() + 2.0);
    paintLabels(painter, context.fonts.tick, context.theme.stage, {label});
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

void avoidCrosshair(const PlotContext& context, std::size_t row, std::size_t p, LabelRoom& room)
{
    if (!context.figure.crosshair)
        return;
    const CellPosition& cell = *context.figure.crosshair;
    const PanelPlace& place = context.place(row, p);
    const Panel& panel = context.figure.rows[row].panels[p];
    const auto upright = [&](double x) {
        room.avoidYielding(QLineF(crisp(x), place.plot.top(), crisp(x), place.plot.top() + place.plot.height()));
    };
    if (std::holds_alternative<MapPanel>(panel)) {
        const MapCross cross(context, place.plot, cell);
        if (!cross.line.isNull())
            room.avoidYielding(cross.line);
        room.keepClear(
            QRectF(cross.cell - QPointF(cross.radius, cross.radius), 2.0 * QSizeF(cross.radius, cross.radius)));
    } else if (const auto* curves = std::get_if<CurvePanel>(&panel)) {
        upright(curveLine(context, *curves, place, cell));
    } else if (std::holds_alternative<RibbonPanel>(panel)) {
        const double line = ribbonLine(context, place, cell);
        upright(line);
        for (const QRectF& number : chosenRibbonWords(context, row, cell.query - cell.key, crisp(line)))
            room.keepClear(number);
    }
}

std::optional<QRectF> crosshairGap(const PlotContext& context, std::size_t row, std::size_t p)
{
    const std::optional<CellPosition>& cell = context.figure.crosshair;
    if (!cell || !context.pixelsPerUnit || !isOnCurves(context, context.panel<CurvePanel>(row, p), *cell))
        return {};
    return wordsOnCurves(context, row, p, *cell).gap();
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
    for (std::size_t r = 0; r < context.figure.rows.size() && r < context.geometry.rows.size(); ++r)
        for (std::size_t p = 0; p < context.figure.rows[r].panels.size(); ++p) {
            const Panel& panel = context.figure.rows[r].panels[p];
            if (std::holds_alternative<MapPanel>(panel) && inside(cell.query) && inside(cell.key))
                paintOnMap(painter, context, mapAt(context, r, p), cell);
            else if (std::holds_alternative<RibbonPanel>(panel) && known)
                paintOnRibbons(painter, context, r, cell);
            else if (const auto* curves = std::get_if<CurvePanel>(&panel); curves && isOnCurves(context, *curves, cell))
                paintOnCurves(painter, context, r, p, cell);
        }
}

}  // namespace posbias::ui
