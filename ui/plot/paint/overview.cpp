// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/paint/overview.h"

#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

constexpr double sideInLines = 8.0;  ///< in type sizes of the ticks
constexpr double mostOfMap = 0.3;    ///< a share of the map's side
constexpr int leastSide = 48;
constexpr int margin = 8;
constexpr double deepZoom = 0.5;   ///< less than this of the sequence is seen
constexpr double fewCells = 32.0;  ///< shorter sequences need no overview
constexpr double leastFrame = 5.0;

const PanelPlace* firstMap(const PlotContext& context)
{
    for (std::size_t r = 0; r < context.geometry.rows.size() && r < context.figure.rows.size(); ++r)
        for (std::size_t p = 0; p < context.geometry.rows[r].size(); ++p)
            if (std::holds_alternative<MapPanel>(context.figure.rows[r].panels[p]))
                return &context.place(r, p);
    return nullptr;
}

CellRect wholeSequence(const PlotContext& context)
{
    return squareCells(std::nullopt, context.figure.length);
}

/// The visible range within the small picture, never too small to be seen.
QRectF frameIn(const PlotContext& context, const QRect& rect)
{
    const MapScale scale(wholeSequence(context), rect);
    const CellRect& cells = context.geometry.cells;
    const QRectF exact(scale.point(cells.firstQuery, cells.firstKey), scale.point(cells.lastQuery, cells.lastKey));
    const double side = std::max(leastFrame, exact.width());
    const QRectF room(rect);
    return {std::clamp(exact.center().x() - side / 2.0, room.left(), room.right() - side),
            std::clamp(exact.center().y() - side / 2.0, room.top(), room.bottom() - side), side, side};
}

bool hidesCrosshair(const PlotContext& context, const QRect& rect)
{
    const auto& cell = context.figure.crosshair;
    if (!cell)
        return false;
    const MapScale scale(context.geometry.cells, firstMap(context)->plot);
    const QPointF corner = scale.point(static_cast<double>(cell->query), static_cast<double>(cell->key));
    const double size = scale.pixelsPerCell(), ring = std::max(0.0, 8.0 - size / 2.0);
    return QRectF(corner, QSizeF(size, size)).adjusted(-ring, -ring, ring, ring).intersects(QRectF(rect));
}

void paintPicture(QPainter& painter, const PlotContext& context, const QRect& rect)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(context.theme.stage);
    painter.drawRect(rect.adjusted(-3, -3, 3, 3));
    if (!context.overview.empty() && !context.overview.front().image.isNull()) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(QRectF(rect), context.overview.front().image);
        painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    }
    if (trainingLengthInside(context.figure)) {
        const MapScale scale(wholeSequence(context), rect);
        const double length = static_cast<double>(context.figure.trainingLength);
        const double x = crisp(scale.x(length)), y = crisp(scale.y(length));
        QPen pen(context.theme.line, 1.0, Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({3.0, 2.0});
        for (const QPen& with : {QPen(context.theme.halo, 1.0, Qt::SolidLine, Qt::FlatCap), pen}) {
            painter.setPen(with);
            painter.drawLine(QLineF(x, rect.y(), x, rect.y() + rect.height()));
            painter.drawLine(QLineF(rect.x(), y, rect.x() + rect.width(), y));
        }
    }
}

