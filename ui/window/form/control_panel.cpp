// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/form/control_panel.h"

#include "ui/text/field_names.h"
#include "ui/window/form/field_row.h"
#include "ui/window/form/form_fields.h"
#include "ui/window/form/panel_section.h"
#include "ui/window/form/panel_sentences.h"
#include "ui/window/widgets/derived_font.h"

#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <map>

namespace posbias::ui {

namespace {

constexpr int margin = 16;

}  // namespace

struct ControlPanel::Private {
    Private(ControlPanel* panel, ExperimentModel* experimentModel) : q(panel), model(experimentModel) {}

    ControlPanel* q;
    ExperimentModel* model;
    Theme theme = ui::theme(ThemeName::Light);
    QWidget* contents = nullptr;
    QVBoxLayout* layout = nullptr;
    QLabel* otherProblem = nullptr;  ///< a problem of a field that has no row here
    std::vector<std::string> groups;
    std::map<std::string, PanelSection*> sections;
    std::map<std::string, FieldRow*> rows;
    std::vector<std::string> paths;
    PanelSentences sentences;
    std::string shownGroup;  ///< unfolded for the view
    QTimer refit;            ///< once the style sheet is through with every widget

    void refresh();
    void rebuild(const std::vector<FieldDescription>& fields);
    bool fits(const std::vector<FieldDescription>& fields) const;
    FieldRow* rowFor(const FieldDescription& field);
    PanelSection* sectionFor(const std::string& group);
    QString problemOf(const FieldRow& row) const;
    void showProblem();
    void showOtherProblem();
    void unfoldFor(const FieldDescription& field);
    void showActions();
    void showSentences();
    void fit();
    void bringIntoView(QWidget* place);
    void orderTabs();
};

PanelSection* ControlPanel::Private::sectionFor(const std::string& group)
{
    PanelSection*& section = sections[group];
    if (!section) {
        const auto scheme = schemeOf(group);
        const Role role = scheme ? schemeRole(*scheme) : Role::Neutral;
        section = new PanelSection(groupTitle(group), role, isFoldable(group), contents);
        section->setObjectName(QStringLiteral("section:") + QString::fromStdString(group));
        QObject::connect(section, &PanelSection::actionAsked, q,
                         [this, name = QString::fromStdString(group)] { Q_EMIT q->actionAsked(name); });
        if (group == "content" && !std::holds_alternative<NoContent>(model->experiment().content))
            section->setFolded(false);
    }
    return section;
}

FieldRow* ControlPanel::Private::rowFor(const FieldDescription& field)
{
    FieldRow*& row = rows[field.path];
    if (row && !row->suits(field)) {
        row->hide();
        row->deleteLater();
        row = nullptr;
    }
    if (!row) {
        row = FieldRow::make(field, contents);
        QObject::connect(row, &FieldRow::valueChosen, model, &ExperimentModel::setField);
        QObject::connect(row, &FieldRow::gestureEnded, model, &ExperimentModel::endGesture);
        for (QWidget* editor : row->editors())
            editor->installEventFilter(q);
    }
    return row;
}

bool ControlPanel::Private::fits(const std::vector<FieldDescription>& fields) const
{
    return std::equal(fields.begin(), fields.end(), paths.begin(), paths.end(),
                      [&](const FieldDescription& field, const std::string& path) {
                          return field.path == path && rows.at(path)->suits(field);
                      });
}

/// Rows that stay are kept, whatever they hold: the one under the mouse is among them.
void ControlPanel::Private::rebuild(const std::vector<FieldDescription>& fields)
{
    std::map<std::string, QList<FieldRow*>> byGroup, rareByGroup;
    paths.clear();
    groups.clear();
    for (const FieldDescription& field : fields) {
        paths.push_back(field.path);
        if (!byGroup.contains(field.group))
            groups.push_back(field.group);
        QList<FieldRow*>& rare = rareByGroup[field.group];
        QList<FieldRow*>& often = byGroup[field.group];
        (isRare(field) ? rare : often) << rowFor(field);
    }
    std::erase_if(rows, [&](const auto& entry) {
        const bool gone = std::find(paths.begin(), paths.end(), entry.first) == paths.end();
        if (gone) {
            entry.second->hide();
            entry.second->deleteLater();
        }
        return gone;
    });
    while (QLayoutItem* item = layout->takeAt(0))
        delete item;
    layout->addWidget(otherProblem);
    for (const std::string& group : groups)
        layout->addWidget(sectionFor(group));
    layout->addStretch(1);
    for (const auto& [group, section] : sections) {  // one whose group is gone has no rows any more
        section->setRows(byGroup[group], rareByGroup[group]);
        section->setVisible(!section->rows().isEmpty());
    }
    q->setTheme(theme);
    orderTabs();
}

/// What was unfolded has its place only after the layout.
void ControlPanel::Private::bringIntoView(QWidget* place)
{
    layout->activate();
    QTimer::singleShot(0, place, [this, place] { q->ensureWidgetVisible(place, 0, 2 * margin); });
}

void ControlPanel::Private::orderTabs()
{
    QWidget* previous = nullptr;
    for (const std::string& group : groups)
        for (QWidget* editor : sections[group]->editors()) {
            if (previous)
                QWidget::setTabOrder(previous, editor);
            previous = editor;
        }
}

/// Widths that hold every label and a seven-digit number in the present font.
void ControlPanel::Private::fit()
{
    const QFontMetrics metrics(q->font());
    RowColumns columns;
    columns.number = metrics.horizontalAdvance(QStringLiteral("0000000")) + 20;
    for (const auto& [path, row] : rows)
        columns.label = std::max(columns.label, row->labelWidth());
    columns.label = std::min(columns.label, metrics.averageCharWidth() * 18);
    int segments = 0;
    for (const auto& [path, row] : rows) {
        row->setColumns(columns);
        segments = std::max(segments, row->controlWidth());
    }
    for (const auto& [group, section] : sections)
        section->setFonts(q->font());
    otherProblem->setFont(derivedFont(q->font(), smallType));
    const int slider = metrics.horizontalAdvance(QStringLiteral("0000000")) + 8;
    const int content = columns.label + 8 + std::max(slider + 8 + columns.number, segments);
    const int bar = q->verticalScrollBar()->sizeHint().width();
    contents->setFixedWidth(content + margin + std::max(margin - bar, 4));
    q->setFixedWidth(contents->width() + bar + 1);
}

QString ControlPanel::Private::problemOf(const FieldRow& row) const
{
    const std::optional<Problem> problem = model->problem();
    return problem && problem->path == row.path() ? problem->message : QString();
}

void ControlPanel::Private::showProblem()
{
    for (const auto& [path, row] : rows)
        row->update(row->field(), problemOf(*row));
    showOtherProblem();
}

void ControlPanel::Private::showOtherProblem()
{
    const std::optional<Problem> problem = model->problem();
    const auto row = problem ? rows.find(problem->path.toStdString()) : rows.end();
    const bool other = problem && row == rows.end();
    otherProblem->setText(other ? problem->whole() : QString());
    otherProblem->setVisible(other);
    if (row != rows.end())
        unfoldFor(row->second->field());
}

/// So that the field can be seen.
void ControlPanel::Private::unfoldFor(const FieldDescription& field)
{
    PanelSection* section = sections[field.group];
    if (section->folded())
        section->setFolded(false);
    if (isRare(field))
        section->openMore();
}

void ControlPanel::Private::showActions()
{
    if (sections.contains("level"))
        sections["level"]->setAction(model->experiment().level == LevelShifts() ? QString() : tr("As trained"),
                                     tr("Shift neither scheme (0)"));
    if (sections.contains("data"))
        sections["data"]->setAction(std::holds_alternative<ListedLengths>(model->experiment().corpus.lengths)
                                        ? tr("Load document lengths…")
                                        : QString());
}

void ControlPanel::Private::refresh()
{
    const std::vector<FieldDescription> fields = formFields(model->experiment());
    if (!fits(fields))
        rebuild(fields);
    for (const FieldDescription& field : fields)
        rows[field.path]->update(field, problemOf(*rows[field.path]));
    // What differs from the usual is not hidden.
    for (const FieldDescription& field : fields) {
        if (isRare(field) && field.value != field.defaultValue)
            sections[field.group]->openMore();
    }
    showActions();
    showOtherProblem();
    showSentences();
}

void ControlPanel::Private::showSentences()
{
    for (const auto& [group, sentence] : sentences.changed(model->experiment(), model->result().get())) {
        if (sections.contains(group))
            sections[group]->setSentence(sentence);
    }
}

ControlPanel::ControlPanel(ExperimentModel* model, QWidget* parent)
    : QScrollArea(parent), d(std::make_unique<Private>(this, model))
{
    setObjectName(QStringLiteral("controlPanel"));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    d->contents = new QWidget;
    d->contents->setProperty("surface", "panel");
    d->contents->setAttribute(Qt::WA_StyledBackground);
    d->otherProblem = new QLabel(d->contents);
    d->otherProblem->setObjectName(QStringLiteral("problem:"));
    d->otherProblem->setWordWrap(true);
    d->layout = new QVBoxLayout(d->contents);
    d->layout->setContentsMargins(margin, margin, 4, margin);
    d->layout->setSpacing(14);
    setWidget(d->contents);
    d->refit.setSingleShot(true);
    connect(&d->refit, &QTimer::timeout, this, [this] { d->fit(); });
    connect(model, &ExperimentModel::experimentChanged, this, [this] { d->refresh(); });
    connect(model, &ExperimentModel::problemChanged, this, [this] { d->showProblem(); });
    connect(model, &ExperimentModel::resultChanged, this, [this] { d->showSentences(); });
    d->refresh();
}

ControlPanel::~ControlPanel() = default;

void ControlPanel::setTheme(const Theme& theme)
{
    d->theme = theme;
    QPalette palette = d->otherProblem->palette();
    palette.setColor(QPalette::WindowText, theme.error);
    d->otherProblem->setPalette(palette);
    for (const auto& [group, section] : d->sections)
        section->setTheme(theme);
    d->fit();
}

void ControlPanel::revealProblem()
{
    const std::optional<Problem> problem = d->model->problem();
    if (!problem)
        return;
    const auto found = d->rows.find(problem->path.toStdString());
    QWidget* place = found == d->rows.end() ? static_cast<QWidget*>(d->otherProblem) : found->second;
    if (found != d->rows.end()) {
        d->unfoldFor(found->second->field());
        found->second->editors().last()->setFocus();
    }
    d->bringIntoView(place);
}

void ControlPanel::setView(FigureKind view)
{
    const std::string group = groupOf(view);
    if (group == d->shownGroup)
        return;
    if (!d->shownGroup.empty())
        d->sections[d->shownGroup]->setFolded(true);
    d->shownGroup = d->sections.contains(group) && d->sections[group]->folded() ? group : std::string();
    if (!d->sections.contains(group))
        return;
    d->sections[group]->setFolded(false);
    d->bringIntoView(d->sections[group]);
}

bool ControlPanel::eventFilter(QObject* watched, QEvent* event)
{
    // Scrolling the panel must not turn what happens to lie under the mouse.
    if (event->type() == QEvent::Wheel && qobject_cast<QComboBox*>(watched)) {
        event->ignore();
        return true;
    }
    if (event->type() == QEvent::FocusIn)
        ensureWidgetVisible(static_cast<QWidget*>(watched), 0, 2 * margin);
    return QScrollArea::eventFilter(watched, event);
}

void ControlPanel::changeEvent(QEvent* event)
{
    QScrollArea::changeEvent(event);
    if (d && (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange))
        d->refit.start(0);
}

}  // namespace posbias::ui
