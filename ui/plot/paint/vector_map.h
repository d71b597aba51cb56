// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Maps with few values as shapes, without seams: for files that keep shapes.

#include "core/figure/figure.h"

#include <QPainter>

namespace posbias::ui {

/// Draws the map of `cells` into `plot` and returns true if it has few enough values: bands of offsets, each over all
/// that follow it, so that no viewer shows a seam; borders are stairs along the cells where few are visible, else straight
/// at d - 1/2. Also fields of few cells. False: a picture is needed. Does not depend on QPainter's clipping.
bool paintVectorMap(QPainter& painter, const MapPanel& panel, const ColourScale& scale, const CellRect& cells,
                    const QRect& plot);
/// Whether it draws borders between bands straight, not along the cells.
bool hasStraightBorders(const CellRect& cells);

}  // namespace posbias::ui
