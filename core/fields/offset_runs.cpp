// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/offset_runs.h"

#include <algorithm>

namespace posbias {

std::vector<ValueRun> offsetRuns(const MapSource& map, OffsetRange within, std::size_t most)
{
    const OffsetRange visible = visibleOffsets(map.mask(), map.length());
    const OffsetRange range{std::max(within.first, visible.first), std::min(within.last, visible.last)};
    std::vector<ValueRun> runs;
    for (std::int64_t d = range.first; d <= range.last; ++d) {
        const std::int64_t query = std::max<std::int64_t>(d, 0);
        const double value = map.at(query, query - d);
        if (!runs.empty() && runs.back().value == value) {
            runs.back().offsets.last = d;
            continue;
        }
        if (runs.size() == most)
            return {};
        runs.push_back({{d, d}, value});
    }
    return runs;
}

}  // namespace posbias
