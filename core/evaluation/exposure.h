// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How much the data tell of each parameter: what pooling offsets is good for.

#include "core/learning/corpus.h"
#include "core/schemes/parameter_table.h"

#include <vector>

namespace posbias {

/// The effective sample size of each parameter, in reads (shape: parameterCount): its own Fisher information under the
/// teacher,
///     sum over queries i of p_i (1 - p_i),   p_i = P(query i reads an offset that uses the parameter)
/// the variance of the number of its reads. A parameter of rare offsets has a fraction of one read, however many pairs
/// trained it; the standard error of its value cannot be below 1 / sqrt(it). Less than a billionth of a read is 0.
/// A parameter has one stretch of offsets (ParameterTable::offsetsOf). O(L) for each distinct document length (causal:
/// in all).
std::vector<double> effectiveSamples(const Corpus& corpus, const Teacher& teacher, const ParameterTable& table);

}  // namespace posbias
