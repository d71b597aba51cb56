// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/pixel_spans.h"
#include "core/fields/toeplitz_sums.h"

namespace posbias {
namespace {

class BiasMap final : public MapSource {
public:
    BiasMap(const OffsetValues& values, Mask mask, std::int64_t length)
        : m_values(values), m_mask(mask), m_length(length), m_sums(values, 40)
    {
    }

    std::int64_t length() const override { return m_length; }
    Mask mask() const override { return m_mask; }
    double at(std::int64_t query, std::int64_t key) const override
    {
        return visibleCells(m_mask, query, query + 1, key, key + 1) > 0 && m_values.range().contains(query - key)
                   ? m_values[query - key]
                   : 0.0;
    }

    PixelGrid pixels(const CellRect& rect, int width, int height, const Progress& progress) const override
    {
        BlockGrid grid(rect, width, height);
        for (std::size_t row = 0; row < grid.rows.count(); ++row) {
            progress.check();
            fillRow(grid, row);
        }
        return grid.spread();
    }

private:
    void fillRow(BlockGrid& grid, std::size_t row) const
    {
        const std::int64_t i0 = grid.rows.edgeWithin(row, m_length);
        const std::int64_t i1 = grid.rows.edgeWithin(row + 1, m_length);
        std::int64_t j0 = grid.columns.edgeWithin(0, m_length);
        ToeplitzSums::Sum left = m_sums.rowsBetween(i0, i1, j0);
        for (std::size_t column = 0; column < grid.columns.count(); ++column) {
            const std::int64_t j1 = grid.columns.edgeWithin(column + 1, m_length);
            const ToeplitzSums::Sum right = m_sums.rowsBetween(i0, i1, j1);
            const std::int64_t visible = visibleCells(m_mask, i0, i1, j0, j1);
            if (visible > 0) {
                const double average = grid.isCell(row, column)
                                           ? m_values[i0 - j0]
                                           : m_sums.toDouble(left - right) / static_cast<double>(visible);
                grid.set(row, column, average, visible);
            }
            j0 = j1;
            left = right;
        }
    }

    OffsetValues m_values;
    Mask m_mask;
    std::int64_t m_length;
    ToeplitzSums m_sums;
};

}  // namespace

std::shared_ptr<const MapSource> biasMap(const OffsetValues& values, Mask mask, std::int64_t length)
{
    return std::make_shared<BiasMap>(values, mask, length);
}

}  // namespace posbias
