// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export/note_tab.h"

#include "core/schemes/scheme.h"
#include "ui/window/widgets/number_field.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace posbias::ui {

namespace {

constexpr int everyPanel = -1;

QString kindOf(const Annotation& annotation)
{
    switch (annotation.mark.index()) {
    case 0: return NoteTab::tr("Offset");
    case 1: return NoteTab::tr("Cell");
    case 2: return NoteTab::tr("Length");
    case 3: return NoteTab::tr("Bucket");
    default: return NoteTab::tr("Text");
    }
}

QString lineOf(const Annotation& annotation)
{
    const QString label = QString::fromStdString(annotation.label);
    return label.isEmpty() ? kindOf(annotation) : QStringLiteral("%1: %2").arg(kindOf(annotation), label);
}

std::int64_t* offsetOf(Annotation& annotation)
{
    if (auto* mark = std::get_if<OffsetMark>(&annotation.mark))
        return &mark->offset;
    if (auto* mark = std::get_if<CellMark>(&annotation.mark))
        return &mark->offset;
    auto* mark = std::get_if<TextMark>(&annotation.mark);
    return mark ? &mark->offset : nullptr;
}

std::int64_t* queryOf(Annotation& annotation)
{
    if (auto* mark = std::get_if<CellMark>(&annotation.mark))
        return &mark->query;
    auto* mark = std::get_if<TextMark>(&annotation.mark);
    return mark ? &mark->query : nullptr;
}

std::int64_t* lengthOf(Annotation& annotation)
{
    auto* mark = std::get_if<LengthMark>(&annotation.mark);
    return mark ? &mark->length : nullptr;
}

std::int64_t* parameterOf(Annotation& annotation)
{
    auto* mark = std::get_if<BucketMark>(&annotation.mark);
    return mark ? &mark->parameter : nullptr;
}

}  // namespace

NoteTab::NoteTab(DesignHistory* history, const Experiment& experiment)
    : DesignTab(history),
      m_experiment(experiment),
      m_list(new QListWidget),
      m_remove(new QPushButton(tr("&Remove"))),
      m_rows(formRows()),
      m_valueLabel(new QLabel(tr("&Value"))),
      m_schemeLabel(new QLabel(tr("&Scheme"))),
      m_label(new QLineEdit),
      m_value(new NumberField({{-1e9, 1e9}, 0.1}, QStringLiteral("export:note:value"))),
      m_scheme(new QComboBox),
      m_panel(new QComboBox)
{
    m_list->setObjectName(QStringLiteral("export:annotations"));
    m_list->setAccessibleName(tr("Annotations"));
    m_list->setMinimumHeight(64);
    auto* hint = new QLabel(tr("Offsets, cells, lengths, buckets and words, marked where they lie in the data."));
    hint->setProperty("faint", true);
    hint->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->addWidget(hint);
    column->addWidget(m_list, 1);
    column->addWidget(buttons());
    column->addWidget(fields());
    connect(m_list, &QListWidget::currentRowChanged, this, &NoteTab::fillFields);
    keepFilled([this](const FigureDesign&) { fillList(); });
}

QWidget* NoteTab::buttons()
{
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    auto* addButton = new QPushButton(tr("&Add"));
    auto* menu = new QMenu(addButton);
    const CellChoice cell = m_experiment.view;
    const auto offer = [&](const QString& text, const Annotation& made) {
        connect(menu->addAction(text), &QAction::triggered, this, [this, made] { add(made); });
    };
    offer(tr("Offset Line"), {OffsetMark{cell.offset}, "d = " + std::to_string(cell.offset), {}});
    offer(tr("Cell"), {CellMark{cell.query, cell.offset}, {}, {}});
    offer(tr("Training Length"), {LengthMark{m_experiment.trainingLength}, "L", {}});
    offer(tr("Bucket"), {BucketMark{m_experiment.schemes.size() > 1 ? 1U : 0U, 0}, {}, {}});
    offer(tr("Text"), {TextMark{cell.query, cell.offset, 0.0}, tr("Text").toStdString(), {}});
    addButton->setMenu(menu);
    for (QPushButton* button : {addButton, m_remove})
        button->setAutoDefault(false);
    connect(m_remove, &QPushButton::clicked, this, &NoteTab::removeChosen);
    line->addWidget(addButton);
    line->addWidget(m_remove);
    line->addStretch(1);
    return row;
}

