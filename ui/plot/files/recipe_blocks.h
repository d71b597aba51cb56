// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Texts that pictures carry between their pixels: found without decoding a pixel, by lengths that are not trusted.

#include <QByteArray>

#include <optional>

namespace posbias::ui {

inline constexpr qsizetype largestRecipe = 16 << 20;  ///< bytes

/// A text chunk's text, as UTF-8. Throws InputError (no subject; "holds a recipe ...") when it cannot be inflated, or to
/// more than largestRecipe.
std::optional<QByteArray> pngText(const QByteArray& png, const QByteArray& key);
/// What follows `head` in the first comment extension that begins with it.
std::optional<QByteArray> gifComment(const QByteArray& gif, const QByteArray& head);
/// Where the first comment extension that begins with `head` does so (in its first sub-block); -1 without one.
qsizetype gifCommentPlace(const QByteArray& gif, const QByteArray& head);
/// Where the first picture begins, with what controls it; -1 without one.
qsizetype firstGifPicture(const QByteArray& gif);

}  // namespace posbias::ui
