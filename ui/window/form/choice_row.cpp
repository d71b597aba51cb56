// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/form/choice_row.h"

#include "ui/window/widgets/segmented_control.h"

#include <QActionGroup>
#include <QComboBox>
#include <QToolButton>

namespace posbias::ui {

namespace {

/// Two-way choices that are worth seeing at once; the others are combo boxes.
bool isSegmented(const FieldDescription& field)
{
    return field.path == "mask" || field.path == "corpus.counts";
}

}  // namespace

ChoiceRow::ChoiceRow(const FieldDescription& field, QWidget* parent) : FieldRow(field, parent)
{
    if (isSegmented(field))
        addSegments();
    else
        addBox();
}

void ChoiceRow::addSegments()
{
    m_segments = new QActionGroup(this);
    for (const FieldChoice& choice : field().choices) {
        QAction* action = m_segments->addAction(coreText(choice.label));
        action->setCheckable(true);
        action->setData(QString::fromStdString(choice.id));
        connect(action, &QAction::triggered, this, [this, id = choice.id] {
            choose(id);
            Q_EMIT gestureEnded();
        });
    }
    m_control = new SegmentedControl(m_segments->actions(), this);
    m_control->setObjectName(QStringLiteral("choice:") + path());
    m_control->setAccessibleName(coreText(field().label));
    m_control->setStyleSheet(QStringLiteral("QToolButton[segment] { padding: 3px 5px; }"));
    for (QToolButton* button : m_control->findChildren<QToolButton*>())
        button->setAccessibleName(coreText(field().label) + QStringLiteral(": ") + button->text());
    place(m_control, 1, 2, Qt::AlignLeft);
}

void ChoiceRow::addBox()
{
    m_box = new QComboBox(this);
    m_box->setObjectName(QStringLiteral("choice:") + path());
    m_box->setAccessibleName(coreText(field().label));
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_box->setMinimumContentsLength(6);
    m_box->setFocusPolicy(Qt::StrongFocus);
    for (const FieldChoice& choice : field().choices)
        m_box->addItem(coreText(choice.label), QString::fromStdString(choice.id));
    connect(m_box, &QComboBox::activated, this, [this](int index) {
        choose(m_box->itemData(index).toString().toStdString());
        Q_EMIT gestureEnded();
    });
    place(m_box, 1, 2);
}

QList<QWidget*> ChoiceRow::editors() const
{
    if (m_box)
        return {m_box};
    QList<QWidget*> buttons;
    for (QToolButton* button : m_control->findChildren<QToolButton*>())
        buttons << button;
    return buttons;
}

int ChoiceRow::controlWidth() const
{
    return m_control ? m_control->sizeHint().width() : 0;
}

void ChoiceRow::showField()
{
    const QString id = QString::fromStdString(std::get<std::string>(field().value));
    if (m_box) {
        m_box->setCurrentIndex(m_box->findData(id));
        return;
    }
    for (QAction* action : m_segments->actions())
        action->setChecked(action->data().toString() == id);
}

}  // namespace posbias::ui
