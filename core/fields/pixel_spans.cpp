// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/pixel_spans.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>

namespace posbias {

PixelSpans::PixelSpans(double first, double last, int pixels)
{
    // Multiplied before divided, and the end as it was given: borders at whole cells stay there.
    const auto cellAt = [&](int p) {
        return static_cast<std::int64_t>(std::floor(p == pixels ? last : first + p * (last - first) / pixels));
    };
    edges.push_back(cellAt(0));
    for (int p = 0; p < pixels; ++p) {
        const std::int64_t end = std::max(cellAt(p) + 1, cellAt(p + 1));
        if (end > edges.back()) {
            edges.push_back(end);
            firstPixel.push_back(static_cast<std::size_t>(p));
        }
    }
    firstPixel.push_back(static_cast<std::size_t>(pixels));
}

std::int64_t PixelSpans::edgeWithin(std::size_t edge, std::int64_t length) const
{
    return std::clamp<std::int64_t>(edges[edge], 0, length);
}

std::vector<std::int64_t> PixelSpans::edgesWithin(std::int64_t length) const
{
    std::vector<std::int64_t> within = edges;
    for (std::int64_t& edge : within)
        edge = std::clamp<std::int64_t>(edge, 0, length);
    return within;
}

BlockGrid::BlockGrid(const CellRect& rect, int width, int height)
    : rows(rect.firstQuery, rect.lastQuery, height), columns(rect.firstKey, rect.lastKey, width)
{
    m_grid.width = width;
    m_grid.height = height;
    m_grid.value.resize(rows.pixels() * columns.pixels());
    m_grid.coverage.resize(m_grid.value.size());
}

void BlockGrid::set(std::size_t row, std::size_t column, double average, std::int64_t visible)
{
    if (visible == 0)
        return;
    const double cells = static_cast<double>(rows.width(row)) * static_cast<double>(columns.width(column));
    m_grid.value[place(row) + column] = average;
    m_grid.coverage[place(row) + column] = static_cast<float>(static_cast<double>(visible) / cells);
}

double* BlockGrid::setCoverage(std::size_t row, const double* visible, std::size_t begin, std::size_t end)
{
    float* const coverage = &m_grid.coverage[place(row)];
    for (std::size_t c = begin; c < end; ++c) {
        const double cells = static_cast<double>(rows.width(row)) * static_cast<double>(columns.width(c));
        coverage[c] = static_cast<float>(visible[c] / cells);
    }
    return &m_grid.value[place(row)];
}

void BlockGrid::spreadRow(std::size_t row)
{
    const std::size_t width = columns.pixels();
    double* const value = &m_grid.value[place(row)];
    float* const coverage = &m_grid.coverage[place(row)];
    // From the right: a block's pixels never begin before its own place.
    for (std::size_t c = columns.count(); c-- > 0 && columns.count() < width;) {
        std::fill(value + columns.firstPixel[c], value + columns.firstPixel[c + 1], double{value[c]});
        std::fill(coverage + columns.firstPixel[c], coverage + columns.firstPixel[c + 1], float{coverage[c]});
    }
    for (std::size_t y = rows.firstPixel[row] + 1; y < rows.firstPixel[row + 1]; ++y) {
        std::copy_n(value, width, &m_grid.value[y * width]);
        std::copy_n(coverage, width, &m_grid.coverage[y * width]);
    }
}

PixelGrid BlockGrid::spread()
{
    if (rows.count() < rows.pixels() || columns.count() < columns.pixels())
        inParallel(rows.count(), [this](std::size_t row) { spreadRow(row); });
    return std::move(m_grid);
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

}  // namespace posbias
