// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/offsets.h"

#include <algorithm>
#include <vector>

namespace posbias {

/// visit(range) for what each of `stretches` (ascending, disjoint) has in common with `offsets`.
template <typename Visit>
void visitWithin(const std::vector<OffsetRange>& stretches, OffsetRange offsets, Visit visit)
{
    auto stretch = std::ranges::lower_bound(stretches, offsets.first, {}, &OffsetRange::last);
    for (; stretch != stretches.end() && stretch->first <= offsets.last; ++stretch)
        visit(OffsetRange{std::max(stretch->first, offsets.first), std::min(stretch->last, offsets.last)});
}

}  // namespace posbias
