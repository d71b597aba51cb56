// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a right click on a cell offers: what this is, and copies of it.

#include "core/evaluation/result.h"
#include "core/figure/figure.h"

#include <QMenu>

namespace posbias::ui {

/// Adds the cell's facts (not selectable) and "copy value", "copy as LaTeX" for A and B.
void addCellItems(QMenu& menu, const Result& result, CellPosition cell);

}  // namespace posbias::ui
