// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Fields of biases alone: pictures made of exact sums, one row of blocks after the other, rows shared between cores.

#include "core/fields/pixel_spans.h"

namespace posbias {

/// One row of blocks: what covers one row of pixels.
struct BlockRow {
    std::int64_t i0, i1;        ///< its rows of cells, within the sequence; at least one
    std::size_t begin, end;     ///< its columns with a visible cell; none has one outside them
    const double* visible;      ///< how many cells each of these columns lets see, shape (columns)
    const std::int64_t* edges;  ///< column c covers keys edges[c] .. edges[c + 1] - 1, within the sequence
    /// Blocks of one cell take the exact value of that cell.
    bool isCell(std::size_t column) const { return i1 - i0 == 1 && edges[column + 1] - edges[column] == 1; }
};

class BlockMap : public MapSource {
public:
    /// Averages of one row of blocks after the other, over the same columns. Not thread-safe.
    class Rows {
    public:
        virtual ~Rows() = default;
        /// The average over the visible cells of each block into value[row.begin] .. value[row.end - 1].
        virtual void average(const BlockRow& row, double* value) = 0;
    };
    /// `edges` outlives it.
    virtual std::unique_ptr<Rows> rows(const std::vector<std::int64_t>& edges) const = 0;

    PixelGrid pixels(const CellRect& rect, int width, int height, const Progress& progress) const final;
};

}  // namespace posbias
