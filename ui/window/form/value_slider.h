// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A slider over a field's values: logarithmic where that helps, round values, and a wheel that scrolls the panel.

#include "ui/window/form/slider_range.h"

#include <QSlider>
#include <QTimer>

namespace posbias::ui {

class ValueSlider : public QSlider {
    Q_OBJECT
public:
    explicit ValueSlider(const SliderRange& range, QWidget* parent = nullptr);
    /// Shows a value without telling anybody; under the mouse the handle stays where it is held.
    void show(double value);

Q_SIGNALS:
    void valueChosen(double value);
    /// The hand has let go: what came since the last one belongs together.
    void gestureEnded();

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void choose(double value);

    SliderRange m_range;
    double m_value = 0.0;
    QTimer m_wheelRest;
};

}  // namespace posbias::ui
