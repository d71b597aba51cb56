// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The part of a font that some words need, to be carried inside a file.

#include <QByteArray>
#include <QRawFont>

#include <set>

namespace posbias::ui {

/// An OpenType font with the glyphs of these characters, as far as `font` has them, and what joins and places them.
/// The same inputs give the same bytes. Throws FailureError where that cannot be made.
QByteArray fontSubset(const QRawFont& font, const std::set<char32_t>& characters);

}  // namespace posbias::ui
