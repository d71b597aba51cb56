// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/theme.h"

#include <QFontDatabase>

#include <cmath>

namespace posbias::ui {
namespace {

// A and B: Okabe and Ito (2008).
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
    t.a = QColor(0x0072b2);
    t.b = QColor(0xd55e00);
    t.aText = t.a;
    t.bText = QColor(0xb85000);
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
    t.a = QColor(0x56b4e9);
    t.b = QColor(0xe69f00);
    t.aText = t.a;
    t.bText = t.b;
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

/// WCAG 2.1: relative luminance.
double luminance(const QColor& colour)
{
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

}  // namespace

QColor Theme::of(Role role) const
{
    switch (role) {
    case Role::A: return a;
    case Role::B: return b;
    case Role::Teacher: return teacher;
    case Role::Neutral: break;
    }
    return text;
}

QColor Theme::textOf(Role role) const
{
    return role == Role::A ? aText : role == Role::B ? bText : of(role);
}

const Theme& theme(ThemeName name)
{
    static const Theme light = lightTheme();
    static const Theme dark = darkTheme();
    return name == ThemeName::Light ? light : dark;
}

Theme fileTheme(ThemeName name)
{
    Theme t = theme(name);
    if (name == ThemeName::Light)
        t.stage = t.window;
    return t;
}

SchemeMark schemeMark(std::size_t scheme)
{
    using Mark = SchemeMark;
    static constexpr Mark marks[] = {
        {Mark::None, true},        {Mark::Diamond, true},       {Mark::Square, false},    {Mark::UpTriangle, true},
        {Mark::Circle, false},     {Mark::Cross, true},         {Mark::DownTriangle, true}, {Mark::Plus, true},
        {Mark::Diamond, false},    {Mark::Square, true},        {Mark::UpTriangle, false}, {Mark::Circle, true},
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
    const bool dark = (behind + 0.05) / 0.05 > 1.05 / (behind + 0.05);
    return dark ? QColor(0x14181d) : QColor(Qt::white);
}

}  // namespace posbias::ui
