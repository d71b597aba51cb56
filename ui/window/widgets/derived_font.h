// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Fonts that follow the window's: Qt forgets a widget's own font whenever the application's style sheet changes,
// so they are set again then, from one base.

#include <QFont>
#include <QFontInfo>

#include <algorithm>

namespace posbias::ui {

inline constexpr double smallType = 12.0 / 13.0;

inline QFont derivedFont(const QFont& base, double scale, QFont::Weight weight = QFont::Normal)
{
    QFont font = base;
    font.setPixelSize(std::max(1, qRound(QFontInfo(base).pixelSize() * scale)));
    font.setWeight(weight);
    return font;
}

}  // namespace posbias::ui
