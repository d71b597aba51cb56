// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export/panel_tab.h"

#include "core/experiment/fields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace posbias::ui {

namespace {

using Schemes = std::vector<std::size_t>;

/// What a panel of this kind can show of so many schemes.
std::vector<Schemes> possibleSchemes(PanelKind kind, std::size_t count)
{
    std::vector<Schemes> possible;
    const auto shown = schemesShown(kind);
    for (std::size_t a = 0; a < count; ++a) {
        if (!shown || *shown == 1)
            possible.push_back({a});
        for (std::size_t b = 0; b < count; ++b) {
            if (shown == 2 ? a != b : !shown && a < b)
                possible.push_back({a, b});
        }
    }
    return possible;
}

/// What no choice at all stands for.
Schemes standardSchemes(PanelKind kind)
{
    return schemesShown(kind) == 1 ? Schemes{0} : Schemes{0, 1};
}

QString wordsOf(const Schemes& schemes)
{
    QStringList letters;
    for (const std::size_t scheme : schemes)
        letters << QString::fromStdString(schemeLetter(scheme));
    return letters.join(QStringLiteral(", "));
}

using Panels = std::vector<PanelDesign>;
std::ptrdiff_t at(std::size_t index)
{
    return static_cast<std::ptrdiff_t>(index);
}

}  // namespace

PanelTab::PanelTab(DesignHistory* history, std::size_t schemes)
    : DesignTab(history),
      m_schemeCount(schemes),
      m_tree(new QTreeWidget),
      m_buttons(buttons()),
      m_fields(new QWidget),
      m_kind(new QComboBox),
      m_schemes(new QComboBox),
      m_title(new QLineEdit)
{
    auto* own = new QCheckBox(tr("&Panels of my own choice"));
    own->setObjectName(QStringLiteral("export:own"));
    m_tree->setHeaderHidden(true);
    m_tree->setAccessibleName(tr("Panels"));
    m_tree->setMinimumHeight(96);
    auto* column = new QVBoxLayout(this);
    column->addWidget(own);
    column->addWidget(m_tree, 1);
    column->addWidget(m_buttons);
    column->addWidget(fields());
    keepFilled([this, own](const FigureDesign& design) {
        const QSignalBlocker quiet(own);
        own->setChecked(!design.rows.empty());
        fillTree();
    });
    connect(own, &QCheckBox::toggled, this, [this](bool on) {
        change({}, [&](FigureDesign& design) {
            design.rows.clear();
            if (on)
                design.rows = panelsOf(design);
        });
    });
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &PanelTab::fillFields);
}

QWidget* PanelTab::buttons()
{
    auto* box = new QWidget;
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    int count = 0;
    const auto add = [&](const QString& text, const EditRows& edit) {
        auto* button = new QPushButton(text);
        button->setAutoDefault(false);
        grid->addWidget(button, count / 3, count % 3);
        ++count;
        connect(button, &QPushButton::clicked, this, [this, edit] { editRows(edit); });
    };
    add(tr("&Add beside"), [](PanelRows& rows, Place p) {
        Panels& row = rows[p.row];
        row.insert(row.begin() + at(p.panel) + 1, PanelDesign(row[p.panel]));
        return Place{p.row, p.panel + 1};
    });
    add(tr("Add &row"), [](PanelRows& rows, Place p) {
        rows.insert(rows.begin() + at(p.row) + 1, Panels{PanelDesign()});
        return Place{p.row + 1, 0};
    });
    add(tr("R&emove"), [](PanelRows& rows, Place p) {
        if (rows.size() == 1 && rows[0].size() == 1)
            return p;  // a figure without panels is none
        rows[p.row].erase(rows[p.row].begin() + at(p.panel));
        if (rows[p.row].empty())
            rows.erase(rows.begin() + at(p.row));
        const std::size_t row = std::min(p.row, rows.size() - 1);
        return Place{row, std::min(p.panel, rows[row].size() - 1)};
    });
    add(tr("&Left"), [](PanelRows& rows, Place p) {
        if (p.panel == 0)
            return p;
        std::swap(rows[p.row][p.panel], rows[p.row][p.panel - 1]);
        return Place{p.row, p.panel - 1};
    });
    add(tr("Row &up"), [](PanelRows& rows, Place p) {
        if (p.row == 0)
            return p;
        std::swap(rows[p.row], rows[p.row - 1]);
        return Place{p.row - 1, p.panel};
    });
    add(tr("R&ow down"), [](PanelRows& rows, Place p) {
        if (p.row + 1 == rows.size())
            return p;
        std::swap(rows[p.row], rows[p.row + 1]);
        return Place{p.row + 1, p.panel};
    });
    return box;
}

