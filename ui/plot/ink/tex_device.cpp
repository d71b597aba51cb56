// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/ink/tex_device.h"

#include "ui/plot/ink/tex_engine.h"
#include "ui/plot/ink/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace posbias::ui {

namespace {

/// Macros of every picture, inside a group. None has a parameter, so that a picture may stand in another's argument.
QByteArray macros(const TexNeeds& needs)
{
    // Languages and packages make characters active, = " : ; ! and others; in numbers, since ` may be one of them.
    QByteArray source;
    for (const char c : QByteArrayView("!\"'()*+,-./:;<=>?@[]`|"))
        source += "\\catcode" + QByteArray::number(static_cast<int>(c)) + " 12" + (c == '.' ? "\n" : " ");
    // Words that are longer than the room that was measured for them are set smaller; one that the font lacks is an error.
    source +=
        "\n\\def\\posbiasfit{\\afterassignment\\posbiasset\\dimen0=}%\n"
        "\\def\\posbiasset{\\tracinglostchars3\\setbox0\\hbox\\bgroup\\aftergroup\\posbiasput\\let\\posbiasopen=}%\n"
        "\\def\\posbiasput{\\ifdim\\wd0>\\dimen0\\resizebox{\\dimen0}{!}{\\box0}\\else\\box0\\fi}%\n";
    if (!needs.cyrillic.empty())
        source += "\\def\\posbiascyrillic{\\ifx\\directlua\\undefined\\ifx\\XeTeXversion\\undefined"
                  "\\fontencoding{T2A}\\selectfont\\fi\\fi}%\n";
    return source;
}

}  // namespace

struct TexDevice::Private {
    QSizeF sizeMm;
    TextForm text;
    TexEngine engine;
};

TexDevice::TexDevice(const QSizeF& sizeMm, const std::string& name, TextForm text, WordLog* log)
    : WordDevice(log), d(new Private{sizeMm, text, {sizeMm, name}})
{
}

TexDevice::~TexDevice() = default;

QPaintEngine* TexDevice::paintEngine() const
{
    return &d->engine;
}

bool TexDevice::wordsAreLive() const
{
    return d->text != TextForm::Outline;
}

void TexDevice::drawWords(QPainter& painter, const Words& words)
{
    if (!wordsAreLive())
        return fillOutlines(painter, words);
    painter.drawPath(QPainterPath());  // tells the engine the state, and restore() that the engine knows it
    d->engine.drawWords(painter.combinedTransform(), words);
}

QByteArray TexDevice::picture() const
{
    // Nodes without margins: a document's own settings for them do not reach in.
    return "\\begingroup\n" + macros(d->engine.needs()) +
           "\\begin{tikzpicture}[x=1mm,y=1mm,every node/.style={inner sep=0pt,outer sep=0pt,minimum size=0pt}]\n" +
           d->engine.colourDefinitions() + "\\useasboundingbox (0,0) rectangle (" + texNumber(d->sizeMm.width()) + ',' +
           texNumber(d->sizeMm.height()) + ");\n" + d->engine.body() + "\\end{tikzpicture}%\n\\endgroup";
}

const TexNeeds& TexDevice::needs() const
{
    return d->engine.needs();
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
    return texPictureStem(figure) + '-' + std::to_string(number) + ".png";
}

}  // namespace posbias::ui
