// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/number_box.h"

#include <QKeyEvent>
#include <QLocale>

#include <cmath>

namespace posbias::ui {

namespace {

constexpr QChar minusSign(0x2212);

bool isStepKey(int key)
{
    return key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp || key == Qt::Key_PageDown;
}

}  // namespace

QString fieldText(const FieldValue& value)
{
    QString text;
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        text = QString::number(*whole);
    else if (const auto* real = std::get_if<double>(&value))
        text = QString::number(*real, 'g', QLocale::FloatingPointShortest);
    else
        return QString::fromStdString(std::get<std::string>(value));
    return text.startsWith(QLatin1Char('-')) ? minusSign + text.mid(1) : text;
}

FieldValue fieldValue(const QString& text, FieldType type)
{
    QString plain = text;
    plain.removeIf([](QChar c) { return c.isSpace(); });
    plain.replace(minusSign, QLatin1Char('-'));
    bool ok = false;
    const qlonglong whole = plain.toLongLong(&ok);
    if (ok && type == FieldType::Integer)
        return static_cast<std::int64_t>(whole);
    const double real = plain.toDouble(&ok);
    if (ok && std::isfinite(real))
        return real;
    return text.trimmed().toStdString();
}

NumberBox::NumberBox(FieldType type, QWidget* parent) : QLineEdit(parent), m_type(type)
{
    setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    connect(this, &QLineEdit::editingFinished, this, &NumberBox::enter);
}

void NumberBox::show(const FieldValue& value)
{
    m_shown = fieldText(value);
    if (text() != m_shown) {
        setText(m_shown);
        setCursorPosition(0);  // the leading digits, should they not all fit
    }
    const bool fits = fontMetrics().horizontalAdvance(m_shown) <= contentsRect().width() - 2 * fontMetrics().averageCharWidth();
    setToolTip(fits ? QString() : m_shown);
    setModified(false);
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
    Q_EMIT valueTyped(fieldValue(text(), m_type));
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
        setText(m_shown);
        setModified(true);
        enter();  // takes back what was refused, too
        selectAll();
        return;
    }
    QLineEdit::keyPressEvent(event);
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        selectAll();
}

void NumberBox::keyReleaseEvent(QKeyEvent* event)
{
    QLineEdit::keyReleaseEvent(event);
    if (isStepKey(event->key()) && !event->isAutoRepeat())
        Q_EMIT gestureEnded();
}

}  // namespace posbias::ui
