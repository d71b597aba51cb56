// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/tex_device.h"

#include "ui/plot/tex_engine.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace posbias::ui {

struct TexDevice::Private {
    QSizeF sizeMm;
    TexEngine engine;
};

TexDevice::TexDevice(const QSizeF& sizeMm, const std::string& name)
    : d(new Private{sizeMm, {sizeMm, name}})
{}

TexDevice::~TexDevice() = default;

QPaintEngine* TexDevice::paintEngine() const
{
    return &d->engine;
}

void TexDevice::drawWords(QPainter& painter, const QPointF& at, Qt::Alignment alignment, const QString& text,
                          double degrees)
{
    painter.drawPath(QPainterPath());  // tells the engine the state, and restore() that the engine knows it
    const char* anchor = alignment & Qt::AlignHCenter ? "base" : alignment & Qt::AlignRight ? "base east" : "base west";
    QPointF baseline = at;
    if (alignment & Qt::AlignVCenter) {
        QTransform turned;
        turned.rotate(degrees);
        baseline += turned.map(QPointF(0.0, QFontMetricsF(painter.font()).capHeight() / 2.0));
    }
    d->engine.drawWordsAt(painter.combinedTransform(), baseline, anchor, painter.font(), painter.pen().color(), degrees,
                          text);
}

QByteArray TexDevice::picture() const
{
    // Nodes without margins: a document's own settings for them do not reach in.
    return "\\begin{tikzpicture}[x=1mm,y=1mm,every node/.style={inner sep=0pt,outer sep=0pt,minimum size=0pt}]\n" +
           d->engine.colourDefinitions() + "\\useasboundingbox (0,0) rectangle (" + texNumber(d->sizeMm.width()) + ',' +
           texNumber(d->sizeMm.height()) + ");\n" + d->engine.body() + "\\end{tikzpicture}";
}

std::vector<SideFile> TexDevice::sideFiles() const
{
    return d->engine.sideFiles();
}

int TexDevice::metric(PaintDeviceMetric metric) const
{
    constexpr double dotsPerInch = texUnitsPerMm * mmPerInch;
    switch (metric) {
    case PdmWidth: return static_cast<int>(std::lround(d->sizeMm.width() * texUnitsPerMm));
    case PdmHeight: return static_cast<int>(std::lround(d->sizeMm.height() * texUnitsPerMm));
    case PdmWidthMM: return static_cast<int>(std::lround(d->sizeMm.width()));
    case PdmHeightMM: return static_cast<int>(std::lround(d->sizeMm.height()));
    case PdmDpiX:
    case PdmDpiY:
    case PdmPhysicalDpiX:
    case PdmPhysicalDpiY: return static_cast<int>(std::lround(dotsPerInch));
    case PdmNumColors: return 1 << 24;
    case PdmDepth: return 32;
    case PdmDevicePixelRatio: return 1;
    case PdmDevicePixelRatioScaled: return static_cast<int>(devicePixelRatioFScale());
    default: return QPaintDevice::metric(metric);
    }
}

std::string texPictureName(const std::string& figure, std::size_t number)
{
    return figure + '-' + std::to_string(number) + ".png";
}

QByteArray texFile(const TexDevice& device, const Page& page, const FigureWords& words)
{
    const QByteArray recipe = texRecipe(words);
    if (!page.standaloneTex)
        return recipe +
               "% \\input this file in a document with \\usepackage{tikz}, and under pdfLaTeX \\usepackage[T1]{fontenc}.\n" +
               (device.sideFiles().empty() ? QByteArray()
                                           : "% It includes pictures beside it: \\usepackage{graphicx}, and "
                                             "\\graphicspath where it lies in another folder.\n") +
               device.picture() + "%\n";
    const QByteArray paper = "paperwidth=" + texNumber(page.widthMm) + "mm,paperheight=" + texNumber(page.heightMm) + "mm";
    return recipe +
           "% A document of its own: run pdflatex or lualatex on it.\n"
           "\\documentclass{article}\n"
           "\\usepackage[" + paper + ",margin=0pt]{geometry}\n"
           "\\usepackage{iftex}\n"
           "\\ifpdftex\\usepackage[T1]{fontenc}\\usepackage[utf8]{inputenc}\\usepackage{lmodern}\\fi\n"
           "\\usepackage{tikz}\n"
           "\\renewcommand{\\familydefault}{\\sfdefault}\n"
           "\\pagestyle{empty}\\setlength{\\parindent}{0pt}\\setlength{\\topskip}{0pt}\\vfuzz=1mm\\hfuzz=1mm\n"
           "\\begin{document}\n" +
           device.picture() + "%\n\\end{document}\n";
}

}  // namespace posbias::ui
