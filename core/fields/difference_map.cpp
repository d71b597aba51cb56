// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/block_map.h"

namespace posbias {
namespace {

/// The average of a difference is the difference of the averages: it needs no sums of its own.
class DifferenceMap final : public BlockMap {
public:
    DifferenceMap(std::shared_ptr<const BlockMap> first, std::shared_ptr<const BlockMap> second)
        : m_first(std::move(first)), m_second(std::move(second))
    {
    }
    std::int64_t length() const override { return m_first->length(); }
    Mask mask() const override { return m_first->mask(); }
    double at(std::int64_t query, std::int64_t key) const override
    {
        return m_second->at(query, key) - m_first->at(query, key);
    }
    std::unique_ptr<Rows> rows(const std::vector<std::int64_t>& edges) const override
    {
        return std::make_unique<DifferenceRows>(m_first->rows(edges), m_second->rows(edges), edges.size());
    }

private:
    class DifferenceRows final : public Rows {
    public:
        DifferenceRows(std::unique_ptr<Rows> first, std::unique_ptr<Rows> second, std::size_t columns)
            : m_first(std::move(first)), m_second(std::move(second)), m_value(columns)
        {
        }
        void average(const BlockRow& row, double* value) override
        {
            m_first->average(row, m_value.data());
            m_second->average(row, value);
            for (std::size_t c = row.begin; c < row.end; ++c)
                value[c] -= m_value[c];
        }

    private:
        std::unique_ptr<Rows> m_first, m_second;
        std::vector<double> m_value;
    };

    std::shared_ptr<const BlockMap> m_first, m_second;
};

}  // namespace

std::shared_ptr<const MapSource> biasDifferenceMap(const std::shared_ptr<const MapSource>& first,
                                                   const std::shared_ptr<const MapSource>& second)
{
    return std::make_shared<DifferenceMap>(std::dynamic_pointer_cast<const BlockMap>(first),
                                           std::dynamic_pointer_cast<const BlockMap>(second));
}

}  // namespace posbias
