// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where the crosshair goes: by cells, to an offset, to the next bucket border. Always inside the mask.

#include "core/evaluation/result.h"
#include "core/figure/figure.h"

#include <Qt>

#include <optional>

namespace posbias::ui {

/// `from` moved by whole cells; at an edge it stays there.
CellPosition moved(const Result& result, CellPosition from, std::int64_t queries, std::int64_t keys);

/// The cell of offset d that keeps the query where it can, else the nearest query that sees this offset.
CellPosition atOffset(const Result& result, CellPosition from, std::int64_t d);

/// The nearest offset above (direction 1) or below (-1) `d` at which a stretch of offsets begins that shares a parameter
/// in either scheme, or has none; the last visible offset if there is none. A scheme with one parameter for each offset
/// counts as one stretch.
std::int64_t nextBorder(const Result& result, std::int64_t d, int direction);

/// Where a key takes the crosshair: arrows by a cell, with Shift by ten, with Ctrl to a border. Nothing for other keys and
/// for those that belong to the desktop.
std::optional<CellPosition> steppedBy(const Result& result, CellPosition from, int key,
                                      Qt::KeyboardModifiers modifiers);

}  // namespace posbias::ui
