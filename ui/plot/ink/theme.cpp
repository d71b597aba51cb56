// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/ink/theme.h"

#include "ui/plot/ink/srgb.h"

#include <QFontDatabase>

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

constexpr double readableContrast = 4.52;  ///< WCAG 2.1, AA: 4.5; colours are rounded

using Palette = std::array<QColor, schemeColours>;

// A and B: Okabe and Ito (2008). The others keep their distance from those before them, for colour-blind eyes where so
// many can; marks tell all twelve apart (schemeMark).
Theme lightTheme()
{
    Theme t;
    t.name = ThemeName::Light;
    t.window = QColor(0xffffff);
    t.stage = QColor(0xf3f5f8);
    t.frame = QColor(0xcbd1d9);
    t.grid = QColor(0xdde1e7);
    t.text = QColor(0x1b1f24);
    t.faintText = QColor(0x59626f);
    t.schemes = {0x0072b2, 0xd55e00, 0x00896a, 0xb5478f, 0x6a51c8, 0x8a6d00,
                 0x117f9e, 0xa61e3d, 0x4d7a1f, 0x7a4a2b, 0x3a3f9e, 0xd0437a};
    t.schemeWords = {0x0072b2, 0xb85000, 0x007d60, 0xb0438a, 0x6a51c8, 0x846800,
                     0x0f7692, 0xa61e3d, 0x4a751d, 0x7a4a2b, 0x3a3f9e, 0xc03569};
    t.teacher = QColor(0x6b7280);
    t.accent = QColor(0x0072b2);
    t.warning = QColor(0x8a5a00);
    t.error = QColor(0xb3261e);
    t.unseenTint = QColor(20, 30, 50, 16);
    t.hatch = QColor(20, 26, 34, 190);
    t.line = QColor(0x14181d);
    t.halo = QColor(255, 255, 255, 215);
    return t;
}

Theme darkTheme()
{
    Theme t;
    t.name = ThemeName::Dark;
    t.window = QColor(0x22262d);
    t.stage = QColor(0x1b1e23);
    t.frame = QColor(0x434b56);
    t.grid = QColor(0x30363e);
    t.text = QColor(0xe8eaed);
    t.faintText = QColor(0xa3abb6);
    t.schemes = {0x56b4e9, 0xe69f00, 0x2fc79b, 0xe58fc4, 0xab9bff, 0xd8d04a,
                 0x63d5e6, 0xff7f93, 0x9ccf5a, 0xd2a679, 0x8aa0ff, 0xff9ad0};
    t.schemeWords = t.schemes;
    t.teacher = QColor(0x9aa3af);
    t.accent = QColor(0x56b4e9);
    t.warning = QColor(0xf0b429);
    t.error = QColor(0xff8a80);
    t.unseenTint = QColor(225, 232, 245, 18);
    t.hatch = QColor(240, 243, 247, 190);
    t.line = QColor(0xf4f6f8);
    t.halo = QColor(12, 14, 17, 205);
    return t;
}

double luminance(const QColor& colour)
{
    return luminanceOf(linearRgb(colour.rgb()));
}

/// WCAG 2.1, of two luminances.
double contrast(double a, double b)
{
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QColor inGrey(const QColor& colour)
{
    const auto level = static_cast<float>(channelOf(luminance(colour)));
    return QColor::fromRgbF(level, level, level, colour.alphaF());
}

/// As far apart as words can be that are read on the page.
Palette greys(ThemeName name)
{
    if (name == ThemeName::Light)
        return {0x101010, 0x707070, 0x404040, 0x585858, 0x282828, 0x747474,
                0x181818, 0x686868, 0x343434, 0x4c4c4c, 0x202020, 0x606060};
    return {0xf8f8f8, 0x989898, 0xc8c8c8, 0xb0b0b0, 0xe0e0e0, 0x909090,
            0xf0f0f0, 0xa0a0a0, 0xd4d4d4, 0xbcbcbc, 0xe8e8e8, 0xa8a8a8};
}

void makeGrey(Theme& t)
{
    for (QColor* colour : {&t.window, &t.stage, &t.frame, &t.grid, &t.text, &t.faintText, &t.teacher, &t.accent,
                           &t.warning, &t.error, &t.unseenTint, &t.hatch, &t.line, &t.halo})
        *colour = inGrey(*colour);
    t.schemes = t.schemeWords = greys(t.name);
}

}  // namespace

QColor Theme::of(Role role) const
{
    if (const auto scheme = schemeOf(role))
        return schemes[*scheme % schemeColours];
    return role == Role::Teacher ? teacher : text;
}

QColor Theme::textOf(Role role) const
{
    const auto scheme = schemeOf(role);
    return scheme ? schemeWords[*scheme % schemeColours] : of(role);
}

const Theme& theme(ThemeName name)
{
    static const Theme light = lightTheme();
    static const Theme dark = darkTheme();
    return name == ThemeName::Light ? light : dark;
}

Theme fileTheme(ThemeName name, bool grey)
{
    Theme t = theme(name);
    if (name == ThemeName::Light)
        t.stage = t.window;
    if (grey)
        makeGrey(t);
    return t;
}

SchemeMark schemeMark(std::size_t scheme)
{
    using Mark = SchemeMark;
    static constexpr Mark marks[] = {
        {Mark::None, true},     {Mark::Diamond, true}, {Mark::Square, false},      {Mark::UpTriangle, true},
        {Mark::Circle, false},  {Mark::Cross, true},   {Mark::DownTriangle, true}, {Mark::Plus, true},
        {Mark::Diamond, false}, {Mark::Square, true},  {Mark::UpTriangle, false},  {Mark::Circle, true},
    };
    return marks[scheme % std::size(marks)];
}

QString figureFontFamily()
{
    // All three have digits of one width; the first that is installed.
    static const QString family = [] {
        const QStringList installed = QFontDatabase::families();
        for (const char* wanted : {"Open Sans", "Noto Sans"})
            if (installed.contains(QLatin1String(wanted)))
                return QString::fromLatin1(wanted);
        return QStringLiteral("DejaVu Sans");
    }();
    return family;
}

QString usedFontFamily(const Page& page)
{
    const QString wanted = QString::fromStdString(page.fontFamily);
    return !wanted.isEmpty() && QFontDatabase::hasFamily(wanted) ? wanted : figureFontFamily();
}

QColor mixed(const QColor& over, const QColor& under, double share)
{
    const auto mix = [share](double a, double b) { return static_cast<float>(share * a + (1.0 - share) * b); };
    return QColor::fromRgbF(mix(over.redF(), under.redF()), mix(over.greenF(), under.greenF()),
                            mix(over.blueF(), under.blueF()));
}

QColor wordsOn(const QColor& background)
{
    const double behind = luminance(background);
    if (contrast(behind, 0.0) < contrast(behind, 1.0))
        return Qt::white;
    const QColor soft(0x181818);
    return contrast(behind, luminance(soft)) >= readableContrast ? soft : QColor(Qt::black);
}

}  // namespace posbias::ui
