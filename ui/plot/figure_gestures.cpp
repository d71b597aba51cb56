// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/figure_gestures.h"

#include "ui/plot/layout/cell_ranges.h"
#include "ui/plot/paint/chart_painter.h"

#include <QGuiApplication>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QStyleHints>
#include <QTouchEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace posbias::ui {
namespace {

constexpr double notchesPerDoubling = 2.0;
constexpr double ctrlSpeeds = 4.0;              ///< a million tokens to single cells in nine notches
constexpr quint64 wheelRestMilliseconds = 500;  ///< turns of the wheel closer than this are one gesture
constexpr int leastBox = 5;                     ///< pixels

bool isDrag(const QPointF& from, const QPointF& to)
{
    return (to - from).manhattanLength() >= QGuiApplication::styleHints()->startDragDistance();
}

}  // namespace

bool FigureGestures::handle(QEvent* event)
{
    const auto mouse = [event] { return static_cast<QMouseEvent*>(event); };
    switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick:
        if (mouse()->button() == Qt::BackButton || mouse()->button() == Qt::ForwardButton)
            return false;  // the owner's: it keeps the history
        press(*mouse());
        if (event->type() == QEvent::MouseButtonDblClick)
            doubleClick(*mouse());
        return true;
    case QEvent::MouseMove: move(*mouse()); return true;
    case QEvent::MouseButtonRelease: release(*mouse()); return true;
    case QEvent::Wheel: wheel(*static_cast<QWheelEvent*>(event)); return true;
    case QEvent::NativeGesture: nativeGesture(*static_cast<QNativeGestureEvent*>(event)); return true;
    case QEvent::TouchBegin:
    case QEvent::TouchUpdate:
    case QEvent::TouchEnd:
    case QEvent::TouchCancel: return touch(*static_cast<QTouchEvent*>(event));
    case QEvent::Leave: endHover(); return false;
    case QEvent::ContextMenu:  // told at the release of the button, if that was no drag
        return true;
    default: return false;
    }
}

/// Another button during a drag gives it up.
void FigureGestures::press(const QMouseEvent& event)
{
    const bool dragging = m_mode == Mode::Boxing || m_mode == Mode::Panning || m_mode == Mode::Handle;
    giveUp();
    if (dragging)
        return;
    m_noClick = false;
    m_target = targetAt(event.position());
    m_pressed = event.position();
    m_pressedCells = shownCells();
    m_boxes = event.button() == Qt::RightButton || event.modifiers().testFlag(Qt::ShiftModifier);
    m_mode = Mode::Pressed;
    const ChartMark* handle = m_target && event.button() == Qt::LeftButton
                                  ? handleAt(m_context, m_target->row, m_target->panel, m_pressed)
                                  : nullptr;
    if (!handle)
        return;
    m_mode = Mode::Handle;
    m_handle = handle->role;
    m_handleAt = handle->x;
    m_wishes.cursor(Qt::SizeHorCursor);
}

void FigureGestures::giveUp()
{
    const Mode mode = std::exchange(m_mode, Mode::None);
    if (mode == Mode::Boxing)
        m_wishes.box(std::nullopt);
    else if (mode == Mode::Handle)
        m_wishes.dragHandle(m_handle, m_handleAt, true);
}

void FigureGestures::doubleClick(const QMouseEvent& event)
{
    m_noClick = true;
    if (event.button() != Qt::LeftButton || m_mode != Mode::Pressed || !m_target || !m_target->map)
        return;
    beginStep();
    show(std::nullopt);
    m_pressedCells = shownCells();
}

bool FigureGestures::targetStands() const
{
    const auto& rows = m_context.geometry.rows;
    return m_target && m_target->row < rows.size() && m_target->panel < rows[m_target->row].size() &&
           m_target->map ==
               std::holds_alternative<MapPanel>(m_context.figure.rows[m_target->row].panels[m_target->panel]);
}

void FigureGestures::move(const QMouseEvent& event)
{
    if (event.buttons() == Qt::NoButton || m_mode == Mode::None) {
        giveUp();
        hover(event.position());
        return;
    }
    if (!targetStands())
        return;
    if (m_mode == Mode::Pressed && isDrag(m_pressed, event.position()) && m_target->map) {
        m_mode = m_boxes ? Mode::Boxing : Mode::Panning;
        beginStep();
        m_wishes.cursor(m_boxes ? Qt::CrossCursor : Qt::ClosedHandCursor);
    }
    drag(event.position());
}

