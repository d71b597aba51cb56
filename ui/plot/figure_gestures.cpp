// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/figure_gestures.h"

#include <QGuiApplication>
#include <QMouseEvent>
#include <QStyleHints>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

constexpr double zoomPerNotch = 1.25;
constexpr int leastBox = 5;  ///< pixels

bool isDrag(const QPointF& from, const QPointF& to)
{
    return (to - from).manhattanLength() >= QGuiApplication::styleHints()->startDragDistance();
}

}  // namespace

std::optional<FigureGestures::Target> FigureGestures::targetAt(const QPointF& point) const
{
    const auto& rows = m_context.geometry.rows;
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t p = 0; p < rows[r].size(); ++p)
            if (QRectF(rows[r][p].plot).contains(point))
                return Target{r, p, std::holds_alternative<MapPanel>(m_context.figure.rows[r].panels[p])};
    return std::nullopt;
}

MapScale FigureGestures::scaleOf(const Target& target) const
{
    return {m_context.geometry.cells, m_context.place(target.row, target.panel).plot};
}

std::optional<CellPosition> FigureGestures::cellAt(const Target& target, const QPointF& point) const
{
    if (!target.map)
        return std::nullopt;
    const MapScale scale = scaleOf(target);
    const auto whole = [&](double at) {
        return std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(at)), 0, m_context.figure.length - 1);
    };
    const CellPosition cell{whole(scale.queryAt(point.y())), whole(scale.keyAt(point.x()))};
    if (m_context.figure.mask == Mask::Causal && cell.key > cell.query)
        return std::nullopt;
    return cell;
}

std::optional<std::int64_t> FigureGestures::offsetAt(const Target& target, const QPointF& point) const
{
    if (target.map)
        return std::nullopt;
    const PanelPlace& place = m_context.place(target.row, target.panel);
    const auto* curves = std::get_if<CurvePanel>(&m_context.figure.rows[target.row].panels[target.panel]);
    if (!curves || curves->axis == AxisKind::Offset)
        return OffsetScale(m_context.figure.offsetAxis).offsetAt(offsetX(m_context, place).at(point.x()));
    if (!m_context.rowQuery)
        return std::nullopt;
    const auto key = static_cast<std::int64_t>(std::floor(curveX(m_context, *curves, place).at(point.x())));
    const std::int64_t offset = *m_context.rowQuery - std::clamp<std::int64_t>(key, 0, m_context.figure.length - 1);
    return m_context.figure.offsetAxis.range.contains(offset) ? std::optional(offset) : std::nullopt;
}

bool FigureGestures::handle(QEvent* event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress: press(*static_cast<QMouseEvent*>(event)); return true;
    case QEvent::MouseMove: move(*static_cast<QMouseEvent*>(event)); return true;
    case QEvent::MouseButtonRelease: release(*static_cast<QMouseEvent*>(event)); return true;
    case QEvent::MouseButtonDblClick: {
        const auto target = targetAt(static_cast<QMouseEvent*>(event)->position());
        m_doubleClick = true;
        if (target && target->map && static_cast<QMouseEvent*>(event)->button() == Qt::LeftButton)
            m_wishes.show(std::nullopt);
        return true;
    }
    case QEvent::Wheel: wheel(*static_cast<QWheelEvent*>(event)); return true;
    case QEvent::Leave: endHover(); return false;
    case QEvent::ContextMenu:  // told at the release of the button, if that was no drag
        return true;
    default: return false;
    }
}

void FigureGestures::press(const QMouseEvent& event)
{
    m_doubleClick = false;
    m_target = targetAt(event.position());
    m_pressed = event.position();
    m_pressedCells = m_context.geometry.cells;
    m_boxes = event.button() == Qt::RightButton || event.modifiers().testFlag(Qt::ShiftModifier);
    m_mode = Mode::Pressed;
}

bool FigureGestures::targetStands() const
{
    const auto& rows = m_context.geometry.rows;
    return m_target && m_target->row < rows.size() && m_target->panel < rows[m_target->row].size() &&
           m_target->map == std::holds_alternative<MapPanel>(m_context.figure.rows[m_target->row].panels[m_target->panel]);
}

void FigureGestures::move(const QMouseEvent& event)
{
    if (event.buttons() == Qt::NoButton || m_mode == Mode::None) {
        m_mode = Mode::None;
        hover(event.position());
        return;
    }
    if (!targetStands())
        return;
    if (m_mode == Mode::Pressed && isDrag(m_pressed, event.position()) && m_target->map) {
        m_mode = m_boxes ? Mode::Boxing : Mode::Panning;
        m_wishes.cursor(m_boxes ? Qt::CrossCursor : Qt::ClosedHandCursor);
    }
    drag(event.position());
}

