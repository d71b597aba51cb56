// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A number box of a dialog: its unit behind it, and beneath it why it does not take what was typed.

#include "ui/text/typed_number.h"

#include <QTimer>
#include <QWidget>

class QLabel;

namespace posbias::ui {

class NumberBox;

struct NumberFieldForm {
    NumberLimits limits;
    double step = 1.0;        ///< of an arrow key or a notch of the wheel; the Page keys make ten
    QString emptyWord = {};   ///< what an empty box means, shown in it: "Automatic"
    double emptyValue = 0.0;  ///< its value
    double firstStep = 0.0;   ///< where steps from it begin
};

/// While somebody types, every text that can be taken is in use at once. While the text cannot be taken, the value from
/// before this entry is in use, never the first digits of what is refused; the reason appears when typing pauses, or at
/// once on leaving. Esc brings back the value from before.
class NumberField : public QWidget {
    Q_OBJECT
public:
    /// `name`: the box's object name.
    NumberField(const NumberFieldForm& form, const QString& name, QWidget* parent = nullptr);

    double value() const { return m_value; }
    /// That was in use before what is being typed, or waits to be mended, was begun; `value()` while nothing is.
    double valueBefore() const { return m_before; }
    /// Whether what somebody typed cannot be taken, be it told already or not.
    bool refuses() const;
    /// Tells the reason at once and takes the focus.
    void askToMend();
    /// Shows a value without telling anybody. A text that is being typed or that waits to be mended stays, unless the
    /// value has changed behind it.
    void setValue(double value);
    /// The same for another thing's value: no text is kept.
    void startWith(double value);
    /// What is visible beneath the box; empty while nothing is wrong.
    QString reason() const;
    NumberBox* box() const { return m_box; }

Q_SIGNALS:
    void valueChosen(double value);

private:
    bool waits() const;
    std::optional<double> taken(QString* refusal) const;
    void followTyping();
    void enter();
    void step(int direction, bool page);
    void choose(double value);
    void showValue();
    void tell(const QString& reason);

    NumberFieldForm m_form;
    NumberBox* m_box;
    QLabel* m_reason;
    QTimer m_pause;
    double m_value;
    double m_before;
};

}  // namespace posbias::ui
