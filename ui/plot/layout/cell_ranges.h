// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Square ranges of cells within a sequence, for whoever zooms: hands on the picture, keys, commands.

#include "core/fields/pixels.h"

#include <cstdint>
#include <optional>

namespace posbias::ui {

/// `side` cells from (query, key), moved into the sequence; no fewer than a zoom may show; all of it is nothing.
std::optional<CellRect> cellsWithin(double query, double key, double side, std::int64_t length);

/// `cells` enlarged by `factor` (above 1: fewer cells); the point (query, key) keeps its place where the sequence
/// does not end.
std::optional<CellRect> cellsScaled(const CellRect& cells, double factor, double query, double key,
                                    std::int64_t length);

/// Nobody would see a difference: arithmetic's crumbs are no step of a zoom.
bool sameCells(const std::optional<CellRect>& a, const std::optional<CellRect>& b);

}  // namespace posbias::ui
