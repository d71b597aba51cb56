// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/content_map.h"

#include "core/fields/attention_bands.h"
#include "core/fields/block_map.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <mutex>

namespace posbias {
namespace {

/// A[i,j] = exp(b_(i-j) - log Z_i). For rows that share log Z a block is a Toeplitz sum of exp b_d, times 1 / Z.
class BiasAttentionMap final : public BlockMap {
public:
    explicit BiasAttentionMap(std::shared_ptr<const AttentionField> field) : m_field(std::move(field)) {}
    std::int64_t length() const override { return m_field->length(); }
    Mask mask() const override { return m_field->mask(); }
    double at(std::int64_t query, std::int64_t key) const override { return m_field->at(query, key); }

    std::unique_ptr<Rows> rows(const std::vector<std::int64_t>& edges) const override
    {
        std::call_once(m_once, [this] {
            m_groups = groupRows(m_field->logNormalisers());
            m_bands = makeBands(m_field->bias(), m_field->logNormalisers());
        });
        return std::make_unique<AttentionRows>(*this, edges);
    }

private:
    class AttentionRows final : public Rows {
    public:
        AttentionRows(const BiasAttentionMap& map, const std::vector<std::int64_t>& edges)
            : m_map(map), m_strips(edges), m_sums(edges.size())
        {
        }

        void average(const BlockRow& row, double* value) override
        {
            std::fill(m_sums.begin() + row.begin, m_sums.begin() + row.end, 0.0);
            auto group = std::ranges::upper_bound(m_map.m_groups, row.i0, {}, &RowGroup::end);
            for (std::int64_t first = row.i0; first < row.i1; ++group) {
                const std::int64_t end = std::min(row.i1, group->end);
                addRows(first, end, group->logZ);
                first = end;
            }
            for (std::size_t c = row.begin; c < row.end; ++c)
                value[c] = row.isCell(c) ? m_map.at(row.i0, row.edges[c]) : m_sums[c] / row.visible[c];
        }

    private:
        void addRows(std::int64_t i0, std::int64_t i1, double logZ)
        {
            // No bias that these rows see is above log Z, so no band's top is above it by more than its width.
            const auto& bands = m_map.m_bands;
            for (auto band = std::ranges::lower_bound(bands, logZ + Band::width + 1.0, std::greater(), &Band::top);
                 band != bands.end() && band->top > logZ + negligible; ++band) {
                const double factor = std::exp(band->top - logZ);
                m_strips.strip(band->sums, i0, i1, [&](std::size_t column, ToeplitzSums::Sum sum) {
                    m_sums[column] += band->sums.toDouble(sum) * factor;
                });
            }
        }

        const BiasAttentionMap& m_map;
        StripSums m_strips;
        std::vector<double> m_sums;
    };

    std::shared_ptr<const AttentionField> m_field;
    mutable std::once_flag m_once;
    mutable std::vector<RowGroup> m_groups;  ///< made for the first picture, as are the bands
    mutable std::vector<Band> m_bands;
};

}  // namespace

std::shared_ptr<const MapSource> attentionMap(std::shared_ptr<const AttentionField> field)
{
    if (field->hasContent())
        return contentAttentionMap(std::move(field));
    return std::make_shared<BiasAttentionMap>(std::move(field));
}

}  // namespace posbias
