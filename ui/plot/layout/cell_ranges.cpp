// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/layout/cell_ranges.h"

#include "ui/plot/layout/figure_geometry.h"

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

/// Cells; coordinates near 2^24 are exact to 2^-29.
constexpr double crumb = 1e-6;

}  // namespace

std::optional<CellRect> cellsWithin(double query, double key, double side, std::int64_t length)
{
    const double n = static_cast<double>(length);
    const double least = std::min(fewestCells, n);
    if (side < least) {
        query -= (least - side) / 2.0;
        key -= (least - side) / 2.0;
        side = least;
    }
    if (side >= n - crumb)
        return std::nullopt;
    query = std::clamp(query, 0.0, n - side);
    key = std::clamp(key, 0.0, n - side);
    return CellRect{key, key + side, query, query + side};
}

std::optional<CellRect> cellsScaled(const CellRect& cells, double factor, double query, double key, std::int64_t length)
{
    const double n = static_cast<double>(length), side = cells.lastKey - cells.firstKey;
    const double zoomed = std::clamp(side / factor, std::min(fewestCells, n), n);
    const double kept = zoomed / side;
    return cellsWithin(query - (query - cells.firstQuery) * kept, key - (key - cells.firstKey) * kept, zoomed, length);
}

bool sameCells(const std::optional<CellRect>& a, const std::optional<CellRect>& b)
{
    if (!a || !b)
        return a.has_value() == b.has_value();
    const auto same = [](double x, double y) { return std::abs(x - y) < crumb; };
    return same(a->firstKey, b->firstKey) && same(a->lastKey, b->lastKey) && same(a->firstQuery, b->firstQuery) &&
           same(a->lastQuery, b->lastQuery);
}

}  // namespace posbias::ui
