// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a figure shows, for readers who do not see it.

#include "core/figure/figure.h"

#include <QString>

namespace posbias::ui {

/// Plain text, sentences, from the numbers that are drawn: every panel, what is on its axes, ranges, where curves begin,
/// pass the training length and end, what is hatched. Translatable.
QString alternativeText(const Figure& figure);

}  // namespace posbias::ui
