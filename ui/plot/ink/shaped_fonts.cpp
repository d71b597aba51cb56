// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/ink/shaped_fonts.h"

#include <QFontMetricsF>
#include <QGlyphRun>
#include <QTextLayout>

#include <algorithm>

namespace posbias::ui {
namespace {

QList<QGlyphRun> runsOf(const QFont& font, const QString& text)
{
    QTextLayout layout(text, font);
    layout.beginLayout();
    layout.createLine();
    layout.endLayout();
    return layout.glyphRuns();
}

/// Qt's font of boxes "supports" whatever it is asked for, even what never is a character. It calls itself valid, and
/// crashes when it is asked for its family.
bool isInstalled(const QRawFont& font)
{
    constexpr quint32 noCharacter = 0xffff;
    return font.isValid() && !(font.supportsCharacter(noCharacter) && font.fontTable("cmap").isEmpty());
}

}  // namespace

QList<QRawFont> fontsOf(const QFont& font, const QString& text)
{
    QList<QRawFont> fonts;
    for (const QGlyphRun& run : runsOf(font, text))
        if (isInstalled(run.rawFont()) && !fonts.contains(run.rawFont()))
            fonts.append(run.rawFont());
    return fonts;
}

bool isInSomeFont(const QFont& font, char32_t c)
{
    if (QFontMetricsF(font).inFontUcs4(c))
        return true;
    const QList<QGlyphRun> runs = runsOf(font, QString::fromUcs4(&c, 1));
    return std::ranges::all_of(
        runs, [](const QGlyphRun& run) { return isInstalled(run.rawFont()) && !run.glyphIndexes().contains(0u); });
}

}  // namespace posbias::ui
