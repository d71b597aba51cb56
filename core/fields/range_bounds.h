// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Smallest and largest of any stretch of many values without looking at each of them.

#include "core/base/offsets.h"

#include <functional>
#include <limits>
#include <memory>
#include <vector>

namespace posbias {

/// Smallest and largest of some values and where they are; of no value at all: min > max.
struct Bounds {
    double min = std::numeric_limits<double>::infinity(), max = -std::numeric_limits<double>::infinity();
    std::int64_t minAt = 0, maxAt = 0;

    bool empty() const { return min > max; }
    bool onlyZero() const { return min == 0.0 && max == 0.0; }
    void add(const Bounds& other)
    {
        if (other.min < min) {
            min = other.min;
            minAt = other.minAt;
        }
        if (other.max > max) {
            max = other.max;
            maxAt = other.maxAt;
        }
    }
};

/// Which of several equal extremes is told: the first on the way through the stretch.
enum class Way { Ascending, Descending };

/// Values at positions first, first + 1, ..., and the extremes of their blocks of 32, of 32 blocks, and so on.
/// Immutable; holds the values, copies none: O(n) time and n / 2 bytes to make, O(log n) to ask.
class RangeBounds {
public:
    explicit RangeBounds(std::shared_ptr<const std::vector<double>> values, std::int64_t first = 0);
    /// The same over offsets.
    explicit RangeBounds(const std::shared_ptr<const OffsetValues>& values);

    OffsetRange range() const { return {m_first, m_first + static_cast<std::int64_t>(m_values->size()) - 1}; }
    double operator[](std::int64_t at) const { return (*m_values)[static_cast<std::size_t>(at - m_first)]; }

    /// `within` lies within range(). Positions are exact.
    Bounds of(OffsetRange within, Way way = Way::Ascending) const;
    /// Of those values alone that keep() wants: all from a certain one upwards. O(log n) for each change between
    /// wanted and unwanted.
    Bounds of(OffsetRange within, const std::function<bool(double)>& keep, Way way = Way::Ascending) const;

private:
    struct Block {
        double min, max;
    };
    struct Search;

    Block block(std::size_t level, std::size_t index) const;

    std::shared_ptr<const std::vector<double>> m_values;
    std::int64_t m_first;
    std::vector<std::vector<Block>> m_levels;  ///< level k at m_levels[k - 1]: blocks of 32^k values
};

}  // namespace posbias
