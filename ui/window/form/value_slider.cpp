// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/form/value_slider.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QSignalBlocker>
#include <QStyle>
#include <QStyleOptionSlider>
#include <QWheelEvent>

#include <cmath>

namespace posbias::ui {

namespace {

constexpr int positions = 2000;
constexpr int wheelRestMilliseconds = 400;  // turns of the wheel closer than this are one gesture

}  // namespace

ValueSlider::ValueSlider(const SliderRange& range, QWidget* parent) : QSlider(Qt::Horizontal, parent), m_range(range)
{
    setRange(0, positions);
    setFocusPolicy(Qt::StrongFocus);
    m_wheelRest.setSingleShot(true);
    m_wheelRest.setInterval(wheelRestMilliseconds);
    connect(&m_wheelRest, &QTimer::timeout, this, &ValueSlider::gestureEnded);
    connect(this, &QSlider::valueChanged, this,
            [this](int position) { choose(m_range.valueAt(static_cast<double>(position) / positions)); });
    connect(this, &QSlider::sliderReleased, this, [this] {
        Q_EMIT gestureEnded();
        show(m_value);
    });
}

void ValueSlider::show(double value)
{
    m_value = value;
    if (isSliderDown())
        return;
    const QSignalBlocker quiet(this);
    setValue(static_cast<int>(std::lround(positions * m_range.fractionOf(value))));
}

void ValueSlider::choose(double value)
{
    if (value == m_value)
        return;
    m_value = value;
    Q_EMIT valueChosen(value);
}

void ValueSlider::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        QStyleOptionSlider option;
        initStyleOption(&option);
        const QRect handle = style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, this);
        // A press beside the handle brings it there, ready to be dragged on.
        if (!handle.contains(event->position().toPoint()))
            setValue(QStyle::sliderValueFromPosition(minimum(), maximum(),
                                                     qRound(event->position().x()) - handle.width() / 2,
                                                     width() - handle.width(), isRightToLeft()));
    }
    QSlider::mousePressEvent(event);
}

void ValueSlider::keyPressEvent(QKeyEvent* event)
{
    double next = m_value;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Down: next = m_range.stepped(m_value, -1, false); break;
    case Qt::Key_Right:
    case Qt::Key_Up: next = m_range.stepped(m_value, 1, false); break;
    case Qt::Key_PageDown: next = m_range.stepped(m_value, -1, true); break;
    case Qt::Key_PageUp: next = m_range.stepped(m_value, 1, true); break;
    case Qt::Key_Home: next = m_range.valueAt(0.0); break;
    case Qt::Key_End: next = m_range.valueAt(1.0); break;
    default: QSlider::keyPressEvent(event); return;
    }
    choose(next);
    show(m_value);
}

void ValueSlider::keyReleaseEvent(QKeyEvent* event)
{
    QSlider::keyReleaseEvent(event);
    if (!event->isAutoRepeat())
        Q_EMIT gestureEnded();
}

void ValueSlider::wheelEvent(QWheelEvent* event)
{
    if (!hasFocus() || event->angleDelta().y() == 0) {
        event->ignore();
        return;
    }
    choose(m_range.stepped(m_value, event->angleDelta().y() > 0 ? 1 : -1, false));
    show(m_value);
    m_wheelRest.start();
    event->accept();
}

}  // namespace posbias::ui
