// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where a training is, and how that is kept: enough to go on after a break as if there had been none, bit for bit.

#include "core/learning/learn.h"
#include "core/learning/optimizer.h"

#include <optional>
#include <string>
#include <string_view>

namespace posbias {

/// Between two steps. The documents that the next step reads follow from its number.
struct TrainingState {
    OptimizerState now;
    OptimizerState best;         ///< early stopping's so far: step, values and untouched alone; no values: no look yet
    double lowestHeldOut = 0.0;  ///< its loss
};

/// Tells trainings apart: of everything that a training's steps depend on. O(L), with minibatches O(tokens).
std::uint64_t trainingKey(const TrainingData& data, const ParameterTable& table, const Learning& learning);

/// As bytes, in this machine's order: about 8 for each number that the optimizer keeps.
std::string packed(const TrainingState& state, std::uint64_t key);
/// Nothing where `bytes` are not those of a training with this key and so many parameters, or are damaged.
std::optional<TrainingState> unpacked(std::string_view bytes, std::uint64_t key, std::int64_t parameters);

}  // namespace posbias
