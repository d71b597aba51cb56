// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The two palettes and the type sizes of everything that is drawn.

#include "core/figure/figure.h"

#include <QColor>
#include <QFont>
#include <QString>

#include <array>

namespace posbias::ui {

using posbias::ThemeName;

/// As many schemes as have a colour of their own; further ones begin again.
inline constexpr std::size_t schemeColours = 12;

struct Theme {
    ThemeName name = ThemeName::Light;
    QColor window;  ///< panels
    QColor stage;   ///< behind the plots; masked cells take it
    QColor frame;   ///< thin frames
    QColor grid;
    QColor text;
    QColor faintText;
    std::array<QColor, schemeColours> schemes;      ///< A blue, B vermilion / orange, ...
    std::array<QColor, schemeColours> schemeWords;  ///< the same as words: read (WCAG AA) on stage and panels
    QColor teacher;
    QColor accent;      ///< selected controls
    QColor warning;     ///< amber, for words
    QColor error;       ///< red, for words
    QColor unseenTint;  ///< pale tint over offsets that training never saw
    QColor hatch;
    QColor line, halo;  ///< lines over maps (crosshair, training length), and what makes them show on any colour

    QColor of(Role role) const;
    /// The role's colour for words.
    QColor textOf(Role role) const;
};
const Theme& theme(ThemeName name);
/// Of files. Papers and slides have white pages: a figure's stage is white too.
/// `grey`: every colour is a grey, and those of schemes are apart.
Theme fileTheme(ThemeName name, bool grey = false);

/// What tells curves apart where colour does not: in grey print, for other eyes.
struct SchemeMark {
    enum Shape { None, Diamond, Square, UpTriangle, DownTriangle, Circle, Cross, Plus } shape = None;
    bool filled = true;
    bool operator==(const SchemeMark&) const = default;
};
/// Of the schemes in their order; no two of the first twelve are alike. The first has none: its line alone.
SchemeMark schemeMark(std::size_t scheme);

/// Sizes in px at 96 dpi for a 13 px base; scaled with the base.
struct TypeSizes {
    double base = 13.0;
    double sentence() const { return base * 15.5 / 13.0; }
    double figureTitle() const { return base * 16.0 / 13.0; }
    double mapTitle() const { return base * 14.0 / 13.0; }
    double sectionTitle() const { return base; }
    double tick() const { return base * 11.0 / 13.0; }
};

/// The family of figures and, where the desktop names none, of the window: one with tabular digits.
QString figureFontFamily();
/// The family that a page asks for, or figureFontFamily() where it asks for none or one that is not installed.
QString usedFontFamily(const Page& page);

/// Opaque: `share` of `over` on `under`.
QColor mixed(const QColor& over, const QColor& under, double share);
/// Black or white-ish, whichever reads better on `background`: with a contrast of 4.5 at least.
QColor wordsOn(const QColor& background);

}  // namespace posbias::ui
