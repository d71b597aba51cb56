// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export/format_choice.h"

#include "ui/window/widgets/settings.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QSignalBlocker>

#include <algorithm>

namespace posbias::ui {

namespace {

const QString descriptionKey = QStringLiteral("export/description");

bool isChosen(const FigureDesign& design, FigureFormat format)
{
    const std::vector<FigureFormat> chosen = formatsOf(design);
    return std::ranges::find(chosen, format) != chosen.end();
}

/// In the order of all formats, so that the same choice is the same design.
void choose(FigureDesign& design, FigureFormat format, bool on)
{
    std::vector<std::string> endings;
    for (const FigureFormat each : figureFormats()) {
        if (each == format ? on : isChosen(design, each))
            endings.push_back(endingOf(each));
    }
    if (!endings.empty())
        design.formats = std::move(endings);
}

}  // namespace

std::vector<FigureFormat> formatsOf(const FigureDesign& design)
{
    std::vector<FigureFormat> chosen;
    for (const FigureFormat each : figureFormats()) {
        if (std::ranges::find(design.formats, endingOf(each)) != design.formats.end())
            chosen.push_back(each);
    }
    return chosen.empty() ? std::vector{FigureFormat::Pdf} : chosen;
}

FormatChoice::FormatChoice(DesignHistory* history) : DesignTab(history), m_description(new QCheckBox(tr("Text &file")))
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    QCheckBox* boxes[] = {
        formatBox(FigureFormat::Pdf, QStringLiteral("PDF"), tr("For papers: vectors, fonts inside")),
        formatBox(FigureFormat::Svg, QStringLiteral("SVG"), tr("For editing and for web pages")),
        formatBox(FigureFormat::Png, QStringLiteral("PNG"), tr("For slides")),
        formatBox(FigureFormat::Tex, QStringLiteral("TikZ"), tr("For LaTeX: a .tex file")),
        formatBox(FigureFormat::Csv, QStringLiteral("CSV"), tr("The numbers that are drawn, as a table")),
        formatBox(FigureFormat::Npy, QStringLiteral("NPY"),
                  tr("The maps as arrays for NumPy; masked cells are 0 in attention, NaN in biases")),
        formatBox(FigureFormat::Gif, QStringLiteral("GIF"), tr("Moving; choose under Motion over what")),
    };
    int k = 0;
    for (QCheckBox* box : boxes) {
        grid->addWidget(box, k / 4, k % 4);
        ++k;
    }
    m_description->setToolTip(tr("What the figure shows in words, for readers who do not see it, beside it as .txt"));
    m_description->setChecked(settings().value(descriptionKey, false).toBool());
    connect(m_description, &QCheckBox::toggled, this, [](bool on) { settings().setValue(descriptionKey, on); });
    grid->addWidget(m_description, k / 4, k % 4);
    auto* standalone = new QCheckBox(tr("Tik&Z as a document of its own"));
    bind(standalone, QStringLiteral("standalone"), [](FigureDesign& d) -> bool& { return d.page.standaloneTex; });
    keepFilled(
        [standalone](const FigureDesign& design) { standalone->setVisible(isChosen(design, FigureFormat::Tex)); });
    grid->addWidget(standalone, 2, 0, 1, 4);
}

bool FormatChoice::wantsDescription() const
{
    return m_description->isChecked();
}

QCheckBox* FormatChoice::formatBox(FigureFormat format, const QString& text, const QString& help)
{
    auto* box = new QCheckBox(text);
    box->setObjectName(QStringLiteral("format:") + QString::fromStdString(endingOf(format)));
    box->setToolTip(help);
    keepFilled([box, format](const FigureDesign& design) {
        const QSignalBlocker quiet(box);
        box->setChecked(isChosen(design, format));
        box->setEnabled(format != FigureFormat::Gif || design.frames);
    });
    connect(box, &QCheckBox::toggled, this, [this, box, format](bool on) {
        change(QStringLiteral("formats"), [&](FigureDesign& d) { choose(d, format, on); });
        const QSignalBlocker quiet(box);
        box->setChecked(isChosen(design(), format));  // the last one stays
    });
    return box;
}

}  // namespace posbias::ui
