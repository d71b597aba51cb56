// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The text field for a number, the only one in the program: typed, or stepped with arrow keys and the wheel. What is
// being typed, and what was refused, stays as it is until somebody mends it or presses Esc.

#include "ui/text/typed_number.h"

#include <QLineEdit>

namespace posbias::ui {

class NumberBox : public QLineEdit {
    Q_OBJECT
public:
    /// `unit` may be typed behind the number; the box never shows it.
    explicit NumberBox(QWidget* parent = nullptr, const QString& unit = {});
    void show(const FieldValue& value);
    /// An empty box, for a value that has a word instead of a number.
    void showNothing();
    /// Whether somebody is typing something that was not entered yet.
    bool beingEdited() const;
    TypedNumber typed() const;

Q_SIGNALS:
    /// Entered, by Enter, by leaving, or by Esc, which brings back what was shown before: a number, or a text that is none.
    void valueTyped(const posbias::FieldValue& value);
    void stepAsked(int direction, bool page);
    void gestureEnded();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void enter();
    void showText(const QString& text);
    void restore();

    QString m_unit;
    QString m_shown;
    int m_wheelTurn = 0;  ///< eighths of a degree that make no step yet
};

}  // namespace posbias::ui
