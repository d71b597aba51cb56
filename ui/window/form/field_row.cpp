// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/form/field_row.h"

#include "ui/window/form/choice_row.h"
#include "ui/window/form/number_row.h"
#include "ui/window/widgets/derived_font.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QLabel>

namespace posbias::ui {

namespace {

constexpr int controlHeight = 26;  // at a 13 px base, as the style sheet's fields
constexpr int gap = 8;

QLabel* noteLabel(const QString& name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(name);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setFocusPolicy(Qt::NoFocus);
    label->hide();
    return label;
}

}  // namespace

QString coreText(const std::string& text)
{
    return QCoreApplication::translate("posbias", text.c_str());
}

FieldRow* FieldRow::make(const FieldDescription& field, QWidget* parent)
{
    FieldRow* row = field.type == FieldType::Choice ? static_cast<FieldRow*>(new ChoiceRow(field, parent))
                                                    : new NumberRow(field, parent);
    row->update(field, QString());
    return row;
}

FieldRow::FieldRow(const FieldDescription& field, QWidget* parent)
    : QWidget(parent),
      m_field(field),
      m_grid(new QGridLayout(this)),
      m_label(new QLabel(coreText(field.label), this)),
      m_problem(noteLabel(QStringLiteral("problem:") + path(), this)),
      m_reason(noteLabel(QStringLiteral("reason:") + path(), this))
{
    setObjectName(QStringLiteral("row:") + path());
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(gap);
    m_grid->setVerticalSpacing(3);
    m_grid->setColumnStretch(1, 1);
    m_label->setWordWrap(true);
    m_label->setProperty("faint", true);
    m_label->setMinimumHeight(controlHeight);
    m_reason->setProperty("faint", true);
    m_grid->addWidget(m_label, 0, 0, Qt::AlignVCenter);
    m_grid->addWidget(m_problem, 1, 0, 1, 3);
    m_grid->addWidget(m_reason, 2, 0, 1, 3);
}

bool FieldRow::suits(const FieldDescription& field) const
{
    return field.type == m_field.type && field.choices == m_field.choices && field.label == m_field.label &&
           field.min == m_field.min && field.max == m_field.max && field.logarithmic == m_field.logarithmic;
}

void FieldRow::update(const FieldDescription& field, const QString& problem)
{
    m_field = field;
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    const QString reason = coreText(field.disabledReason);
    m_reason->setText(reason.isEmpty() ? reason : reason + QLatin1Char('.'));
    m_reason->setVisible(!reason.isEmpty());
    setToolTip(reason.isEmpty() ? coreText(field.help) : reason);
    m_label->setEnabled(reason.isEmpty());
    for (QWidget* editor : editors()) {
        editor->setEnabled(reason.isEmpty());
        editor->setAccessibleDescription(problem.isEmpty() ? toolTip() : problem);
    }
    showField();
}

void FieldRow::setTheme(const Theme& theme)
{
    QPalette palette = m_problem->palette();
    palette.setColor(QPalette::WindowText, theme.error);
    m_problem->setPalette(palette);
}

void FieldRow::setFonts(const QFont& base)
{
    m_problem->setFont(derivedFont(base, smallType));
    m_reason->setFont(derivedFont(base, smallType));
}

void FieldRow::setColumns(const RowColumns& columns)
{
    m_label->setFixedWidth(columns.label);
    fitColumns(columns);
}

int FieldRow::labelWidth() const
{
    return m_label->fontMetrics().horizontalAdvance(m_label->text()) + 2;
}

QString FieldRow::problem() const
{
    return m_problem->text();
}

void FieldRow::place(QWidget* control, int column, int span, Qt::Alignment alignment)
{
    m_grid->addWidget(control, 0, column, 1, span, alignment | Qt::AlignVCenter);
}

void FieldRow::choose(const FieldValue& value)
{
    Q_EMIT valueChosen(path(), value);
}

}  // namespace posbias::ui
