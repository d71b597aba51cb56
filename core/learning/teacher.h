// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The true preference g(d) over offsets d = i - j that simulated training data follows.

#include "core/experiment/experiment.h"

namespace posbias {

/// g(d), finite for every offset.
double preference(const Teacher& teacher, std::int64_t d);
/// g over a range of offsets, ascending.
void preferences(const Teacher& teacher, OffsetRange range, double* out);
OffsetValues preferences(const Teacher& teacher, OffsetRange range);

}  // namespace posbias
