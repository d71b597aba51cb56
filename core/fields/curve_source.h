// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Curves by the pixel: the extremes of any stretch, however many positions it has.

#include "core/fields/attention.h"
#include "core/fields/range_bounds.h"

#include <memory>
#include <vector>

namespace posbias {

/// y over whole positions x: offsets d, or keys j. Immutable, thread-safe, NaN-free.
class CurveSource {
public:
    virtual ~CurveSource() = default;
    virtual OffsetRange range() const = 0;
    virtual double at(std::int64_t x) const = 0;
    /// Of the values above `above` at the positions of `within`, which lies within range(): smallest and largest, and
    /// the first position of each.
    virtual Bounds boundsAbove(double above, OffsetRange within) const = 0;

    Bounds bounds(OffsetRange within) const { return boundsAbove(-std::numeric_limits<double>::infinity(), within); }
};

/// values(x) - shift.
std::shared_ptr<const CurveSource> valueCurve(std::shared_ptr<const RangeBounds> values, double shift = 0.0);
std::shared_ptr<const CurveSource> valueCurve(OffsetValues values);

/// A[query, j] over the keys j that the query sees. `bias` holds field->bias(): O(1) to make without content, and
/// with it what a row costs.
std::shared_ptr<const CurveSource> attentionRowCurve(const AttentionField& field,
                                                     std::shared_ptr<const RangeBounds> bias, std::int64_t query);

/// Positions first..last that have one value, or those of a longer list from `index` on.
struct CurveStretch {
    std::int64_t first = 0, last = 0;
    double value = 0.0;
    std::int64_t index = -1;  ///< of the value at `first`; below 0: `value` throughout
};
/// `stretches` one after the other, none empty; `values` may be null where no stretch has an index.
std::shared_ptr<const CurveSource> stretchedCurve(std::vector<CurveStretch> stretches,
                                                  std::shared_ptr<const RangeBounds> values);

}  // namespace posbias
