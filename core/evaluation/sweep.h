// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Many trainings side by side: the error against a setting, over several corpora.

#include "core/evaluation/result.h"

#include <functional>
#include <string>

namespace posbias {

struct SweepPlan {
    SweepOver over = SweepOver::Buckets;
    std::vector<std::int64_t> values;   ///< ascending
    std::vector<std::int64_t> lengths;  ///< to evaluate at
    std::vector<std::int64_t> seeds;    ///< of the corpus
};

/// One training at one length.
struct SweepRow {
    std::optional<std::int64_t> value;  ///< nothing: a scheme without the setting (per-offset has no buckets)
    std::size_t scheme = 0;
    std::int64_t length = 0;
    std::int64_t seed = 0;
    double kl = 0.0;
};

/// A value that a scheme does not allow, or a training that diverged, and why, in the words of the error.
struct SkippedValue {
    std::optional<std::int64_t> value;  ///< nothing: a scheme that does not have the setting
    std::size_t scheme = 0;
    std::optional<std::int64_t> seed;  ///< of the corpus on which training diverged; nothing: the value is not allowed
    std::string reason;
};

struct Sweep {
    SweepPlan plan;
    std::vector<SweepRow> rows;  ///< by value (none first), scheme, length, seed; what is done so far
    std::vector<SkippedValue> skipped;
    std::size_t trainings = 0;  ///< to do in all
    std::size_t done = 0;
};

/// Mean and spread over seeds; only values with a row.
struct SweepSeries {
    std::size_t scheme = 0;
    std::int64_t length = 0;
    std::vector<std::int64_t> values;     ///< empty: the scheme does not have the setting; then one mean, low and high
    std::vector<double> mean, low, high;  ///< low, high: smallest and largest over seeds
    std::optional<std::size_t> best;      ///< index of the smallest mean; nothing without values
};
std::vector<SweepSeries> summarize(const Sweep& sweep);

/// As experiment.sweep says. Buckets: 2..L; max distance: from the smallest that any scheme allows to 4 L; documents:
/// 1 up to 1000 or 25 times the experiment's, whichever is more, within what may be sampled; on a logarithmic axis,
/// whole numbers, none twice. Lengths: L and n. Seeds: from the corpus's own on. Expected counts: one seed.
SweepPlan sweepPlan(const Experiment& experiment);

/// The same experiment with the setting changed in every scheme that has it. Throws InputError where it is not allowed.
Experiment atSweepValue(const Experiment& experiment, SweepOver over, std::int64_t value);

/// Trains on all cores; the rows do not depend on how many there are. `partial` is called now and then, from any
/// thread but one call at a time, with what is done so far; and when a stop is asked for, once more before Cancelled is
/// thrown. Throws InputError when a length or seed of the plan is not allowed or every value was skipped. A training
/// that diverges is skipped and named.
Sweep runSweep(const Experiment& experiment, const SweepPlan& plan, const Progress& progress = {},
               const std::function<void(const Sweep&)>& partial = {});

}  // namespace posbias
