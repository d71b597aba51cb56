// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Stretches of offsets whose cells have one value.

#include "core/fields/pixels.h"

namespace posbias {

/// MapSource::runs() of a field whose value depends on the offset alone: O(1) for each offset, until there are too many.
std::vector<ValueRun> offsetRuns(const MapSource& map, OffsetRange within, std::size_t most);

}  // namespace posbias