void FigureGestures::drag(const QPointF& point)
{
    if (m_mode == Mode::Boxing)
        m_wishes.box(std::pair{m_target->row, boxTo(point)});
    if (m_mode != Mode::Panning)
        return;
    const MapScale scale(m_pressedCells, m_context.place(m_target->row, m_target->panel).plot);
    const QPointF moved = (point - m_pressed) / scale.pixelsPerCell();
    showCells(m_pressedCells.firstKey - moved.x(), m_pressedCells.firstQuery - moved.y(),
              m_pressedCells.lastKey - m_pressedCells.firstKey);
}

/// Square, from where the button went down towards the pointer, within the map.
QRect FigureGestures::boxTo(const QPointF& point) const
{
    const QRect plot = m_context.place(m_target->row, m_target->panel).plot;
    const QPoint from = m_pressed.toPoint(), to = point.toPoint();
    const bool right = to.x() >= from.x(), down = to.y() >= from.y();
    const int roomX = right ? plot.x() + plot.width() - from.x() : from.x() - plot.x();
    const int roomY = down ? plot.y() + plot.height() - from.y() : from.y() - plot.y();
    const int side = std::min({std::max(std::abs(to.x() - from.x()), std::abs(to.y() - from.y())), roomX, roomY});
    return {right ? from.x() : from.x() - side, down ? from.y() : from.y() - side, side, side};
}

void FigureGestures::release(const QMouseEvent& event)
{
    const Mode mode = m_mode;
    m_mode = Mode::None;
    if (mode == Mode::Boxing)
        m_wishes.box(std::nullopt);
    if (mode == Mode::Boxing && targetStands()) {
        const QRect box = boxTo(event.position());
        const MapScale scale = scaleOf(*m_target);
        if (box.width() >= leastBox)
            showCells(scale.keyAt(box.x()), scale.queryAt(box.y()), box.width() / scale.pixelsPerCell());
    } else if (mode == Mode::Pressed && !m_doubleClick && !isDrag(m_pressed, event.position())) {
        click(event);
    }
    hover(event.position());
}

void FigureGestures::click(const QMouseEvent& event)
{
    const auto target = targetAt(event.position());
    const auto cell = target ? cellAt(*target, event.position()) : std::nullopt;
    if (event.button() == Qt::RightButton) {
        m_wishes.menu(cell, event.globalPosition().toPoint());
    } else if (event.button() == Qt::LeftButton && target) {
        if (cell)
            m_wishes.clickCell(*cell);
        else if (const auto offset = offsetAt(*target, event.position()))
            m_wishes.clickOffset(*offset);
    }
}

void FigureGestures::hover(const QPointF& point)
{
    const auto target = targetAt(point);
    m_wishes.cursor(target ? Qt::CrossCursor : Qt::ArrowCursor);
    const auto cell = target ? cellAt(*target, point) : std::nullopt;
    const auto offset = target ? offsetAt(*target, point) : std::nullopt;
    if (!cell && !offset) {
        endHover();
        return;
    }
    m_hovering = true;
    if (cell)
        m_wishes.hoverCell(*cell);
    else
        m_wishes.hoverOffset(*offset);
}

void FigureGestures::endHover()
{
    if (m_hovering)
        m_wishes.hoverEnd();
    m_hovering = false;
}

void FigureGestures::wheel(const QWheelEvent& event)
{
    const auto target = targetAt(event.position());
    if (!target || !target->map || event.angleDelta().y() == 0)
        return;
    const MapScale scale = scaleOf(*target);
    const CellRect& cells = m_context.geometry.cells;
    const double side = cells.lastKey - cells.firstKey, n = static_cast<double>(m_context.figure.length);
    const double factor = std::pow(zoomPerNotch, event.angleDelta().y() / 120.0);
    const double zoomed = std::clamp(side / factor, std::min(fewestCells, n), n);
    const double key = scale.keyAt(event.position().x()), query = scale.queryAt(event.position().y());
    const double kept = zoomed / side;  // the cell under the pointer stays under it
    showCells(key - (key - cells.firstKey) * kept, query - (query - cells.firstQuery) * kept, zoomed);
}

/// Within the sequence; all of it is "nothing".
void FigureGestures::showCells(double key, double query, double side)
{
    const double n = static_cast<double>(m_context.figure.length);
    const double least = std::min(fewestCells, n);
    if (side < least) {
        key -= (least - side) / 2.0;
        query -= (least - side) / 2.0;
        side = least;
    }
    std::optional<CellRect> rect;
    if (side < n * (1.0 - 1e-9)) {
        key = std::clamp(key, 0.0, n - side);
        query = std::clamp(query, 0.0, n - side);
        rect = CellRect{key, key + side, query, query + side};
    }
    if (rect != m_context.figure.visible)
        m_wishes.show(rect);
}

}  // namespace posbias::ui
