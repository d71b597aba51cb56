// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How well a few typed letters stand for a name.

#include <QString>

#include <optional>

namespace posbias::ui {

/// The letters of `typed` (spaces aside) must appear in `name` in order. Better (higher): at the start of words,
/// side by side, early. Nothing when they do not appear.
std::optional<int> fuzzyScore(const QString& typed, const QString& name);

}  // namespace posbias::ui
