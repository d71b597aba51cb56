// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which parameter an offset uses: the one form in which every table scheme tells its rule.

#include "core/base/offsets.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace posbias {

/// An offset that has no parameter: its bias is what a longer table would hold there untrained.
inline constexpr std::int64_t noParameter = -1;
/// Open ends of a segment ("113 and beyond").
inline constexpr std::int64_t toInfinity = std::numeric_limits<std::int64_t>::max();
inline constexpr std::int64_t fromInfinity = std::numeric_limits<std::int64_t>::min();

/// A stretch of offsets d = i - j, first..last inclusive. Shared: all use `parameter`.
/// Not shared: offset d uses parameter + (d - first), one each.
struct Segment {
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::int64_t parameter = 0;
    bool shared = true;

    std::int64_t parameterAt(std::int64_t d) const { return shared ? parameter : parameter + (d - first); }
    bool operator==(const Segment&) const = default;
};

class ParameterTable {
public:
    ParameterTable() = default;
    /// `segments` ascending and disjoint, empty ones left out; parameters in 0..parameterCount-1.
    /// Neighbouring shared segments have different parameters (runs are maximal).
    ParameterTable(std::int64_t parameterCount, std::vector<Segment> segments);

    /// How many learned parameters, dead ones (that no offset uses) included.
    std::int64_t parameterCount() const { return m_parameterCount; }
    /// The parameter of offset d, or noParameter.
    std::int64_t parameterOf(std::int64_t d) const;
    /// Every segment, ascending, ends possibly open.
    const std::vector<Segment>& segments() const { return m_segments; }
    /// The segments within `range`, clipped to it; gaps (offsets without parameter) are left out.
    std::vector<Segment> segments(OffsetRange range) const;
    /// The offsets that use a parameter as one segment (shared = true); nothing (last < first) if it is dead.
    /// Every published table scheme gives a parameter one contiguous stretch of offsets.
    Segment offsetsOf(std::int64_t parameter) const;

    bool operator==(const ParameterTable&) const = default;

private:
    std::vector<Segment>::const_iterator firstEndingAtOrAfter(std::int64_t d) const;

    std::int64_t m_parameterCount = 0;
    std::vector<Segment> m_segments;
    std::vector<std::uint32_t> m_byParameter;  ///< indexes into m_segments, ascending by parameter
};

}  // namespace posbias
