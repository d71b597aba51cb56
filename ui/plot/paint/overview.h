// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The small picture of the whole sequence in the first map that tells where a deep zoom is, and moves it by hand.

#include "ui/plot/paint/plot_context.h"

#include <QEvent>

#include <functional>
#include <optional>

class QMouseEvent;

namespace posbias::ui {

/// Side of the small picture for a figure as it is laid out; 0 without maps, or where they are too small for it.
int overviewSide(const PlotContext& context);
/// Where it is; nothing while much of the sequence is seen anyway, and in files.
std::optional<QRect> overviewRect(const PlotContext& context);

/// Pale while the crosshair's cell lies beneath.
void paintOverview(QPainter& painter, const PlotContext& context);

struct OverviewWishes {
    std::function<void(std::optional<CellRect>, bool continues)> show;  ///< as GestureWishes
    std::function<void(bool)> hold;                                     ///< the pointer is on it
    std::function<void(Qt::CursorShape)> cursor;
};

/// A click moves the visible range there; its frame can be dragged.
class OverviewGestures {
public:
    OverviewGestures(const PlotContext& context, OverviewWishes wishes)
        : m_context(context), m_wishes(std::move(wishes))
    {
    }

    /// Whether the event was one of ours.
    bool handle(QEvent* event);
    bool held() const { return m_held; }

private:
    bool press(const QMouseEvent& event);
    bool move(const QMouseEvent& event);
    void hold(bool held);
    void show(const QPointF& point, bool continues);

    const PlotContext& m_context;
    OverviewWishes m_wishes;
    bool m_held = false;
    bool m_moved = false;           ///< since the button went down
    std::optional<QPointF> m_grip;  ///< while dragged: from the middle of the visible range to the pointer
};

}  // namespace posbias::ui
