// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export/figure_tab.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace posbias::ui {

namespace {

/// Zoom, axis or raw biases differ from what `posbias render` draws; the crosshair has a field of its own.
bool isPlain(FigureOptions options)
{
    options.crosshair = FigureOptions().crosshair;
    return options == FigureOptions();
}

}  // namespace

FigureTab::FigureTab(DesignHistory* history, const FigureOptions& asShown) : DesignTab(history)
{
    auto* title = new QLineEdit;
    auto* caption = new QLineEdit;
    auto* letters = new QCheckBox(tr("&Letters before the panels’ titles"));
    auto* crosshair = new QCheckBox(tr("C&rosshair"));
    auto* separate = new QCheckBox(tr("A colour &scale for each map"));
    title->setPlaceholderText(tr("None"));
    caption->setPlaceholderText(tr("None"));
    bind(title, QStringLiteral("title"), [](FigureDesign& d) -> std::string& { return d.dress.title; });
    bind(caption, QStringLiteral("caption"), [](FigureDesign& d) -> std::string& { return d.dress.caption; });
    bind(letters, QStringLiteral("letters"), [](FigureDesign& d) -> bool& { return d.dress.letters; });
    bind(crosshair, QStringLiteral("crosshair"), [](FigureDesign& d) -> bool& { return d.options.crosshair; });
    bind(separate, QStringLiteral("scales"), [](FigureDesign& d) -> bool& { return d.dress.separateScales; });
    auto* rows = formRows();
    rows->addRow(tr("&View"), viewChoice());
    rows->addRow(tr("&Title"), title);
    rows->addRow(tr("Capt&ion"), caption);
    rows->addRow(tr("Colour &bars"), barChoice());
    for (QCheckBox* box : {separate, letters, crosshair, zoomedBox(asShown)})
        rows->addRow(QString(), box);
    auto* column = new QVBoxLayout(this);
    column->addLayout(rows);
    column->addStretch(1);
}

QComboBox* FigureTab::viewChoice()
{
    auto* box = new QComboBox;
    box->setObjectName(QStringLiteral("export:view"));
    for (const FigureKind each : figureKinds())
        box->addItem(QString::fromStdString(figureTitle(each)), static_cast<int>(each));
    keepFilled([box](const FigureDesign& design) {
        const QSignalBlocker quiet(box);
        box->setCurrentIndex(box->findData(static_cast<int>(design.view)));
    });
    connect(box, &QComboBox::currentIndexChanged, this,
            [this, box] { Q_EMIT viewChosen(static_cast<FigureKind>(box->currentData().toInt())); });
    return box;
}

QCheckBox* FigureTab::zoomedBox(const FigureOptions& asShown)
{
    auto* box = new QCheckBox(tr("As zoo&med in the window"));
    box->setToolTip(tr("With the window's zoom, offset axis and kind of bias, not the whole sequence"));
    keepFilled([box, asShown](const FigureDesign& design) {
        const QSignalBlocker quiet(box);
        box->setChecked(!isPlain(design.options));
        box->setEnabled(!isPlain(design.options) || !isPlain(asShown));
    });
    connect(box, &QCheckBox::toggled, this, [this, asShown](bool on) {
        change(QStringLiteral("options"), [&](FigureDesign& design) {
            const bool crosshair = design.options.crosshair;
            design.options = on ? asShown : FigureOptions();
            design.options.crosshair = crosshair;
        });
    });
    return box;
}

QComboBox* FigureTab::barChoice()
{
    auto* box = new QComboBox;
    box->addItem(tr("Right of the maps"), static_cast<int>(BarPlacement::Right));
    box->addItem(tr("Below the maps"), static_cast<int>(BarPlacement::Below));
    box->addItem(tr("None"), static_cast<int>(BarPlacement::None));
    bind(
        box, QStringLiteral("bars"), [](const FigureDesign& d) { return static_cast<int>(d.dress.bars); },
        [](FigureDesign& d, int chosen) { d.dress.bars = static_cast<BarPlacement>(chosen); });
    return box;
}

}  // namespace posbias::ui
