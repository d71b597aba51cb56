// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export/colour_tab.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace posbias::ui {

namespace {

QString nameOf(ColourMapName map)
{
    switch (map) {
    case ColourMapName::Viridis: return ColourTab::tr("Viridis");
    case ColourMapName::Cividis: return ColourTab::tr("Cividis");
    case ColourMapName::Magma: return ColourTab::tr("Magma");
    case ColourMapName::Grey: return ColourTab::tr("Grey");
    case ColourMapName::RedBlue: return ColourTab::tr("Red and blue");
    case ColourMapName::PurpleOrange: return ColourTab::tr("Purple and orange");
    }
    return {};
}

}  // namespace

ColourTab::ColourTab(DesignHistory* history) : DesignTab(history)
{
    auto* rows = formRows();
    rows->addRow(tr("&Values"), mapChoice(false));
    rows->addRow(tr("Diff&erences"), mapChoice(true));
    rows->addRow(QString(), greyNote());
    rows->addRow(tr("&Seen with"), visionChoice());
    auto* column = new QVBoxLayout(this);
    column->addLayout(rows);
    column->addStretch(1);
}

QComboBox* ColourTab::visionChoice()
{
    auto* box = new QComboBox;
    box->setObjectName(QStringLiteral("export:vision"));
    box->setToolTip(tr("The preview alone: the figure stays as it is"));
    box->addItem(tr("Ordinary eyes"), static_cast<int>(Vision::Ordinary));
    box->addItem(tr("Protanopia (no red)"), static_cast<int>(Vision::Protanopia));
    box->addItem(tr("Deuteranopia (no green)"), static_cast<int>(Vision::Deuteranopia));
    box->addItem(tr("Tritanopia (no blue)"), static_cast<int>(Vision::Tritanopia));
    box->addItem(tr("Printed in grey"), static_cast<int>(Vision::GreyPrint));
    connect(box, &QComboBox::currentIndexChanged, this,
            [this, box] { Q_EMIT visionChosen(static_cast<Vision>(box->currentData().toInt())); });
    return box;
}

QLabel* ColourTab::greyNote()
{
    auto* note = new QLabel;
    note->setWordWrap(true);
    note->setProperty("faint", true);
    keepFilled([note](const FigureDesign& design) {
        QStringList unreadable;
        for (const ColourMapName map : {design.dress.colours, differencesOf(design.dress)}) {
            if (!readableInGrey(map))
                unreadable << nameOf(map);
        }
        note->setVisible(!unreadable.isEmpty());
        note->setText(tr("Printed in grey, larger and smaller values look alike: %1.")
                          .arg(unreadable.join(QStringLiteral(", "))));
    });
    return note;
}

QComboBox* ColourTab::mapChoice(bool differences)
{
    auto* box = new QComboBox;
    box->setObjectName(differences ? QStringLiteral("export:differences") : QStringLiteral("export:colours"));
    for (const ColourMapName map : colourMaps()) {
        if (differences ? suitsDifferences(map) : !isDiverging(map))
            box->addItem(nameOf(map), static_cast<int>(map));
    }
    bind(
        box, box->objectName(),
        [differences](const FigureDesign& d) {
            return static_cast<int>(differences ? differencesOf(d.dress) : d.dress.colours);
        },
        [differences](FigureDesign& d, int chosen) {
            const auto map = static_cast<ColourMapName>(chosen);
            if (differences)
                d.dress.differences = map;
            else
                d.dress.colours = map;
        });
    return box;
}

}  // namespace posbias::ui
