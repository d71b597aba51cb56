// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which cells a pixel covers. Pixels inside one cell share a span, so a picture zoomed in costs cells, not pixels.

#include "core/fields/pixels.h"

namespace posbias {

/// Spans of cells along one axis: span s covers cells edges[s] .. edges[s + 1] - 1.
struct PixelSpans {
    std::vector<std::int64_t> edges;        ///< shape (spans + 1), ascending
    std::vector<std::int32_t> spanOfPixel;  ///< shape (pixels)

    /// Pixel p covers whole cells floor(first + p w) .. floor(first + (p + 1) w) - 1, at least one; w = (last - first) / pixels.
    PixelSpans(double first, double last, int pixels);

    std::size_t count() const { return edges.size() - 1; }
    std::int64_t width(std::size_t s) const { return edges[s + 1] - edges[s]; }
    std::int64_t middle(std::size_t s) const { return edges[s] + width(s) / 2; }
    /// A border, moved into 0..length: cells outside the sequence count as covered, never as visible.
    std::int64_t edgeWithin(std::size_t edge, std::int64_t length) const;
};

/// One value and coverage for each block of cells (row span, column span), spread over the pixels at the end.
class BlockGrid {
public:
    BlockGrid(const CellRect& rect, int width, int height);

    const PixelSpans rows, columns;

    /// `visible`: how many of the block's cells the mask and the sequence let see; 0 leaves it empty.
    void set(std::size_t row, std::size_t column, double average, std::int64_t visible);
    bool isCell(std::size_t row, std::size_t column) const { return rows.width(row) == 1 && columns.width(column) == 1; }
    PixelGrid spread() const;

private:
    std::vector<double> m_value;
    std::vector<float> m_coverage;
};

/// How many of the cells [i0, i1) x [j0, j1) the mask lets see.
std::int64_t visibleCells(Mask mask, std::int64_t i0, std::int64_t i1, std::int64_t j0, std::int64_t j1);

/// The middle cell of each pixel instead of an average.
PixelGrid sampledPixels(const MapSource& source, const CellRect& rect, int width, int height, const Progress& progress);

}  // namespace posbias
