// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export/motion_tab.h"

#include "ui/window/widgets/number_field.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace posbias::ui {

namespace {

constexpr int still = -1;
constexpr std::int64_t mostPictures = 1000;

}  // namespace

MotionTab::MotionTab(DesignHistory* history) : DesignTab(history)
{
    auto* note =
        new QLabel(tr("First and last are chosen for you while both are 0. A GIF shows all pictures; other formats "
                      "become numbered files."));
    note->setWordWrap(true);
    note->setProperty("faint", true);
    auto* rows = formRows();
    rows->addRow(tr("&Over"), overChoice());
    rows->addRow(tr("Fi&rst"), number(QStringLiteral("first"), 0, maxLength, &Frames::first));
    rows->addRow(tr("&Last"), number(QStringLiteral("last"), 0, maxLength, &Frames::last));
    rows->addRow(tr("&Pictures"), number(QStringLiteral("count"), 2, mostPictures, &Frames::count));
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

NumberField* MotionTab::number(const QString& name, std::int64_t least, std::int64_t most, std::int64_t Frames::*member)
{
    auto* field = new NumberField({{static_cast<double>(least), static_cast<double>(most), true}},
                                  QStringLiteral("export:frames:") + name);
    bindFrames(
        field, name, [member](const Frames& frames) { return static_cast<double>(frames.*member); },
        [member](Frames& frames, double value) { frames.*member = static_cast<std::int64_t>(value); });
    return field;
}

NumberField* MotionTab::seconds()
{
    auto* field = new NumberField({{0.02, 10.0, false, false, tr("s")}, 0.1}, QStringLiteral("export:frames:seconds"));
    bindFrames(
        field, QStringLiteral("seconds"), [](const Frames& frames) { return frames.seconds; },
        [](Frames& frames, double value) { frames.seconds = value; });
    return field;
}

/// There is nothing to enter while the figure does not move.
void MotionTab::bindFrames(NumberField* field, const QString& name, const std::function<double(const Frames&)>& read,
                           const std::function<void(Frames&, double)>& write)
{
    keepFilled([field](const FigureDesign& design) { field->setEnabled(design.frames.has_value()); });
    bind(
        field, name, [read](const FigureDesign& design) { return read(design.frames.value_or(Frames())); },
        [write](FigureDesign& design, double value) {
            if (design.frames)
                write(*design.frames, value);
        });
}

}  // namespace posbias::ui
