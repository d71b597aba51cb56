// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Offsets d = i - j (query minus key), ranges of them and values indexed by them.

#include <cstdint>
#include <vector>

namespace posbias {

/// Which keys a query may read: causal j <= i (d >= 0), or all of the sequence.
enum class Mask { Causal, Bidirectional };

/// Longest sequence: lengths and offset magnitudes go up to 2^24.
inline constexpr std::int64_t maxLength = std::int64_t{1} << 24;

/// Inclusive; empty when last < first.
struct OffsetRange {
    std::int64_t first = 0;
    std::int64_t last = -1;

    std::int64_t size() const { return last < first ? 0 : last - first + 1; }
    bool contains(std::int64_t d) const { return d >= first && d <= last; }
    bool operator==(const OffsetRange&) const = default;
};

/// The offsets that occur in a sequence of `length` tokens.
inline OffsetRange visibleOffsets(Mask mask, std::int64_t length)
{
    return {mask == Mask::Causal ? 0 : -(length - 1), length - 1};
}

/// One value for each offset first .. first + values.size() - 1.
template <typename Value>
struct OffsetArray {
    std::int64_t first = 0;
    std::vector<Value> values;

    OffsetArray() = default;
    explicit OffsetArray(OffsetRange range, Value value = {})
        : first(range.first), values(static_cast<std::size_t>(range.size()), value)
    {
    }

    std::int64_t last() const { return first + static_cast<std::int64_t>(values.size()) - 1; }
    OffsetRange range() const { return {first, last()}; }
    Value operator[](std::int64_t d) const { return values[static_cast<std::size_t>(d - first)]; }
    Value& operator[](std::int64_t d) { return values[static_cast<std::size_t>(d - first)]; }
    bool operator==(const OffsetArray&) const = default;
};
using OffsetValues = OffsetArray<double>;

}  // namespace posbias
