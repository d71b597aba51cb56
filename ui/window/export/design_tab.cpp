// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export/design_tab.h"

#include "ui/window/widgets/number_field.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QSignalBlocker>

namespace posbias::ui {

namespace {

/// A copy of the design, for members that are told as references.
template <typename Member>
auto valueIn(const FigureDesign& design, const Member& member)
{
    FigureDesign copy = design;
    return member(copy);
}

}  // namespace

DesignTab::DesignTab(DesignHistory* history) : m_history(history)
{
    connect(history, &DesignHistory::changed, this, [this] {
        for (const Fill& fill : m_fills)
            fill(design());
    });
}

void DesignTab::keepFilled(Fill fill)
{
    fill(design());
    m_fills.push_back(std::move(fill));
}

void DesignTab::bind(QCheckBox* box, const QString& name, const Member<bool>& member)
{
    keepFilled([box, member](const FigureDesign& design) {
        const QSignalBlocker quiet(box);
        box->setChecked(valueIn(design, member));
    });
    connect(box, &QCheckBox::toggled, this,
            [this, name, member](bool on) { change(name, [&](FigureDesign& design) { member(design) = on; }); });
}

void DesignTab::bind(QLineEdit* line, const QString& name, const Member<std::string>& member)
{
    keepFilled([line, member](const FigureDesign& design) {
        const QSignalBlocker quiet(line);
        const QString text = QString::fromStdString(valueIn(design, member));
        if (line->text() != text)  // or else the cursor jumps
            line->setText(text);
    });
    connect(line, &QLineEdit::textChanged, this, [this, name, member](const QString& text) {
        change(name, [&](FigureDesign& design) { member(design) = text.toStdString(); });
    });
}

void DesignTab::bind(NumberField* field, const QString& name, const Read<double>& read, const Write<double>& write)
{
    keepFilled([field, read](const FigureDesign& design) { field->setValue(read(design)); });
    connect(field, &NumberField::valueChosen, this,
            [this, name, write](double value) { change(name, [&](FigureDesign& design) { write(design, value); }); });
}

void DesignTab::bind(QComboBox* box, const QString& name, const Read<int>& read, const Write<int>& write)
{
    keepFilled([box, read](const FigureDesign& design) {
        const QSignalBlocker quiet(box);
        box->setCurrentIndex(box->findData(read(design)));
    });
    connect(box, &QComboBox::currentIndexChanged, this, [this, box, name, write] {
        change(name, [&](FigureDesign& design) { write(design, box->currentData().toInt()); });
    });
}

QFormLayout* DesignTab::formRows()
{
    auto* rows = new QFormLayout;
    rows->setVerticalSpacing(9);
    rows->setHorizontalSpacing(14);
    rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    return rows;
}

}  // namespace posbias::ui
