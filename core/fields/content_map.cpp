// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/attention_map.h"
#include "core/fields/pixel_spans.h"

#include <algorithm>

namespace posbias {
namespace {

/// With content every row has to be computed: averages while that is affordable, else one row for each pixel.
class ContentAttentionMap final : public AttentionMap {
public:
    using AttentionMap::AttentionMap;

    PixelGrid pixels(const CellRect& rect, int width, int height, const Progress& progress) const override
    {
        BlockGrid grid(rect, width, height);
        const std::int64_t rowsCovered = grid.rows.edgeWithin(grid.rows.count(), length()) - grid.rows.edgeWithin(0, length());
        const bool sample = rowsCovered * length() > cellLimit;
        std::vector<double> sums(grid.columns.count());
        for (std::size_t row = 0; row < grid.rows.count(); ++row) {
            progress.check();
            fillRow(grid, row, sample, sums, progress);
        }
        PixelGrid pixels = grid.spread();
        pixels.sampled = sample;
        return pixels;
    }

private:
    /// 4096 x 4096: about half a second.
    static constexpr std::int64_t cellLimit = std::int64_t{1} << 24;

    void fillRow(BlockGrid& grid, std::size_t row, bool sample, std::vector<double>& sums, const Progress& progress) const
    {
        const std::int64_t i0 = grid.rows.edgeWithin(row, length()), i1 = grid.rows.edgeWithin(row + 1, length());
        if (i0 == i1)
            return;
        const std::int64_t middle = std::clamp(grid.rows.middle(row), i0, i1 - 1);
        std::ranges::fill(sums, 0.0);
        for (std::int64_t i = sample ? middle : i0; i < (sample ? middle + 1 : i1); ++i) {
            progress.check();
            const std::vector<double> weights = m_field->row(i);
            for (std::size_t column = 0; column < sums.size(); ++column)
                for (std::int64_t j = grid.columns.edgeWithin(column, length());
                     j < grid.columns.edgeWithin(column + 1, length()); ++j)
                    sums[column] += weights[static_cast<std::size_t>(j)];
        }
        for (std::size_t column = 0; column < sums.size(); ++column) {
            const std::int64_t j0 = grid.columns.edgeWithin(column, length());
            const std::int64_t j1 = grid.columns.edgeWithin(column + 1, length());
            const std::int64_t summed =
                sample ? visibleCells(mask(), middle, middle + 1, j0, j1) : visibleCells(mask(), i0, i1, j0, j1);
            if (summed > 0)
                grid.set(row, column, sums[column] / static_cast<double>(summed), visibleCells(mask(), i0, i1, j0, j1));
        }
    }
};

}  // namespace

std::shared_ptr<const MapSource> contentAttentionMap(std::shared_ptr<const AttentionField> field)
{
    return std::make_shared<ContentAttentionMap>(std::move(field));
}

}  // namespace posbias
