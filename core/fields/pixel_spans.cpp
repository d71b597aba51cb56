// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/pixel_spans.h"

#include <algorithm>
#include <cmath>

namespace posbias {

PixelSpans::PixelSpans(double first, double last, int pixels)
{
    const double step = (last - first) / pixels;
    const auto cellAt = [&](int p) { return static_cast<std::int64_t>(std::floor(first + p * step)); };
    edges.push_back(cellAt(0));
    spanOfPixel.reserve(static_cast<std::size_t>(pixels));
    for (int p = 0; p < pixels; ++p) {
        const std::int64_t end = std::max(cellAt(p) + 1, cellAt(p + 1));
        if (end > edges.back())
            edges.push_back(end);
        spanOfPixel.push_back(static_cast<std::int32_t>(edges.size()) - 2);
    }
}

std::int64_t PixelSpans::edgeWithin(std::size_t edge, std::int64_t length) const
{
    return std::clamp<std::int64_t>(edges[edge], 0, length);
}

BlockGrid::BlockGrid(const CellRect& rect, int width, int height)
    : rows(rect.firstQuery, rect.lastQuery, height), columns(rect.firstKey, rect.lastKey, width),
      m_value(rows.count() * columns.count()), m_coverage(m_value.size())
{
}

void BlockGrid::set(std::size_t row, std::size_t column, double average, std::int64_t visible)
{
    if (visible == 0)
        return;
    const double cells = static_cast<double>(rows.width(row)) * static_cast<double>(columns.width(column));
    m_value[row * columns.count() + column] = average;
    m_coverage[row * columns.count() + column] = static_cast<float>(static_cast<double>(visible) / cells);
}

PixelGrid BlockGrid::spread() const
{
    PixelGrid grid;
    grid.width = static_cast<int>(columns.spanOfPixel.size());
    grid.height = static_cast<int>(rows.spanOfPixel.size());
    grid.value.resize(static_cast<std::size_t>(grid.width) * static_cast<std::size_t>(grid.height));
    grid.coverage.resize(grid.value.size());
    std::size_t pixel = 0;
    for (const std::int32_t row : rows.spanOfPixel) {
        const std::size_t base = static_cast<std::size_t>(row) * columns.count();
        for (const std::int32_t column : columns.spanOfPixel) {
            grid.value[pixel] = m_value[base + static_cast<std::size_t>(column)];
            grid.coverage[pixel++] = m_coverage[base + static_cast<std::size_t>(column)];
        }
    }
    return grid;
}

std::int64_t visibleCells(Mask mask, std::int64_t i0, std::int64_t i1, std::int64_t j0, std::int64_t j1)
{
    if (i1 <= i0 || j1 <= j0)
        return 0;
    if (mask == Mask::Bidirectional)
        return (i1 - i0) * (j1 - j0);
    // Pairs with i - j >= 0: second-order sums of 1[d >= 0], as in toeplitz_sums.h.
    const auto q = [](std::int64_t x) { return x > 0 ? x * (x + 1) / 2 : 0; };
    return q(i1 - j0) - q(i0 - j0) - q(i1 - j1) + q(i0 - j1);
}

PixelGrid sampledPixels(const MapSource& source, const CellRect& rect, int width, int height, const Progress& progress)
{
    BlockGrid grid(rect, width, height);
    const std::int64_t n = source.length();
    for (std::size_t row = 0; row < grid.rows.count(); ++row) {
        progress.check();
        const std::int64_t i = grid.rows.middle(row);
        for (std::size_t column = 0; column < grid.columns.count(); ++column) {
            const std::int64_t visible =
                visibleCells(source.mask(), grid.rows.edgeWithin(row, n), grid.rows.edgeWithin(row + 1, n),
                             grid.columns.edgeWithin(column, n), grid.columns.edgeWithin(column + 1, n));
            grid.set(row, column, source.at(i, grid.columns.middle(column)), visible);
        }
    }
    PixelGrid pixels = grid.spread();
    pixels.sampled = true;
    return pixels;
}

}  // namespace posbias
