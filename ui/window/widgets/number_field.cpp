// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/widgets/number_field.h"

#include "ui/window/widgets/number_box.h"

#include <QGridLayout>
#include <QLabel>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace posbias::ui {

namespace {

constexpr std::chrono::milliseconds typingPause(700);
constexpr int boxWidth = 110;

/// Steps leave no dust of binary fractions: 0.1 + 0.2 is 0.3.
double rounded(double value)
{
    return QString::number(value, 'g', 12).toDouble();
}

}  // namespace

NumberField::NumberField(const NumberFieldForm& form, const QString& name, QWidget* parent)
    : QWidget(parent),
      m_form(form),
      m_box(new NumberBox(this, form.limits.unit)),
      m_reason(new QLabel(this)),
      m_value(form.emptyWord.isEmpty() ? form.limits.least : form.emptyValue),
      m_before(m_value)
{
    m_box->setObjectName(name);
    m_box->setPlaceholderText(form.emptyWord);
    m_box->setFixedWidth(boxWidth);
    m_reason->setObjectName(QStringLiteral("reason:") + name);
    m_reason->setProperty("problem", true);
    m_reason->setTextFormat(Qt::PlainText);
    m_reason->setWordWrap(true);
    m_reason->hide();
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(3);
    grid->addWidget(m_box, 0, 0);
    if (!form.limits.unit.isEmpty())
        grid->addWidget(new QLabel(form.limits.unit, this), 0, 1);
    grid->setColumnStretch(2, 1);
    grid->addWidget(m_reason, 1, 0, 1, 3);
    setFocusProxy(m_box);  // a label's shortcut leads into the box
    m_pause.setSingleShot(true);
    m_pause.setInterval(typingPause);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        QString refusal;
        taken(&refusal);
        tell(refusal);
    });
    connect(m_box, &QLineEdit::textEdited, this, &NumberField::followTyping);
    connect(m_box, &NumberBox::valueTyped, this, &NumberField::enter);
    connect(m_box, &NumberBox::stepAsked, this, &NumberField::step);
    showValue();
}

QString NumberField::reason() const
{
    return m_reason->text();
}

/// Whether the box holds what somebody typed, not what it showed by itself.
bool NumberField::waits() const
{
    return m_box->beingEdited() || !m_reason->text().isEmpty();
}

bool NumberField::refuses() const
{
    QString refusal;
    return waits() && !taken(&refusal);
}

void NumberField::askToMend()
{
    QString refusal;
    taken(&refusal);
    tell(refusal);
    m_box->setFocus();
    m_box->selectAll();
}

void NumberField::setValue(double value)
{
    if (value != m_value || !waits())
        startWith(value);
}

void NumberField::startWith(double value)
{
    m_value = value;
    showValue();
}

std::optional<double> NumberField::taken(QString* refusal) const
{
    const TypedNumber typed = m_box->typed();
    const bool word =
        !m_form.emptyWord.isEmpty() && (typed.fault == NumberFault::Empty ||
                                        m_box->text().trimmed().compare(m_form.emptyWord, Qt::CaseInsensitive) == 0);
    if (word)
        return m_form.emptyValue;
    *refusal = refusalOf(typed, m_form.limits);
    return refusal->isEmpty() ? std::optional(realValue(typed.value)) : std::nullopt;
}

void NumberField::followTyping()
{
    QString refusal;
    const std::optional<double> value = taken(&refusal);
    if (!value) {
        choose(m_before);
        m_pause.start();
        return;
    }
    tell({});
    choose(*value);
}

void NumberField::enter()
{
    QString refusal;
    const std::optional<double> value = taken(&refusal);
    tell(refusal);
    choose(value.value_or(m_before));
    if (value)
        showValue();
}

void NumberField::step(int direction, bool page)
{
    const bool fromWord = !m_form.emptyWord.isEmpty() && m_value == m_form.emptyValue;
    const double next = fromWord ? m_form.firstStep : rounded(m_value + direction * (page ? 10.0 : 1.0) * m_form.step);
    choose(std::clamp(next, m_form.limits.least, m_form.limits.most));
    showValue();
    m_box->selectAll();
}

void NumberField::choose(double value)
{
    if (value == m_value)
        return;
    m_value = value;
    Q_EMIT valueChosen(value);
}

void NumberField::showValue()
{
    tell({});
    m_before = m_value;
    if (!m_form.emptyWord.isEmpty() && m_value == m_form.emptyValue)
        m_box->showNothing();
    else if (std::trunc(m_value) == m_value && std::fabs(m_value) < 9e15)
        m_box->show(static_cast<std::int64_t>(m_value));
    else
        m_box->show(m_value);
}

void NumberField::tell(const QString& reason)
{
    m_pause.stop();
    m_reason->setText(reason);
    m_reason->setVisible(!reason.isEmpty());
    m_box->setAccessibleDescription(reason);
}

}  // namespace posbias::ui
