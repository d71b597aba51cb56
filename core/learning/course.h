// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The way of the parameters through training, step by step, without keeping every step.

#include "core/base/progress.h"
#include "core/learning/untouched.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace posbias {

/// After some step of training.
struct Moment {
    std::vector<double> values;  ///< shape (parameterCount)
    Untouched untouched;         ///< past the table
};

/// Immutable, thread-safe. Keeps the optimizer's state at a few steps, within a fixed budget of memory, and replays
/// from the nearest: what it gives is bit for bit what training passed through.
class Course {
public:
    virtual ~Course() = default;
    /// Steps that training took in all, also where early stopping chose an earlier one.
    virtual std::int64_t steps() const = 0;
    /// After `step` steps, 0..steps().
    virtual Moment at(std::int64_t step, const Progress& progress = {}) const = 0;
    using Visit = std::function<void(std::int64_t step, const Moment& moment)>;
    /// Visits these steps, ascending, in one pass over the training.
    virtual void replay(const std::vector<std::int64_t>& steps, const Visit& visit,
                        const Progress& progress = {}) const = 0;
};

}  // namespace posbias
