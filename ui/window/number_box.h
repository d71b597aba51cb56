// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A text field for a number: typed with Enter, stepped with arrow keys. What was typed stays until it is right.

#include "core/experiment/fields.h"

#include <QLineEdit>

namespace posbias::ui {

/// "1000", "0.03", "1e-06": as it is typed.
QString fieldText(const FieldValue& value);
/// A number when the text is one (spaces between digits are fine), else the text itself: core says what is wrong.
FieldValue fieldValue(const QString& text, FieldType type);

class NumberBox : public QLineEdit {
    Q_OBJECT
public:
    explicit NumberBox(FieldType type, QWidget* parent = nullptr);
    void show(const FieldValue& value);
    /// Whether somebody is typing something that was not entered yet.
    bool beingEdited() const;

Q_SIGNALS:
    void valueTyped(const posbias::FieldValue& value);
    void stepAsked(int direction, bool page);
    void gestureEnded();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;

private:
    void enter();

    FieldType m_type;
    QString m_shown;
};

}  // namespace posbias::ui
