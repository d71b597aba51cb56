// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What hands do to a figure: hover, click, wheel, pinch, drag, box. Turned into wishes; nothing is changed here.

#include "ui/plot/paint/plot_context.h"

#include <QEvent>
#include <QPoint>

#include <functional>
#include <optional>

class QEventPoint;
class QMouseEvent;
class QNativeGestureEvent;
class QTouchEvent;
class QWheelEvent;

namespace posbias::ui {

struct GestureWishes {
    std::function<void(CellPosition)> hoverCell, clickCell;
    std::function<void(std::int64_t)> hoverOffset, clickOffset;
    std::function<void(std::optional<ChartHover>)> hoverChart;
    std::function<void(std::size_t row, std::size_t panel, double x)> clickChart;
    std::function<void(Role, double x, bool finished)> dragHandle;
    std::function<void()> hoverEnd;
    std::function<void(std::optional<CellRect>, bool continues)> show;  ///< `continues` the gesture of the last one
    std::function<void(std::optional<CellPosition>, QPoint)> menu;
    std::function<void(std::optional<std::pair<std::size_t, QRect>>)> box;
    std::function<void(Qt::CursorShape)> cursor;
};

class FigureGestures {
public:
    FigureGestures(const PlotContext& context, GestureWishes wishes) : m_context(context), m_wishes(std::move(wishes))
    {
    }

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
    /// The chart's value there; nothing where the target is no chart.
    std::optional<double> chartValueAt(const Target& target, const QPointF& point) const;
    MapScale scaleOf(const Target& target) const;

    /// A new figure may have come while the button is down; until it is laid out there is nothing to point at.
    bool targetStands() const;
    /// As the owner wants them now; those that are laid out may be a step of the wheel behind.
    CellRect shownCells() const;

    void press(const QMouseEvent& event);
    void move(const QMouseEvent& event);
    void release(const QMouseEvent& event);
    void giveUp();
    void wheel(const QWheelEvent& event);
    void nativeGesture(const QNativeGestureEvent& event);
    bool touch(const QTouchEvent& event);
    void oneFinger(const QEventPoint& finger, Qt::KeyboardModifiers modifiers, quint64 time);
    void twoFingers(const QPointF& first, const QPointF& second);
    /// What is under `from` comes to lie under `to`, enlarged.
    void zoom(const QPointF& from, const QPointF& to, double factor);
    void hover(const QPointF& point);
    void endHover();
    void drag(const QPointF& point);
    void click(const QMouseEvent& event);
    void doubleClick(const QMouseEvent& event);
    QRect boxTo(const QPointF& point) const;
    void beginStep();
    void show(const std::optional<CellRect>& cells);

    enum class Mode { None, Pressed, Panning, Boxing, Handle };

    const PlotContext& m_context;
    GestureWishes m_wishes;
    Mode m_mode = Mode::None;
    std::optional<Target> m_target;  ///< where the button went down
    QPointF m_pressed;
    CellRect m_pressedCells;
    Role m_handle = Role::Neutral;  ///< that a hand holds
    double m_handleAt = 0.0;
    bool m_boxes = false;    ///< a drag would draw a box
    bool m_noClick = false;  ///< the release of a double click, or after a turn of the wheel
    bool m_hovering = false;
    bool m_continues = false;                              ///< the next range belongs to the gesture of the last one
    std::optional<quint64> m_lastWheel;                    ///< ms, the event's time
    std::optional<quint64> m_lastTap;                      ///< ms, the event's time
    std::optional<std::pair<QPointF, QPointF>> m_fingers;  ///< of a pinch, where they were
};

}  // namespace posbias::ui
