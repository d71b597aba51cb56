// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/parameter_map.h"

#include "core/base/parallel.h"
#include "core/fields/pixel_spans.h"

#include <algorithm>

namespace posbias {
namespace {

class ParameterMap final : public MapSource {
public:
    ParameterMap(ParameterTable table, Mask mask, std::int64_t length)
        : m_table(std::move(table)), m_mask(mask), m_length(length)
    {
    }

    std::int64_t length() const override { return m_length; }
    Mask mask() const override { return m_mask; }
    double at(std::int64_t query, std::int64_t key) const override
    {
        return isVisible(query, key) ? static_cast<double>(m_table.parameterOf(query - key)) : 0.0;
    }

    PixelGrid pixels(const CellRect& rect, int width, int height, const Progress& progress) const override
    {
        BlockGrid grid(rect, width, height);
        const std::vector<std::int64_t> keys = grid.columns.edgesWithin(m_length);
        inParallel(grid.rows.count(), [&](std::size_t row) {
            progress.check();
            const std::int64_t query = grid.rows.middle(row);
            const std::int64_t i0 = grid.rows.edgeWithin(row, m_length), i1 = grid.rows.edgeWithin(row + 1, m_length);
            for (std::size_t column = 0; column < grid.columns.count(); ++column) {
                const std::int64_t key = grid.columns.middle(column);
                const std::int64_t parameter = isVisible(query, key) ? m_table.parameterOf(query - key) : noParameter;
                if (parameter != noParameter)
                    grid.set(row, column, static_cast<double>(parameter),
                             visibleCells(m_mask, i0, i1, keys[column], keys[column + 1]));
            }
        });
        return grid.spread();
    }

    std::vector<ValueRun> runs(OffsetRange within, std::size_t most) const override
    {
        const OffsetRange visible = visibleOffsets(m_mask, m_length);
        std::vector<ValueRun> runs;
        for (const Segment& segment :
             m_table.segments({std::max(within.first, visible.first), std::min(within.last, visible.last)})) {
            const std::int64_t count = segment.shared ? 1 : segment.last - segment.first + 1;
            if (count > static_cast<std::int64_t>(most - runs.size()))
                return {};
            if (segment.shared)
                runs.push_back({{segment.first, segment.last}, static_cast<double>(segment.parameter)});
            else
                for (std::int64_t d = segment.first; d <= segment.last; ++d)
                    runs.push_back({{d, d}, static_cast<double>(segment.parameterAt(d))});
        }
        return runs;
    }

private:
    bool isVisible(std::int64_t query, std::int64_t key) const
    {
        const bool inside = query >= 0 && query < m_length && key >= 0 && key < m_length;
        return inside && (m_mask == Mask::Bidirectional || key <= query);
    }

    ParameterTable m_table;
    Mask m_mask;
    std::int64_t m_length;
};

}  // namespace

std::shared_ptr<const MapSource> parameterMap(ParameterTable table, Mask mask, std::int64_t length)
{
    return std::make_shared<const ParameterMap>(std::move(table), mask, length);
}

}  // namespace posbias
