// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/range_bounds.h"

#include <algorithm>

namespace posbias {
namespace {

constexpr std::size_t fan = 32;

}  // namespace

/// Walks through blocks in the order of their positions, and keeps the first smallest and the first largest.
struct RangeBounds::Search {
    const RangeBounds& values;
    bool ascending;
    const std::function<bool(double)>* keep = nullptr;

    struct Extreme {
        double value;
        std::size_t level = 0, index = 0;
    };
    Extreme lowest{std::numeric_limits<double>::infinity()}, highest{-std::numeric_limits<double>::infinity()};

    template <typename Visit>
    void each(std::size_t begin, std::size_t end, Visit visit) const
    {
        if (ascending)
            for (std::size_t k = begin; k < end; ++k)
                visit(k);
        else
            for (std::size_t k = end; k-- > begin;)
                visit(k);
    }

    /// Blocks begin..end-1 of a level, in whole blocks of the level above where there are any.
    void walk(std::size_t level, std::size_t begin, std::size_t end)
    {
        const std::size_t first = (begin + fan - 1) / fan, last = end / fan;
        if (level == values.m_levels.size() || first >= last) {
            each(begin, end, [&](std::size_t k) { visit(level, k); });
            return;
        }
        const auto head = [&] { each(begin, first * fan, [&](std::size_t k) { visit(level, k); }); };
        const auto tail = [&] { each(last * fan, end, [&](std::size_t k) { visit(level, k); }); };
        ascending ? head() : tail();
        walk(level + 1, first, last);
        ascending ? tail() : head();
    }

    void visit(std::size_t level, std::size_t index)
    {
        const Block block = values.block(level, index);
        if (keep) {
            if (!(*keep)(block.max))
                return;
            if (!(*keep)(block.min)) {
                inside(level, index, [&](std::size_t k) { visit(level - 1, k); });
                return;
            }
        }
        if (block.min < lowest.value)
            lowest = {block.min, level, index};
        if (block.max > highest.value)
            highest = {block.max, level, index};
    }

    template <typename Visit>
    void inside(std::size_t level, std::size_t index, Visit visit) const
    {
        const std::size_t below = level == 1 ? values.m_values->size() : values.m_levels[level - 2].size();
        each(index * fan, std::min((index + 1) * fan, below), visit);
    }

    std::int64_t position(Extreme extreme) const
    {
        while (extreme.level > 0) {
            bool found = false;
            std::size_t next = 0;
            inside(extreme.level, extreme.index, [&](std::size_t k) {
                const Block block = values.block(extreme.level - 1, k);
                if (!found && (block.min == extreme.value || block.max == extreme.value)) {
                    found = true;
                    next = k;
                }
            });
            --extreme.level;
            extreme.index = next;
        }
        return values.m_first + static_cast<std::int64_t>(extreme.index);
    }

    Bounds run(OffsetRange within)
    {
        walk(0, static_cast<std::size_t>(within.first - values.m_first),
             static_cast<std::size_t>(within.last + 1 - values.m_first));
        if (lowest.value > highest.value)
            return {};
        return {lowest.value, highest.value, position(lowest), position(highest)};
    }
};

RangeBounds::RangeBounds(std::shared_ptr<const std::vector<double>> values, std::int64_t first)
    : m_values(std::move(values)), m_first(first)
{
    for (std::size_t below = m_values->size(); below > fan; below = m_levels.back().size()) {
        const std::size_t level = m_levels.size();
        std::vector<Block> blocks((below + fan - 1) / fan);
        for (std::size_t k = 0; k < blocks.size(); ++k) {
            Block all = block(level, k * fan);
            for (std::size_t part = k * fan + 1; part < std::min((k + 1) * fan, below); ++part) {
                const Block next = block(level, part);
                all.min = std::min(all.min, next.min);
                all.max = std::max(all.max, next.max);
            }
            blocks[k] = all;
        }
        m_levels.push_back(std::move(blocks));
    }
}

RangeBounds::RangeBounds(const std::shared_ptr<const OffsetValues>& values)
    : RangeBounds(std::shared_ptr<const std::vector<double>>(values, &values->values), values->first)
{
}

RangeBounds::Block RangeBounds::block(std::size_t level, std::size_t index) const
{
    if (level > 0)
        return m_levels[level - 1][index];
    const double value = (*m_values)[index];
    return {value, value};
}

Bounds RangeBounds::of(OffsetRange within, Way way) const
{
    return Search{*this, way == Way::Ascending}.run(within);
}

Bounds RangeBounds::of(OffsetRange within, const std::function<bool(double)>& keep, Way way) const
{
    const Bounds all = of(within, way);
    if (all.empty() || keep(all.min))
        return all;
    if (!keep(all.max))
        return {};
    return Search{*this, way == Way::Ascending, &keep}.run(within);
}

}  // namespace posbias
