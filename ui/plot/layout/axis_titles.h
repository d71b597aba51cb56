// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Titles of axes that several kinds of panel share.

#include "core/figure/figure.h"

#include <QString>

namespace posbias::ui {

/// Under maps and rows of attention.
QString keyAxisTitle();
/// Under curves, and under ribbons (no panel).
QString offsetAxisTitle(const Figure& figure, const CurvePanel* panel);

}  // namespace posbias::ui
