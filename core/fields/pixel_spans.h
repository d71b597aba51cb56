// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which cells a pixel covers. Pixels inside one cell share a span, so a picture zoomed in costs cells, not pixels.

#include "core/fields/pixels.h"

namespace posbias {

/// Spans of cells along one axis: span s covers cells edges[s] .. edges[s + 1] - 1 and pixels firstPixel[s] ..
/// firstPixel[s + 1] - 1.
struct PixelSpans {
    std::vector<std::int64_t> edges;      ///< shape (spans + 1), ascending
    std::vector<std::size_t> firstPixel;  ///< shape (spans + 1), ascending

    /// Pixel p covers whole cells floor(first + p w) .. floor(first + (p + 1) w) - 1, at least one,
    /// w = (last - first) / pixels.
    PixelSpans(double first, double last, int pixels);

    std::size_t count() const { return edges.size() - 1; }
    std::size_t pixels() const { return firstPixel.back(); }
    std::int64_t width(std::size_t s) const { return edges[s + 1] - edges[s]; }
    std::int64_t middle(std::size_t s) const { return edges[s] + width(s) / 2; }
    /// A border, moved into 0..length: cells outside the sequence count as covered, never as visible.
    std::int64_t edgeWithin(std::size_t edge, std::int64_t length) const;
    std::vector<std::int64_t> edgesWithin(std::int64_t length) const;
};

/// One value and coverage for each block of cells (row span, column span), spread over the pixels at the end. Each
/// block is kept in the picture itself, in the first row of pixels of its row: where a block is a pixel, nothing moves.
class BlockGrid {
public:
    BlockGrid(const CellRect& rect, int width, int height);

    const PixelSpans rows, columns;

    /// `visible`: how many of the block's cells the mask and the sequence let see; 0 leaves it empty. Blocks may be set
    /// from several threads.
    void set(std::size_t row, std::size_t column, double average, std::int64_t visible);
    /// The coverages of a row's columns begin .. end - 1, from how many cells of each can be seen, shape (columns).
    /// Returns where the row's averages belong, shape (columns).
    double* setCoverage(std::size_t row, const double* visible, std::size_t begin, std::size_t end);
    PixelGrid spread();

private:
    std::size_t place(std::size_t row) const { return rows.firstPixel[row] * columns.pixels(); }
    void spreadRow(std::size_t row);

    PixelGrid m_grid;
};

/// How many of the cells [i0, i1) x [j0, j1) the mask lets see.
std::int64_t visibleCells(Mask mask, std::int64_t i0, std::int64_t i1, std::int64_t j0, std::int64_t j1);

}  // namespace posbias
