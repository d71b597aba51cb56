// SPDX-License-Identifier: GPL-3.0-or-later
// What fingers do to a figure, on a touchpad and on a touch screen.
#include "ui/plot/figure_gestures.h"

#include <QGuiApplication>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QStyleHints>
#include <QTouchEvent>

#include <cmath>

namespace posbias::ui {

void FigureGestures::nativeGesture(const QNativeGestureEvent& event)
{
    if (event.gestureType() == Qt::BeginNativeGesture)
        beginStep();
    const auto target = targetAt(event.position());
    if (!target || !target->map || m_mode == Mode::Boxing)
        return;
    m_target = target;
    switch (event.gestureType()) {
    case Qt::ZoomNativeGesture:  // by 1 + value, written so that pinching back leads back
        zoom(event.position(), event.position(), std::exp(event.value()));
        break;
    case Qt::PanNativeGesture: zoom(event.position(), event.position() + event.delta(), 1.0); break;
    case Qt::SmartZoomNativeGesture:
        beginStep();
        show(std::nullopt);
        break;
    default: break;
    }
}

/// Of a screen. Qt's own recognizer of pinches answers each event twice, and the first one wrongly.
bool FigureGestures::touch(const QTouchEvent& event)
{
    if (event.device()->type() == QInputDevice::DeviceType::TouchPad)
        return false;
    std::vector<QPointF> down;
    for (const QEventPoint& finger : event.points())
        if (finger.state() != QEventPoint::State::Released)
            down.push_back(finger.position());
    if (event.type() == QEvent::TouchCancel) {
        giveUp();
        m_fingers.reset();
    } else if (down.size() == 2) {
        twoFingers(down[0], down[1]);
    } else {
        m_fingers.reset();
        if (event.points().size() == 1)
            oneFinger(event.points().first(), event.modifiers(), event.timestamp());
    }
    return true;
}

/// As the left button of a mouse. `time`: the hand's, in ms.
void FigureGestures::oneFinger(const QEventPoint& finger, Qt::KeyboardModifiers modifiers, quint64 time)
{
    const auto mouse = [&](QEvent::Type type, Qt::MouseButton button, Qt::MouseButtons buttons) {
        return QMouseEvent(type, finger.position(), finger.globalPosition(), button, buttons, modifiers);
    };
    if (finger.state() == QEventPoint::State::Pressed) {
        const QStyleHints& hints = *QGuiApplication::styleHints();
        const auto interval = static_cast<quint64>(hints.mouseDoubleClickInterval());
        const bool twice = m_lastTap && time < *m_lastTap + interval &&
                           (finger.position() - m_pressed).manhattanLength() < hints.touchDoubleTapDistance();
        m_lastTap.reset();
        press(mouse(QEvent::MouseButtonPress, Qt::LeftButton, Qt::LeftButton));
        if (twice)
            doubleClick(mouse(QEvent::MouseButtonDblClick, Qt::LeftButton, Qt::LeftButton));
    } else if (m_mode == Mode::None) {
        return;  // left over from a pinch
    } else if (finger.state() == QEventPoint::State::Released) {
        if (m_mode == Mode::Pressed && !m_noClick)
            m_lastTap = time;
        release(mouse(QEvent::MouseButtonRelease, Qt::LeftButton, Qt::NoButton));
    } else {
        move(mouse(QEvent::MouseMove, Qt::NoButton, Qt::LeftButton));
    }
}

void FigureGestures::twoFingers(const QPointF& first, const QPointF& second)
{
    const QPointF centre = (first + second) / 2.0;
    if (!m_fingers) {
        giveUp();
        beginStep();
        m_target = targetAt(centre);
    } else if (targetStands() && m_target->map) {
        const auto& [a, b] = *m_fingers;
        const double apart = std::hypot(second.x() - first.x(), second.y() - first.y());
        const double before = std::hypot(b.x() - a.x(), b.y() - a.y());
        // Fingers that touch each other have no distance to grow from.
        zoom((a + b) / 2.0, centre, std::max(apart, 1.0) / std::max(before, 1.0));
    }
    m_fingers = {first, second};
}

}  // namespace posbias::ui
