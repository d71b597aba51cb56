// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Bands of offsets on a map and their hatching, as lines clipped by arithmetic (SVG knows no clipping here).

#include "ui/plot/paint/plot_context.h"

#include <QLineF>
#include <QRectF>

#include <vector>

namespace posbias::ui {

/// The cells of a band of offsets within what a map shows, in pixels.
struct OffsetBand {
    std::vector<QLineF> hatch;  ///< across the band, evenly spaced
    std::vector<QLineF> sides;  ///< its border, where it runs inside the map; along the cells when they are large
};
/// `straight`: along d - 1/2, however large the cells are.
OffsetBand offsetBand(const OffsetRange& offsets, const CellRect& cells, const QRect& plot, bool straight = false);

/// The middle of offset d's cells within what a map shows; null when it is outside.
QLineF diagonal(std::int64_t d, const CellRect& cells, const QRect& plot);

/// The same hatching for an upright rectangle.
std::vector<QLineF> hatchLines(const QRectF& rect);

void drawHatch(QPainter& painter, const QColor& ink, const std::vector<QLineF>& lines);

}  // namespace posbias::ui
