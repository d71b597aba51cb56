// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export/page_tab.h"

#include "ui/plot/files/figure_export.h"
#include "ui/window/widgets/number_field.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace posbias::ui {

namespace {

/// The preset that a page is as large as, and grows as, or -1.
int presetOf(const Page& page)
{
    const std::vector<PagePreset>& all = pagePresets();
    for (std::size_t k = 0; k < all.size(); ++k) {
        if (all[k].widthMm == page.widthMm && all[k].heightMm == page.heightMm && all[k].growHeight == page.growHeight)
            return static_cast<int>(k);
    }
    return -1;
}

}  // namespace

PageTab::PageTab(DesignHistory* history) : DesignTab(history)
{
    auto* transparent = new QCheckBox(tr("Trans&parent background"));
    bind(transparent, QStringLiteral("transparent"), [](FigureDesign& d) -> bool& { return d.page.transparent; });
    auto* rows = formRows();
    rows->addRow(tr("&Size"), sizeChoice());
    rows->addRow(tr("W&idth"), millimetres(QStringLiteral("width"), &Page::widthMm));
    rows->addRow(tr("&Height"), millimetres(QStringLiteral("height"), &Page::heightMm));
    rows->addRow(tr("Reso&lution"), resolution());
    rows->addRow(tr("&Type size"), typeSize());
    rows->addRow(tr("F&ont"), fontChoice());
    rows->addRow(QString(), fontNote());
    rows->addRow(tr("Wo&rds"), textChoice());
    rows->addRow(tr("Th&eme"), themeChoice());
    rows->addRow(QString(), transparent);
    auto* column = new QVBoxLayout(this);
    column->addLayout(rows);
    column->addStretch(1);
}

QComboBox* PageTab::sizeChoice()
{
    auto* box = new QComboBox;
    box->setObjectName(QStringLiteral("export:size"));
    box->addItem(tr("Own size"), -1);
    for (std::size_t k = 0; k < pagePresets().size(); ++k)
        box->addItem(QString::fromStdString(pagePresets()[k].name), static_cast<int>(k));
    bind(
        box, QStringLiteral("size"), [](const FigureDesign& d) { return presetOf(d.page); },
        [](FigureDesign& d, int chosen) {
            if (chosen < 0)
                return;
            usePreset(d.page, pagePresets()[static_cast<std::size_t>(chosen)]);
        });
    return box;
}

NumberField* PageTab::millimetres(const QString& name, double Page::*side)
{
    auto* field = new NumberField({{10.0, 2000.0, false, false, tr("mm")}}, QStringLiteral("export:") + name);
    bind(
        field, name, [side](const FigureDesign& d) { return d.page.*side; },
        [side](FigureDesign& d, double value) {
            d.page.*side = value;
            if (side == &Page::heightMm)
                d.page.growHeight = false;
        });
    return field;
}

NumberField* PageTab::resolution()
{
    auto* field = new NumberField({{36.0, 2400.0, true, false, tr("dpi")}}, QStringLiteral("export:dpi"));
    bind(
        field, QStringLiteral("dpi"), [](const FigureDesign& d) { return static_cast<double>(d.page.dpi); },
        [](FigureDesign& d, double value) { d.page.dpi = static_cast<int>(value); });
    return field;
}

NumberField* PageTab::typeSize()
{
    auto* field = new NumberField({{3.0, 72.0, false, false, tr("pt")}, 0.5, tr("Automatic"), automaticType, 8.0},
                                  QStringLiteral("export:type"));
    field->setToolTip(tr("Of axis labels, whatever the figure's size: 3 to 72 points; empty: automatic"));
    bind(
        field, QStringLiteral("type"), [](const FigureDesign& d) { return d.page.fontPoints; },
        [this, field](FigureDesign& d, double value) {
            if (d.page.fontPoints == field->valueBefore())
                m_shrunkBefore = d.page.shrinkType;
            d.page.fontPoints = value;
            // A preset's type gives way to the figure; what somebody chose does not, unless it is taken back or refused.
            d.page.shrinkType = m_shrunkBefore && value == field->valueBefore();
        });
    return field;
}

QComboBox* PageTab::fontChoice()
{
    auto* box = new QComboBox;
    box->addItem(tr("PosBias’s own"), QString());
    for (const QString& family : QFontDatabase::families())
        box->addItem(family, family);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    keepFilled([box](const FigureDesign& design) {
        const QSignalBlocker quiet(box);
        const QString family = QString::fromStdString(design.page.fontFamily);
        if (box->findData(family) < 0)
            box->addItem(family, family);  // of another computer
        box->setCurrentIndex(box->findData(family));
    });
    connect(box, &QComboBox::currentIndexChanged, this, [this, box] {
        change(QStringLiteral("font"),
               [&](FigureDesign& design) { design.page.fontFamily = box->currentData().toString().toStdString(); });
    });
    return box;
}

QLabel* PageTab::fontNote()
{
    auto* note = new QLabel;
    note->setWordWrap(true);
    note->setProperty("faint", true);
    keepFilled([note](const FigureDesign& design) {
        const QString missing = QString::fromStdString(missingFont(design.page));
        note->setVisible(!missing.isEmpty());
        note->setText(tr("“%1” is not installed here; PosBias’s own font is used.").arg(missing));
    });
    return note;
}

QComboBox* PageTab::textChoice()
{
    auto* box = new QComboBox;
    box->setObjectName(QStringLiteral("export:text"));
    box->addItem(tr("Text"), static_cast<int>(TextForm::Live));
    box->addItem(tr("Text with its fonts (SVG)"), static_cast<int>(TextForm::Embed));
    box->addItem(tr("Shapes"), static_cast<int>(TextForm::Outline));
    box->setToolTip(
        tr("In SVG, PDF and TikZ. Text can be edited, found and read aloud; an SVG looks the same only where its "
           "fonts are installed, unless it carries them, which browsers know how to use. Shapes look the same "
           "everywhere. A PDF always carries its fonts."));
    bind(
        box, QStringLiteral("text"), [](const FigureDesign& d) { return static_cast<int>(d.page.text); },
        [](FigureDesign& d, int chosen) { d.page.text = static_cast<TextForm>(chosen); });
    return box;
}

QComboBox* PageTab::themeChoice()
{
    auto* box = new QComboBox;
    box->addItem(tr("Light"), static_cast<int>(ThemeName::Light));
    box->addItem(tr("Dark"), static_cast<int>(ThemeName::Dark));
    bind(
        box, QStringLiteral("theme"), [](const FigureDesign& d) { return static_cast<int>(d.page.theme); },
        [](FigureDesign& d, int chosen) { d.page.theme = static_cast<ThemeName>(chosen); });
    return box;
}

}  // namespace posbias::ui
