// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/block_map.h"

#include "core/base/parallel.h"

#include <algorithm>

namespace posbias {
namespace {

/// How many cells of each block can be seen, one row of blocks after the other.
class VisibleBlocks {
public:
    VisibleBlocks(const BlockGrid& grid, const std::vector<std::int64_t>& edges, Mask mask, std::int64_t length)
        : m_grid(grid), m_edges(edges), m_mask(mask), m_length(length), m_visible(grid.columns.count())
    {
        while (m_begin < m_visible.size() && edges[m_begin + 1] == 0)
            ++m_begin;
        m_end = static_cast<std::size_t>(std::ranges::lower_bound(edges, length) - edges.begin());
        m_end = std::max(m_begin, std::min(m_end, m_visible.size()));
    }

    BlockRow row(std::size_t row)
    {
        const std::int64_t i0 = m_grid.rows.edgeWithin(row, m_length), i1 = m_grid.rows.edgeWithin(row + 1, m_length);
        std::size_t end = m_end;       // before it, columns with a visible cell
        std::size_t wholeEnd = m_end;  // before it, columns of visible cells only
        if (m_mask == Mask::Causal) {
            const auto left = m_edges.begin(), right = left + 1;
            end = std::clamp<std::size_t>(std::lower_bound(left, m_edges.end() - 1, i1) - left, m_begin, m_end);
            wholeEnd = std::clamp<std::size_t>(std::upper_bound(right, m_edges.end(), i0 + 1) - right, m_begin, end);
        }
        for (std::size_t c = m_begin; c < wholeEnd; ++c)
            m_visible[c] = static_cast<double>(i1 - i0) * static_cast<double>(m_edges[c + 1] - m_edges[c]);
        for (std::size_t c = wholeEnd; c < end; ++c)
            m_visible[c] = static_cast<double>(visibleCells(m_mask, i0, i1, m_edges[c], m_edges[c + 1]));
        return {i0, i1, i0 < i1 ? m_begin : end, end, m_visible.data(), m_edges.data()};
    }

private:
    const BlockGrid& m_grid;
    const std::vector<std::int64_t>& m_edges;
    Mask m_mask;
    std::int64_t m_length;
    std::vector<double> m_visible;
    std::size_t m_begin = 0, m_end;  ///< the columns that meet the sequence
};

}  // namespace

PixelGrid BlockMap::pixels(const CellRect& rect, int width, int height, const Progress& progress) const
{
    constexpr std::size_t rowsOfWork = 16;  // what one core takes at a time
    BlockGrid grid(rect, width, height);
    const std::vector<std::int64_t> edges = grid.columns.edgesWithin(length());
    inParallel((grid.rows.count() + rowsOfWork - 1) / rowsOfWork, [&](std::size_t work) {
        const std::unique_ptr<Rows> averages = rows(edges);
        VisibleBlocks blocks(grid, edges, mask(), length());
        for (std::size_t row = work * rowsOfWork; row < std::min(grid.rows.count(), (work + 1) * rowsOfWork); ++row) {
            progress.check();
            const BlockRow block = blocks.row(row);
            if (block.begin < block.end)
                averages->average(block, grid.setCoverage(row, block.visible, block.begin, block.end));
        }
    });
    return grid.spread();
}

}  // namespace posbias
