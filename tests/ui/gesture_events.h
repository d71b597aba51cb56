// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Events as a mouse, a wheel and a touchpad send them.

#include "core/fields/pixels.h"

#include <QCoreApplication>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPointingDevice>
#include <QSignalSpy>
#include <QWheelEvent>
#include <QWidget>

#include <optional>

namespace posbias::ui {

inline void mouse(QWidget& widget, QEvent::Type type, QPointF at, Qt::MouseButton button, Qt::MouseButtons buttons,
                  Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    QMouseEvent event(type, at, widget.mapToGlobal(at), button, buttons, modifiers);
    QCoreApplication::sendEvent(&widget, &event);
}

inline void drag(QWidget& widget, QPoint from, QPoint to, Qt::MouseButton button,
                 Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    mouse(widget, QEvent::MouseButtonPress, from, button, button, modifiers);
    mouse(widget, QEvent::MouseMove, (from + to) / 2, Qt::NoButton, button, modifiers);
    mouse(widget, QEvent::MouseMove, to, Qt::NoButton, button, modifiers);
    mouse(widget, QEvent::MouseButtonRelease, to, button, Qt::NoButton, modifiers);
}

/// A notch of a wheel is an angle of 120. `time`: the hand's, in ms.
inline void turnWheel(QWidget& widget, QPointF at, int angle, Qt::KeyboardModifiers modifiers = Qt::NoModifier,
                      quint64 time = 0)
{
    QWheelEvent event(at, widget.mapToGlobal(at), QPoint(), QPoint(0, angle), Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    event.setTimestamp(time);
    QCoreApplication::sendEvent(&widget, &event);
}

inline void nativeGesture(QWidget& widget, Qt::NativeGestureType type, QPointF at, double value = 0.0,
                          QPointF delta = {})
{
    QNativeGestureEvent event(type, QPointingDevice::primaryPointingDevice(), 2, at, at, widget.mapToGlobal(at), value,
                              delta);
    QCoreApplication::sendEvent(&widget, &event);
}

inline std::optional<CellRect> lastRect(const QSignalSpy& spy)
{
    return qvariant_cast<std::optional<CellRect>>(spy.last().at(0));
}

}  // namespace posbias::ui
