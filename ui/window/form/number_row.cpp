// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/form/number_row.h"

#include "ui/window/form/value_slider.h"
#include "ui/window/widgets/number_box.h"

#include <QRandomGenerator>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace posbias::ui {

NumberRow::NumberRow(const FieldDescription& field, QWidget* parent)
    : FieldRow(field, parent), m_box(new NumberBox(this))
{
    m_box->setObjectName(QStringLiteral("number:") + path());
    m_box->setAccessibleName(coreText(field.label));
    connect(m_box, &NumberBox::valueTyped, this, &NumberRow::enter);
    connect(m_box, &NumberBox::stepAsked, this, &NumberRow::step);
    connect(m_box, &NumberBox::gestureEnded, this, &FieldRow::gestureEnded);
    if (sliderRange(field))
        addSlider();
    else
        addSeedButton();
}

void NumberRow::addSlider()
{
    m_slider = new ValueSlider(*sliderRange(field()), this);
    m_slider->setObjectName(QStringLiteral("slider:") + path());
    m_slider->setAccessibleName(coreText(field().label));
    m_slider->setMinimumWidth(48);
    connect(m_slider, &ValueSlider::valueChosen, this, &NumberRow::chooseReal);
    connect(m_slider, &ValueSlider::gestureEnded, this, &FieldRow::gestureEnded);
    place(m_slider, 1, 1);
    place(m_box, 2, 1);
}

void NumberRow::addSeedButton()
{
    auto* button = new QToolButton(this);
    button->setObjectName(QStringLiteral("new:") + path());
    button->setText(QStringLiteral("↻"));
    button->setToolTip(tr("A new seed"));
    button->setAccessibleName(tr("New seed"));
    button->setFocusPolicy(Qt::TabFocus);
    button->setStyleSheet(QStringLiteral("QToolButton { padding: 2px 6px; }"));
    connect(button, &QToolButton::clicked, this, [this] {
        const std::int64_t old = std::get<std::int64_t>(field().value);
        std::int64_t next = QRandomGenerator::global()->bounded(1, 9999);
        next += next >= old ? 1 : 0;  // 1..9999 without the old one
        choose(next);
        Q_EMIT gestureEnded();
    });
    m_seedButton = button;
    place(m_box, 1, 1);
    place(button, 2, 1);
}

QList<QWidget*> NumberRow::editors() const
{
    return m_slider ? QList<QWidget*>{m_slider, m_box} : QList<QWidget*>{m_box, m_seedButton};
}

void NumberRow::fitColumns(const RowColumns& columns)
{
    if (m_slider)
        m_box->setFixedWidth(columns.number);
}

void NumberRow::showField()
{
    if (m_slider)
        m_slider->show(realValue(field().value));
    m_refused = m_refused && !problem().isEmpty();
    // Text that is being typed, or that was refused and waits to be mended, is not taken away.
    if (!m_refused && !m_entering && !(m_box->hasFocus() && m_box->beingEdited()))
        m_box->show(field().value);
}

void NumberRow::enter(const FieldValue& value)
{
    m_entering = true;
    m_refused = false;
    choose(value);
    m_entering = false;
    const bool isNumber = !std::holds_alternative<std::string>(value);
    m_refused = !problem().isEmpty() && !(isNumber && realValue(value) == realValue(field().value));
    if (!m_refused)
        m_box->show(field().value);
}

void NumberRow::chooseReal(double value)
{
    m_refused = false;
    if (field().type == FieldType::Integer)
        choose(static_cast<std::int64_t>(std::llround(value)));
    else
        choose(value);
}

void NumberRow::step(int direction, bool page)
{
    const double value = realValue(field().value);
    const std::optional<SliderRange> range = sliderRange(field());
    if (field().type == FieldType::Integer && !(page && range && range->logarithmic)) {
        const double next = std::clamp(value + direction * (page ? 10.0 : 1.0), field().min, field().max);
        chooseReal(next);
    } else if (range) {
        chooseReal(range->stepped(value, direction, page));
    }
}

}  // namespace posbias::ui
