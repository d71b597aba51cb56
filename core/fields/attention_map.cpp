// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/attention_map.h"
#include "core/fields/pixel_spans.h"
#include "core/fields/toeplitz_sums.h"

#include <algorithm>
#include <cmath>

namespace posbias {
namespace {

/// A[i,j] = e_(i-j) / Z_i with e_d = exp(b_d - max b), Z_i in the same unit. Rows whose normalisers agree within
/// (1 + tolerance) / (1 - tolerance) share the factor 2 / (Z_low + Z_high), so that a block of them is a Toeplitz sum
/// of e: the relative error is at most the tolerance.
class BiasAttentionMap final : public AttentionMap {
public:
    explicit BiasAttentionMap(std::shared_ptr<const AttentionField> field)
        : AttentionMap(std::move(field)), m_max(std::ranges::max(m_field->bias().values)), m_sums(weights(), 78)
    {
        groupRows();
    }

    PixelGrid pixels(const CellRect& rect, int width, int height, const Progress& progress) const override
    {
        if (m_tooFlat)
            return sampledPixels(*this, rect, width, height, progress);
        BlockGrid grid(rect, width, height);
        std::vector<double> sums(grid.columns.count());
        for (std::size_t row = 0; row < grid.rows.count(); ++row) {
            progress.check();
            fillRow(grid, row, sums);
        }
        return grid.spread();
    }

private:
    static constexpr double tolerance = 0.004;
    struct Group {
        std::int64_t end;  ///< the first row after it
        double factor;     ///< 1 / Z
    };

    OffsetValues weights() const
    {
        OffsetValues weights = m_field->bias();
        for (double& value : weights.values)
            value = std::exp(value - m_max);
        return weights;
    }

    void groupRows()
    {
        const std::vector<double>& logZ = m_field->logNormalisers();
        const double limit = std::log((1.0 + tolerance) / (1.0 - tolerance));
        const auto factor = [this](double low, double high) {
            return 2.0 / (std::exp(low - m_max) + std::exp(high - m_max));
        };
        double low = logZ.front(), high = logZ.front(), lowest = low;
        for (std::size_t i = 1; i < logZ.size(); ++i) {
            const double newLow = std::min(low, logZ[i]), newHigh = std::max(high, logZ[i]);
            if (newHigh - newLow > limit) {
                m_groups.push_back({static_cast<std::int64_t>(i), factor(low, high)});
                low = high = logZ[i];
            } else {
                low = newLow;
                high = newHigh;
            }
            lowest = std::min(lowest, logZ[i]);
        }
        m_groups.push_back({length(), factor(low, high)});
        // Weights are whole multiples of 2^-78 of the largest: too coarse for a row normalised e^25 below it.
        m_tooFlat = m_max - lowest > 25.0;
    }

    void fillRow(BlockGrid& grid, std::size_t row, std::vector<double>& sums) const
    {
        const std::int64_t i0 = grid.rows.edgeWithin(row, length()), i1 = grid.rows.edgeWithin(row + 1, length());
        std::ranges::fill(sums, 0.0);
        auto group = std::ranges::upper_bound(m_groups, i0, {}, &Group::end);
        for (std::int64_t first = i0; first < i1; ++group) {
            const std::int64_t end = std::min(i1, group->end);
            addRows(grid, first, end, group->factor, sums);
            first = end;
        }
        std::int64_t j0 = grid.columns.edgeWithin(0, length());
        for (std::size_t column = 0; column < sums.size(); ++column) {
            const std::int64_t j1 = grid.columns.edgeWithin(column + 1, length());
            const std::int64_t visible = visibleCells(mask(), i0, i1, j0, j1);
            if (visible > 0)
                grid.set(row, column, grid.isCell(row, column) ? at(i0, j0) : sums[column] / static_cast<double>(visible),
                         visible);
            j0 = j1;
        }
    }

    void addRows(const BlockGrid& grid, std::int64_t i0, std::int64_t i1, double factor, std::vector<double>& sums) const
    {
        ToeplitzSums::Sum left = m_sums.rowsBetween(i0, i1, grid.columns.edgeWithin(0, length()));
        for (std::size_t column = 0; column < sums.size(); ++column) {
            const ToeplitzSums::Sum right = m_sums.rowsBetween(i0, i1, grid.columns.edgeWithin(column + 1, length()));
            sums[column] += m_sums.toDouble(left - right) * factor;
            left = right;
        }
    }

    double m_max;
    ToeplitzSums m_sums;
    std::vector<Group> m_groups;
    bool m_tooFlat = false;
};

class RatioMap final : public MapSource {
public:
    RatioMap(std::shared_ptr<const MapSource> first, std::shared_ptr<const MapSource> second)
        : m_first(std::move(first)), m_second(std::move(second))
    {
    }
    std::int64_t length() const override { return m_first->length(); }
    Mask mask() const override { return m_first->mask(); }
    double at(std::int64_t query, std::int64_t key) const override
    {
        return visibleCells(mask(), query, query + 1, key, key + 1) > 0
                   ? logRatio(m_first->at(query, key), m_second->at(query, key))
                   : 0.0;
    }
    PixelGrid pixels(const CellRect& rect, int width, int height, const Progress& progress) const override
    {
        PixelGrid grid = m_first->pixels(rect, width, height, progress);
        const PixelGrid second = m_second->pixels(rect, width, height, progress);
        for (std::size_t p = 0; p < grid.value.size(); ++p)
            grid.value[p] = grid.coverage[p] > 0.0f ? logRatio(grid.value[p], second.value[p]) : 0.0;
        grid.sampled = grid.sampled || second.sampled;
        return grid;
    }

private:
    /// Weights that underflow count as the smallest double, so that the ratio stays finite.
    static double logRatio(double first, double second)
    {
        constexpr double tiny = 1e-300;
        return std::log10(std::max(second, tiny)) - std::log10(std::max(first, tiny));
    }

    std::shared_ptr<const MapSource> m_first, m_second;
};

}  // namespace

std::shared_ptr<const MapSource> attentionMap(std::shared_ptr<const AttentionField> field)
{
    if (field->hasContent())
        return contentAttentionMap(std::move(field));
    return std::make_shared<BiasAttentionMap>(std::move(field));
}

std::shared_ptr<const MapSource> attentionRatioMap(std::shared_ptr<const MapSource> first,
                                                   std::shared_ptr<const MapSource> second)
{
    return std::make_shared<RatioMap>(std::move(first), std::move(second));
}

}  // namespace posbias
