// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What hands do to a figure: hover, click, wheel, drag, box. Turned into wishes; nothing is changed here.

#include "ui/plot/plot_context.h"

#include <QEvent>
#include <QPoint>

#include <functional>
#include <optional>

class QMouseEvent;
class QWheelEvent;

namespace posbias::ui {

struct GestureWishes {
    std::function<void(CellPosition)> hoverCell, clickCell;
    std::function<void(std::int64_t)> hoverOffset, clickOffset;
    std::function<void()> hoverEnd;
    std::function<void(std::optional<CellRect>)> show;
    std::function<void(std::optional<CellPosition>, QPoint)> menu;
    std::function<void(std::optional<std::pair<std::size_t, QRect>>)> box;
    std::function<void(Qt::CursorShape)> cursor;
};

class FigureGestures {
public:
    FigureGestures(const PlotContext& context, GestureWishes wishes) : m_context(context), m_wishes(std::move(wishes)) {}

    /// Whether the event was one of ours.
    bool handle(QEvent* event);

private:
    struct Target {
        std::size_t row = 0, panel = 0;
        bool map = false;
    };
    std::optional<Target> targetAt(const QPointF& point) const;
    std::optional<CellPosition> cellAt(const Target& target, const QPointF& point) const;
    std::optional<std::int64_t> offsetAt(const Target& target, const QPointF& point) const;
    MapScale scaleOf(const Target& target) const;

    /// A new figure may have come while the button is down; until it is laid out there is nothing to point at.
    bool targetStands() const;

    void press(const QMouseEvent& event);
    void move(const QMouseEvent& event);
    void release(const QMouseEvent& event);
    void wheel(const QWheelEvent& event);
    void hover(const QPointF& point);
    void endHover();
    void drag(const QPointF& point);
    void click(const QMouseEvent& event);
    QRect boxTo(const QPointF& point) const;
    void showCells(double key, double query, double side);

    enum class Mode { None, Pressed, Panning, Boxing };

    const PlotContext& m_context;
    GestureWishes m_wishes;
    Mode m_mode = Mode::None;
    std::optional<Target> m_target;   ///< where the button went down
    QPointF m_pressed;
    CellRect m_pressedCells;
    bool m_boxes = false;             ///< a drag would draw a box
    bool m_doubleClick = false;       ///< its release is no click
    bool m_hovering = false;
};

}  // namespace posbias::ui
