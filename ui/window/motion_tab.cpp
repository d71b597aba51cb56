// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/motion_tab.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <limits>

namespace posbias::ui {

namespace {

constexpr int still = -1;
constexpr int mostPictures = 1000;

}  // namespace

MotionTab::MotionTab(DesignHistory* history) : DesignTab(history)
{
    constexpr int any = std::numeric_limits<int>::max();
    auto* note = new QLabel(tr("First and last are chosen for you while both are 0. A GIF shows all pictures; other formats "
                               "become numbered files."));
    note->setWordWrap(true);
    note->setProperty("faint", true);
    auto* rows = formRows();
    rows->addRow(tr("&Over"), overChoice());
    rows->addRow(tr("Fi&rst"), number(QStringLiteral("first"), any, &Frames::first));
    rows->addRow(tr("&Last"), number(QStringLiteral("last"), any, &Frames::last));
    rows->addRow(tr("&Pictures"), number(QStringLiteral("count"), mostPictures, &Frames::count));
    rows->addRow(tr("Each &shown for"), seconds());
    auto* column = new QVBoxLayout(this);
    column->addLayout(rows);
    column->addWidget(note);
    column->addStretch(1);
}

QComboBox* MotionTab::overChoice()
{
    auto* box = new QComboBox;
    box->setObjectName(QStringLiteral("export:frames"));
    box->addItem(tr("Nothing: one picture"), still);
    box->addItem(tr("The length"), static_cast<int>(FramesOver::Length));
    box->addItem(tr("The number of buckets"), static_cast<int>(FramesOver::Buckets));
    box->addItem(tr("Steps of training"), static_cast<int>(FramesOver::Step));
    bind(
        box, QStringLiteral("frames"),
        [](const FigureDesign& d) { return d.frames ? static_cast<int>(d.frames->over) : still; },
        [](FigureDesign& d, int chosen) {
            if (chosen == still) {
                d.frames.reset();
                std::erase(d.formats, "gif");
                return;
            }
            if (!d.frames)
                d.formats = {"gif"};
            d.frames = Frames{static_cast<FramesOver>(chosen), 0, 0, Frames().count, Frames().seconds};
        });
    return box;
}

QSpinBox* MotionTab::number(const QString& name, int most, std::int64_t Frames::*member)
{
    auto* box = new QSpinBox;
    box->setRange(0, most);
    box->setGroupSeparatorShown(true);
    keepFilled([box, member](const FigureDesign& design) {
        const QSignalBlocker quiet(box);
        box->setEnabled(design.frames.has_value());
        box->setValue(static_cast<int>(design.frames.value_or(Frames()).*member));
    });
    connect(box, &QSpinBox::valueChanged, this, [this, name, member](int value) {
        change(name, [&](FigureDesign& design) {
            if (design.frames)
                (*design.frames).*member = value;
        });
    });
    return box;
}

QDoubleSpinBox* MotionTab::seconds()
{
    auto* box = new QDoubleSpinBox;
    box->setRange(0.02, 10.0);
    box->setDecimals(2);
    box->setSingleStep(0.1);
    box->setSuffix(tr(" s"));
    keepFilled([box](const FigureDesign& design) {
        const QSignalBlocker quiet(box);
        box->setEnabled(design.frames.has_value());
        box->setValue(design.frames.value_or(Frames()).seconds);
    });
    connect(box, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        change(QStringLiteral("seconds"), [&](FigureDesign& design) {
            if (design.frames)
                design.frames->seconds = value;
        });
    });
    return box;
}

}  // namespace posbias::ui
