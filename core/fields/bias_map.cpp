// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/block_map.h"
#include "core/fields/offset_runs.h"
#include "core/fields/toeplitz_sums.h"

#include <mutex>

namespace posbias {
namespace {

class BiasMap final : public BlockMap {
public:
    BiasMap(std::shared_ptr<const OffsetValues> values, double shift, Mask mask, std::int64_t length)
        : m_values(std::move(values)), m_shift(shift), m_mask(mask), m_length(length)
    {
    }

    std::int64_t length() const override { return m_length; }
    Mask mask() const override { return m_mask; }
    double at(std::int64_t query, std::int64_t key) const override
    {
        return visibleCells(m_mask, query, query + 1, key, key + 1) > 0 ? value(query - key) : 0.0;
    }
    std::vector<ValueRun> runs(OffsetRange within, std::size_t most) const override
    {
        return offsetRuns(*this, within, most);
    }

    std::unique_ptr<Rows> rows(const std::vector<std::int64_t>& edges) const override
    {
        std::call_once(m_once, [this] {
            m_sums = std::make_unique<ToeplitzSums>(m_values->range(), 40,
                                                    [this](std::int64_t d) { return (*m_values)[d]; });
        });
        return std::make_unique<BiasRows>(*this, edges);
    }

private:
    class BiasRows final : public Rows {
    public:
        BiasRows(const BiasMap& map, const std::vector<std::int64_t>& edges)
            : m_map(map), m_strips(edges), m_sums(edges.size())
        {
        }

        void average(const BlockRow& row, double* value) override
        {
            const ToeplitzSums& sums = *m_map.m_sums;
            m_strips.strip(sums, row.i0, row.i1,
                           [&](std::size_t c, ToeplitzSums::Sum sum) { m_sums[c] = sums.toDouble(sum); });
            for (std::size_t c = row.begin; c < row.end; ++c)
                value[c] = m_sums[c] / row.visible[c] - m_map.m_shift;
            for (std::size_t c = row.begin; c < row.end; ++c)
                if (row.isCell(c))
                    value[c] = m_map.value(row.i0 - row.edges[c]);
        }

    private:
        const BiasMap& m_map;
        StripSums m_strips;
        std::vector<double> m_sums;
    };

    double value(std::int64_t d) const { return (*m_values)[d] - m_shift; }

    std::shared_ptr<const OffsetValues> m_values;
    double m_shift;
    Mask m_mask;
    std::int64_t m_length;
    mutable std::once_flag m_once;
    mutable std::unique_ptr<const ToeplitzSums> m_sums;  ///< of the values; made for the first picture
};

}  // namespace

std::shared_ptr<const MapSource> biasMap(std::shared_ptr<const OffsetValues> values, double shift, Mask mask,
                                         std::int64_t length)
{
    return std::make_shared<BiasMap>(std::move(values), shift, mask, length);
}

}  // namespace posbias