/// Hair lines lead to a frame that is small.
void paintFrame(QPainter& painter, const PlotContext& context, const QRect& rect)
{
    const QRectF frame = frameIn(context, rect);
    std::vector<QLineF> hairs;
    if (frame.width() < 3.0 * leastFrame) {
        const double x = crisp(frame.center().x()), y = crisp(frame.center().y());
        const QRectF room(rect);
        hairs = {{x, room.top(), x, frame.top()},
                 {x, frame.bottom(), x, room.bottom()},
                 {room.left(), y, frame.left(), y},
                 {frame.right(), y, room.right(), y}};
    }
    QColor halo = context.theme.stage;
    halo.setAlphaF(0.85f);
    painter.setBrush(Qt::NoBrush);
    for (const auto& [colour, hair, line] : {std::tuple{halo, 3.0, 4.0}, {context.theme.accent, 1.0, 2.0}}) {
        painter.setPen(QPen(colour, hair, Qt::SolidLine, Qt::FlatCap));
        painter.drawLines(hairs.data(), static_cast<int>(hairs.size()));
        painter.setPen(QPen(colour, line, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.drawRect(frame);
    }
}

}  // namespace

int overviewSide(const PlotContext& context)
{
    const PanelPlace* map = firstMap(context);
    if (!map)
        return 0;
    const double wanted = sideInLines * context.fonts.tick.pixelSize();
    const int side = static_cast<int>(std::lround(std::min(wanted, mostOfMap * map->plot.width())));
    return side < leastSide ? 0 : side;
}

std::optional<QRect> overviewRect(const PlotContext& context)
{
    const int side = overviewSide(context);
    const CellRect& cells = context.geometry.cells;
    const double n = static_cast<double>(context.figure.length);
    if (side == 0 || context.pixelsPerUnit || n < fewCells || cells.lastKey - cells.firstKey >= deepZoom * n)
        return std::nullopt;
    // The upper right corner is the one that a causal mask leaves empty.
    const QRect plot = firstMap(context)->plot;
    return QRect(plot.x() + plot.width() - margin - side, plot.y() + margin, side, side);
}

void paintOverview(QPainter& painter, const PlotContext& context)
{
    const std::optional<QRect> rect = overviewRect(context);
    if (!rect)
        return;
    painter.save();
    if (!context.overviewHeld && hidesCrosshair(context, *rect))
        painter.setOpacity(0.2);
    paintPicture(painter, context, *rect);
    paintFrame(painter, context, *rect);
    painter.setPen(QPen(context.overviewHeld ? context.theme.accent : context.theme.faintText, 1.0));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(*rect).adjusted(-0.5, -0.5, 0.5, 0.5));
    painter.restore();
}

bool OverviewGestures::handle(QEvent* event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick: return press(*static_cast<QMouseEvent*>(event));
    case QEvent::MouseMove: return move(*static_cast<QMouseEvent*>(event));
    case QEvent::MouseButtonRelease: {
        const bool ours = m_grip.has_value();
        m_grip.reset();
        if (ours)
            m_wishes.cursor(Qt::PointingHandCursor);
        return ours;
    }
    case QEvent::Leave: hold(false); return false;
    default: return false;
    }
}

bool OverviewGestures::press(const QMouseEvent& event)
{
    const auto rect = overviewRect(m_context);
    if (!rect || event.button() != Qt::LeftButton || !QRectF(*rect).contains(event.position()))
        return false;
    const QRectF frame = frameIn(m_context, *rect);
    m_grip = frame.contains(event.position()) ? event.position() - frame.center() : QPointF();
    m_wishes.cursor(Qt::ClosedHandCursor);
    if (!frame.contains(event.position()))
        show(event.position(), false);
    m_moved = !frame.contains(event.position());
    return true;
}

bool OverviewGestures::move(const QMouseEvent& event)
{
    if (m_grip) {
        show(event.position(), m_moved);
        m_moved = true;
        return true;
    }
    const auto rect = overviewRect(m_context);
    const bool inside = event.buttons() == Qt::NoButton && rect && QRectF(*rect).contains(event.position());
    hold(inside);
    if (inside)
        m_wishes.cursor(Qt::PointingHandCursor);
    return inside;
}

void OverviewGestures::hold(bool held)
{
    if (held == m_held)
        return;
    m_held = held;
    m_wishes.hold(held);
}

void OverviewGestures::show(const QPointF& point, bool continues)
{
    const auto rect = overviewRect(m_context);
    if (!rect)
        return;
    const CellRect& cells = m_context.geometry.cells;
    const double side = cells.lastKey - cells.firstKey, n = static_cast<double>(m_context.figure.length);
    const MapScale scale(wholeSequence(m_context), *rect);
    const QPointF middle = point - *m_grip;
    const double key = std::clamp(scale.keyAt(middle.x()) - side / 2.0, 0.0, n - side);
    const double query = std::clamp(scale.queryAt(middle.y()) - side / 2.0, 0.0, n - side);
    const CellRect wanted{key, key + side, query, query + side};
    if (m_context.figure.visible != wanted)
        m_wishes.show(wanted, continues);
}

}  // namespace posbias::ui