QWidget* NoteTab::fields()
{
    auto* box = new QWidget;
    box->setLayout(m_rows);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->addRow(tr("&Label"), m_label);
    number(QStringLiteral("offset"), tr("&Offset"), -maxLength, maxLength, &offsetOf);
    number(QStringLiteral("query"), tr("&Query"), 0, maxLength, &queryOf);
    number(QStringLiteral("length"), tr("Len&gth"), 1, maxLength, &lengthOf);
    number(QStringLiteral("bucket"), tr("&Bucket"), 0, 2 * maxLength, &parameterOf);
    m_rows->addRow(m_valueLabel, m_value);
    m_valueLabel->setBuddy(m_value);
    for (std::size_t k = 0; k < m_experiment.schemes.size(); ++k)
        m_scheme->addItem(QString::fromStdString(schemeLetter(k)), static_cast<int>(k));
    m_rows->addRow(m_schemeLabel, m_scheme);
    m_schemeLabel->setBuddy(m_scheme);
    m_rows->addRow(tr("&Panel"), m_panel);
    connect(m_label, &QLineEdit::textChanged, this, [this](const QString& text) {
        editChosen(QStringLiteral("label"), [&](Annotation& a) { a.label = text.toStdString(); });
    });
    connect(m_value, &NumberField::valueChosen, this, [this](double value) {
        editChosen(QStringLiteral("value"), [&](Annotation& a) { std::get<TextMark>(a.mark).value = value; });
    });
    connect(m_scheme, &QComboBox::currentIndexChanged, this, [this](int index) {
        editChosen(QStringLiteral("scheme"),
                   [&](Annotation& a) { std::get<BucketMark>(a.mark).scheme = static_cast<std::size_t>(index); });
    });
    connect(m_panel, &QComboBox::currentIndexChanged, this, [this] {
        const int chosen = m_panel->currentData().toInt();
        editChosen(QStringLiteral("panel"), [&](Annotation& a) {
            a.panel = chosen == everyPanel ? std::nullopt : std::optional(static_cast<std::size_t>(chosen));
        });
    });
    return box;
}

void NoteTab::number(const QString& name, const QString& label, std::int64_t least, std::int64_t most, Number member)
{
    auto* field = new NumberField({{static_cast<double>(least), static_cast<double>(most), true}},
                                  QStringLiteral("export:note:") + name);
    auto* words = new QLabel(label);
    words->setBuddy(field);
    m_rows->addRow(words, field);
    m_numbers.push_back({words, field, member});
    connect(field, &NumberField::valueChosen, this, [this, name, member](double value) {
        editChosen(name, [&](Annotation& a) { *member(a) = static_cast<std::int64_t>(value); });
    });
}

void NoteTab::add(const Annotation& annotation)
{
    change({}, [&](FigureDesign& design) { design.annotations.push_back(annotation); });
    m_list->setCurrentRow(m_list->count() - 1);
}

void NoteTab::removeChosen()
{
    const int chosen = m_list->currentRow();
    if (chosen >= 0)
        change({}, [&](FigureDesign& design) { design.annotations.erase(design.annotations.begin() + chosen); });
}

void NoteTab::editChosen(const QString& field, const std::function<void(Annotation&)>& edit)
{
    const int chosen = m_list->currentRow();
    if (chosen < 0)
        return;
    change(QStringLiteral("annotation %1 %2").arg(chosen).arg(field),
           [&](FigureDesign& design) { edit(design.annotations[static_cast<std::size_t>(chosen)]); });
}

void NoteTab::fillList()
{
    const int chosen = m_list->currentRow();
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (const Annotation& annotation : design().annotations)
            m_list->addItem(lineOf(annotation));
        m_list->setCurrentRow(std::min(chosen, m_list->count() - 1));
    }
    fillFields();
}

void NoteTab::fillFields()
{
    const int chosen = m_list->currentRow();
    const bool any = chosen >= 0;
    Annotation shown = any ? design().annotations[static_cast<std::size_t>(chosen)] : Annotation();
    m_remove->setEnabled(any);
    m_label->parentWidget()->setVisible(any);
    // What was typed for one annotation says nothing about another.
    const auto fill = [another = m_filled != chosen](NumberField* field, double value) {
        another ? field->startWith(value) : field->setValue(value);
    };
    const QSignalBlocker quiet[] = {QSignalBlocker(m_label), QSignalBlocker(m_scheme), QSignalBlocker(m_panel)};
    if (const QString text = QString::fromStdString(shown.label); m_label->text() != text)
        m_label->setText(text);
    for (const MarkNumber& number : m_numbers) {
        const std::int64_t* value = number.member(shown);
        number.label->setVisible(value != nullptr);
        number.field->setVisible(value != nullptr);
        fill(number.field, value ? static_cast<double>(*value) : 0.0);
    }
    const auto* text = std::get_if<TextMark>(&shown.mark);
    const auto* bucket = std::get_if<BucketMark>(&shown.mark);
    for (QWidget* part : {static_cast<QWidget*>(m_valueLabel), static_cast<QWidget*>(m_value)})
        part->setVisible(text != nullptr);
    for (QWidget* part : {static_cast<QWidget*>(m_schemeLabel), static_cast<QWidget*>(m_scheme)})
        part->setVisible(bucket != nullptr);
    fill(m_value, text ? text->value : 0.0);
    m_filled = chosen;
    m_scheme->setCurrentIndex(bucket ? static_cast<int>(bucket->scheme) : 0);
    fillPanels();
    m_panel->setCurrentIndex(m_panel->findData(shown.panel ? static_cast<int>(*shown.panel) : everyPanel));
}

void NoteTab::fillPanels()
{
    m_panel->clear();
    m_panel->addItem(tr("Every panel with a place for it"), everyPanel);
    int panel = 0;
    for (const auto& row : panelsOf(design())) {
        for (const PanelDesign& each : row) {
            const QString name = QString::fromStdString(each.title.empty() ? panelName(each.show) : each.title);
            m_panel->addItem(QStringLiteral("(%1) %2").arg(
                                 QString::fromStdString(panelLetter(static_cast<std::size_t>(panel))), name),
                             panel);
            ++panel;
        }
    }
}

}  // namespace posbias::ui