QWidget* PanelTab::fields()
{
    for (const PanelKind kind : panelKinds())
        m_kind->addItem(QString::fromStdString(panelName(kind)), static_cast<int>(kind));
    m_title->setPlaceholderText(tr("Its own"));
    auto* rows = formRows();
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addRow(tr("&Shows"), m_kind);
    rows->addRow(tr("Sche&mes"), m_schemes);
    rows->addRow(tr("&Title"), m_title);
    m_fields->setLayout(rows);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        const auto kind = static_cast<PanelKind>(m_kind->currentData().toInt());
        editChosen(QStringLiteral("show"), [&](PanelDesign& panel) {
            if (schemesShown(kind) != schemesShown(panel.show))
                panel.schemes.clear();
            panel.show = kind;
        });
    });
    connect(m_schemes, &QComboBox::currentIndexChanged, this, [this](int index) {
        editChosen(QStringLiteral("schemes"), [&](PanelDesign& panel) {
            panel.schemes = possibleSchemes(panel.show, m_schemeCount)[static_cast<std::size_t>(index)];
        });
    });
    connect(m_title, &QLineEdit::textChanged, this, [this](const QString& text) {
        editChosen(QStringLiteral("title"), [&](PanelDesign& panel) { panel.title = text.toStdString(); });
    });
    return m_fields;
}

std::optional<PanelTab::Place> PanelTab::chosen() const
{
    const QTreeWidgetItem* item = m_tree->currentItem();
    if (design().rows.empty() || !item)
        return {};
    const QTreeWidgetItem* row = item->parent() ? item->parent() : item;
    const int panel = item->parent() ? row->indexOfChild(const_cast<QTreeWidgetItem*>(item)) : 0;
    return Place{static_cast<std::size_t>(m_tree->indexOfTopLevelItem(const_cast<QTreeWidgetItem*>(row))),
                 static_cast<std::size_t>(panel)};
}

void PanelTab::choose(Place place)
{
    if (const QTreeWidgetItem* row = m_tree->topLevelItem(static_cast<int>(place.row)))
        m_tree->setCurrentItem(row->child(static_cast<int>(std::min<std::size_t>(place.panel, row->childCount() - 1))));
}

void PanelTab::fillTree()
{
    const std::optional<Place> before = chosen();
    {
        const QSignalBlocker quiet(m_tree);
        m_tree->clear();
        int number = 0;
        for (const auto& panels : panelsOf(design())) {
            auto* row = new QTreeWidgetItem(m_tree, {tr("Row %1").arg(++number)});
            for (const PanelDesign& panel : panels) {
                const QString name = QString::fromStdString(panel.title.empty() ? panelName(panel.show) : panel.title);
                const Schemes schemes = panel.schemes.empty() ? standardSchemes(panel.show) : panel.schemes;
                new QTreeWidgetItem(row, {QStringLiteral("%1 · %2").arg(name, wordsOf(schemes))});
            }
        }
        m_tree->expandAll();
        choose(before.value_or(Place()));
    }
    m_tree->setEnabled(!design().rows.empty());
    m_buttons->setEnabled(!design().rows.empty());
    fillFields();
}

void PanelTab::fillFields()
{
    const std::optional<Place> place = chosen();
    m_fields->setEnabled(place.has_value());
    const PanelDesign shown = place ? design().rows[place->row][place->panel] : PanelDesign();
    const QSignalBlocker quiet[] = {QSignalBlocker(m_kind), QSignalBlocker(m_title)};
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(shown.show)));
    if (const QString title = QString::fromStdString(shown.title); m_title->text() != title)
        m_title->setText(title);
    fillSchemes(shown);
}

void PanelTab::fillSchemes(const PanelDesign& shown)
{
    const QSignalBlocker quiet(m_schemes);
    m_schemes->clear();
    const Schemes now = shown.schemes.empty() ? standardSchemes(shown.show) : shown.schemes;
    for (const Schemes& schemes : possibleSchemes(shown.show, m_schemeCount)) {
        m_schemes->addItem(wordsOf(schemes));
        if (schemes == now)
            m_schemes->setCurrentIndex(m_schemes->count() - 1);
    }
}

void PanelTab::editRows(const EditRows& edit)
{
    const std::optional<Place> place = chosen();
    if (!place)
        return;
    Place next = *place;
    change({}, [&](FigureDesign& design) { next = edit(design.rows, *place); });
    choose(next);
}

void PanelTab::editChosen(const QString& field, const std::function<void(PanelDesign&)>& edit)
{
    const std::optional<Place> place = chosen();
    if (!place)
        return;
    const QString name = QStringLiteral("panel %1 %2 %3").arg(place->row).arg(place->panel).arg(field);
    change(name, [&](FigureDesign& design) { edit(design.rows[place->row][place->panel]); });
}

}  // namespace posbias::ui
