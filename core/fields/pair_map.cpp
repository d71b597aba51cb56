// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/base/rounding.h"
#include "core/fields/block_map.h"
#include "core/fields/offset_runs.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace posbias {
namespace {

/// Weights that underflow count as 1e-300, so that the ratio stays finite.
double logRatio(double first, double second)
{
    constexpr double tiny = 1e-300;
    return std::log(std::max(second, tiny) / std::max(first, tiny)) * std::numbers::log10e;
}

double difference(double first, double second)
{
    return second - first;
}

using Combine = double (*)(double first, double second);

template <Combine combine>
double combinedAt(const MapSource& first, const MapSource& second, double rounding, std::int64_t query,
                  std::int64_t key)
{
    return visibleCells(first.mask(), query, query + 1, key, key + 1) > 0
               ? beyondRounding(combine(first.at(query, key), second.at(query, key)), rounding)
               : 0.0;
}

/// Of two fields that are averaged by rows, from their averages: neither's picture is ever made.
template <Combine combine>
class BlockPairMap final : public BlockMap {
public:
    BlockPairMap(std::shared_ptr<const BlockMap> first, std::shared_ptr<const BlockMap> second, double rounding)
        : m_first(std::move(first)), m_second(std::move(second)), m_rounding(rounding)
    {
    }
    std::int64_t length() const override { return m_first->length(); }
    Mask mask() const override { return m_first->mask(); }
    double at(std::int64_t query, std::int64_t key) const override
    {
        return combinedAt<combine>(*m_first, *m_second, m_rounding, query, key);
    }
    /// Biases depend on the offset alone, and so do their differences; ratios of attention do not.
    std::vector<ValueRun> runs(OffsetRange within, std::size_t most) const override
    {
        if constexpr (combine == &difference)
            return offsetRuns(*this, within, most);
        return {};
    }
    std::unique_ptr<Rows> rows(const std::vector<std::int64_t>& edges) const override
    {
        return std::make_unique<PairRows>(m_first->rows(edges), m_second->rows(edges), m_rounding, edges.size());
    }

private:
    class PairRows final : public Rows {
    public:
        PairRows(std::unique_ptr<Rows> first, std::unique_ptr<Rows> second, double rounding, std::size_t columns)
            : m_first(std::move(first)), m_second(std::move(second)), m_rounding(rounding), m_value(columns)
        {
        }
        void average(const BlockRow& row, double* value) override
        {
            m_first->average(row, value);
            m_second->average(row, m_value.data());
            for (std::size_t c = row.begin; c < row.end; ++c)
                value[c] = beyondRounding(combine(value[c], m_value[c]), m_rounding);
        }

    private:
        std::unique_ptr<Rows> m_first, m_second;
        double m_rounding;
        std::vector<double> m_value;
    };

    std::shared_ptr<const BlockMap> m_first, m_second;
    double m_rounding;
};

/// log10(second / first) of any two fields: from their pictures.
class RatioMap final : public MapSource {
public:
    RatioMap(std::shared_ptr<const MapSource> first, std::shared_ptr<const MapSource> second, double rounding)
        : m_first(std::move(first)), m_second(std::move(second)), m_rounding(rounding)
    {
    }
    std::int64_t length() const override { return m_first->length(); }
    Mask mask() const override { return m_first->mask(); }
    double at(std::int64_t query, std::int64_t key) const override
    {
        return combinedAt<logRatio>(*m_first, *m_second, m_rounding, query, key);
    }
    PixelGrid pixels(const CellRect& rect, int width, int height, const Progress& progress) const override
    {
        PixelGrid grid = m_first->pixels(rect, width, height, progress.part(0, 2));
        const PixelGrid second = m_second->pixels(rect, width, height, progress.part(1, 2));
        const auto line = static_cast<std::size_t>(width);
        inParallel(static_cast<std::size_t>(height), [&](std::size_t y) {
            for (std::size_t p = y * line; p < (y + 1) * line; ++p)
                grid.value[p] = grid.coverage[p] > 0.0f
                                    ? beyondRounding(logRatio(grid.value[p], second.value[p]), m_rounding)
                                    : 0.0;
        });
        grid.sampled = grid.sampled || second.sampled;
        return grid;
    }

private:
    std::shared_ptr<const MapSource> m_first, m_second;
    double m_rounding;
};

}  // namespace

/// The average of a difference is the difference of the averages: it needs no sums of its own.
std::shared_ptr<const MapSource> biasDifferenceMap(const std::shared_ptr<const MapSource>& first,
                                                   const std::shared_ptr<const MapSource>& second, double rounding)
{
    return std::make_shared<BlockPairMap<difference>>(std::dynamic_pointer_cast<const BlockMap>(first),
                                                      std::dynamic_pointer_cast<const BlockMap>(second), rounding);
}

std::shared_ptr<const MapSource> attentionRatioMap(std::shared_ptr<const MapSource> first,
                                                   std::shared_ptr<const MapSource> second, double rounding)
{
    auto firstBlocks = std::dynamic_pointer_cast<const BlockMap>(first);
    auto secondBlocks = std::dynamic_pointer_cast<const BlockMap>(second);
    if (firstBlocks && secondBlocks)
        return std::make_shared<BlockPairMap<logRatio>>(std::move(firstBlocks), std::move(secondBlocks), rounding);
    return std::make_shared<RatioMap>(std::move(first), std::move(second), rounding);
}

}  // namespace posbias
