// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/widgets/number_box.h"

#include <QKeyEvent>
#include <QWheelEvent>

namespace posbias::ui {

namespace {

bool isStepKey(int key)
{
    return key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp || key == Qt::Key_PageDown;
}

}  // namespace

NumberBox::NumberBox(QWidget* parent, const QString& unit) : QLineEdit(parent), m_unit(unit)
{
    setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    connect(this, &QLineEdit::editingFinished, this, &NumberBox::enter);
}

void NumberBox::show(const FieldValue& value)
{
    showText(textToType(value, QLocale()));
}

void NumberBox::showNothing()
{
    showText(QString());
}

void NumberBox::showText(const QString& shown)
{
    m_shown = shown;
    if (text() != m_shown) {
        setText(m_shown);
        setCursorPosition(0);  // the leading digits, should they not all fit
    }
    const bool fits =
        fontMetrics().horizontalAdvance(m_shown) <= contentsRect().width() - 2 * fontMetrics().averageCharWidth();
    setToolTip(fits ? QString() : m_shown);
    setModified(false);
}

TypedNumber NumberBox::typed() const
{
    return typedNumber(text(), QLocale(), m_unit);
}

bool NumberBox::beingEdited() const
{
    return isModified() && text() != m_shown;
}

void NumberBox::enter()
{
    if (!isModified())
        return;
    setModified(false);
    Q_EMIT valueTyped(typed().value);
    Q_EMIT gestureEnded();
}

bool NumberBox::event(QEvent* event)
{
    // While nothing is being typed, Ctrl+Z is the window's.
    if (event->type() == QEvent::ShortcutOverride && !beingEdited()) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return false;
        }
    }
    return QLineEdit::event(event);
}

void NumberBox::keyPressEvent(QKeyEvent* event)
{
    if (isStepKey(event->key())) {
        enter();
        const bool up = event->key() == Qt::Key_Up || event->key() == Qt::Key_PageUp;
        const bool page = event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown;
        Q_EMIT stepAsked(up ? 1 : -1, page);
        return;
    }
    if (event->key() == Qt::Key_Escape && text() != m_shown) {
        restore();
        return;
    }
    const bool entered = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool edited = isModified();
    QLineEdit::keyPressEvent(event);
    if (!entered)
        return;
    selectAll();
    if (edited)
        event->accept();  // entered here; a dialog's button waits for the next one
}

/// Takes back what was refused, too.
void NumberBox::restore()
{
    setText(m_shown);
    setModified(true);
    enter();
    selectAll();
}

void NumberBox::wheelEvent(QWheelEvent* event)
{
    if (!hasFocus() || isReadOnly()) {
        event->ignore();  // the panel scrolls
        return;
    }
    m_wheelTurn += event->angleDelta().y();
    const int steps = m_wheelTurn / QWheelEvent::DefaultDeltasPerStep;
    m_wheelTurn -= steps * QWheelEvent::DefaultDeltasPerStep;
    event->accept();
    if (steps == 0)
        return;
    enter();
    for (int k = 0; k < std::abs(steps); ++k)
        Q_EMIT stepAsked(steps > 0 ? 1 : -1, false);
    Q_EMIT gestureEnded();
}

void NumberBox::keyReleaseEvent(QKeyEvent* event)
{
    QLineEdit::keyReleaseEvent(event);
    if (isStepKey(event->key()) && !event->isAutoRepeat())
        Q_EMIT gestureEnded();
}

}  // namespace posbias::ui