void FigureGestures::drag(const QPointF& point)
{
    if (m_mode == Mode::Boxing)
        m_wishes.box(std::pair{m_target->row, boxTo(point)});
    if (m_mode == Mode::Handle)
        if (const auto x = chartValueAt(*m_target, point); x && *x != m_handleAt) {
            m_handleAt = *x;
            m_wishes.dragHandle(m_handle, *x, false);
        }
    if (m_mode != Mode::Panning)
        return;
    const MapScale scale(m_pressedCells, m_context.place(m_target->row, m_target->panel).plot);
    const QPointF moved = (point - m_pressed) / scale.pixelsPerCell();
    show(cellsWithin(m_pressedCells.firstQuery - moved.y(), m_pressedCells.firstKey - moved.x(),
                     m_pressedCells.lastKey - m_pressedCells.firstKey, m_context.figure.length));
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
    giveUp();
    if (mode == Mode::Boxing && targetStands()) {
        const QRect box = boxTo(event.position());
        const MapScale scale = scaleOf(*m_target);
        if (box.width() >= leastBox)
            show(cellsWithin(scale.queryAt(box.y()), scale.keyAt(box.x()), box.width() / scale.pixelsPerCell(),
                             m_context.figure.length));
    } else if (mode == Mode::Pressed && !m_noClick && !isDrag(m_pressed, event.position())) {
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
        else if (const auto x = chartValueAt(*target, event.position()))
            m_wishes.clickChart(target->row, target->panel, *x);
    }
}

void FigureGestures::hover(const QPointF& point)
{
    const auto target = targetAt(point);
    const bool chart = target && chartValueAt(*target, point);
    const bool handle = chart && handleAt(m_context, target->row, target->panel, point);
    const auto& rows = m_context.figure.rows;
    const bool bars = target && std::holds_alternative<BarPanel>(rows[target->row].panels[target->panel]);
    m_wishes.cursor(handle ? Qt::SizeHorCursor : target && !bars ? Qt::CrossCursor : Qt::ArrowCursor);
    m_wishes.hoverChart(chart && !handle ? std::optional(ChartHover{target->row, target->panel, point}) : std::nullopt);
    const auto cell = target ? cellAt(*target, point) : std::nullopt;
    const auto offset = target ? offsetAt(*target, point) : std::nullopt;
    if (!cell && !offset) {
        if (m_hovering)
            m_wishes.hoverEnd();
        m_hovering = false;
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
    m_wishes.hoverChart(std::nullopt);
    if (m_hovering)
        m_wishes.hoverEnd();
    m_hovering = false;
}

void FigureGestures::wheel(const QWheelEvent& event)
{
    const auto target = targetAt(event.position());
    if (!target || !target->map || event.angleDelta().y() == 0 || m_mode == Mode::Boxing)
        return;
    // By the hand's time, not by when a busy program comes to see it.
    if (!m_lastWheel || event.timestamp() > *m_lastWheel + wheelRestMilliseconds)
        beginStep();
    // Touchpads and fine wheels turn by parts of a notch.
    const double speed = event.modifiers().testFlag(Qt::ControlModifier) ? ctrlSpeeds : 1.0;
    m_target = target;
    zoom(event.position(), event.position(), std::exp2(speed * event.angleDelta().y() / 120.0 / notchesPerDoubling));
    m_lastWheel = event.timestamp();
    if (m_mode == Mode::None)
        hover(event.position());  // where the sequence ends, another cell came under the pointer
}

void FigureGestures::zoom(const QPointF& from, const QPointF& to, double factor)
{
    const MapScale scale = scaleOf(*m_target);
    const QPointF cells = (to - from) / scale.pixelsPerCell();
    CellRect moved = shownCells();
    moved.firstKey -= cells.x();
    moved.lastKey -= cells.x();
    moved.firstQuery -= cells.y();
    moved.lastQuery -= cells.y();
    show(cellsScaled(moved, factor, scale.queryAt(from.y()), scale.keyAt(from.x()), m_context.figure.length));
    if (m_mode != Mode::None) {  // a button is down: its drag goes on from here
        m_pressed = to;
        m_pressedCells = shownCells();
        m_noClick = true;
    }
}

/// What is shown from now on is another step.
void FigureGestures::beginStep()
{
    m_continues = false;
    m_lastWheel.reset();
}

void FigureGestures::show(const std::optional<CellRect>& cells)
{
    if (sameCells(cells, m_context.figure.visible))
        return;
    m_wishes.show(cells, m_continues);
    m_continues = true;
}

}  // namespace posbias::ui
