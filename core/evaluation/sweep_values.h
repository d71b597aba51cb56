// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The settings that a sweep goes over.

#include "core/evaluation/sweep.h"

namespace posbias {

/// As in files: "buckets", "maxDistance", "documents".
std::string sweepKey(SweepOver over);
/// The number of documents is every scheme's.
bool hasSetting(const Scheme& scheme, SweepOver over);
/// The same experiment with the setting changed for one scheme that has it.
Experiment withValue(Experiment experiment, std::size_t scheme, SweepOver over, std::int64_t value);
/// Throws InputError, in the scheme's own words, where this scheme does not allow the value.
void checkValue(const Experiment& experiment, std::size_t scheme, SweepOver over, std::int64_t value);
/// Ascending, none twice.
void sortOnce(std::vector<std::int64_t>& values);

}  // namespace posbias
