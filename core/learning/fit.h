// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Learned parameters, and the two ways to find them: a number of steps, or the exact minimum.

#include "core/base/progress.h"
#include "core/experiment/experiment.h"
#include "core/learning/course.h"
#include "core/learning/training_loss.h"

namespace posbias {

struct Fit {
    std::vector<double>
        values;              ///< shape (parameterCount); untrained ones are their initial values, less what decay took
    std::int64_t steps = 0;  ///< the optimizer's steps to here, or Newton's
    /// 2-norm of the gradient of what is minimised (mean loss and weight decay, but not AdamW's and Adafactor's, which
    /// is no part of it) over exposed parameters.
    double gradientNorm = 0.0;
    double trainNll = 0.0;  ///< mean loss per query without weight decay
    Untouched untouched;    ///< the biases of offsets that have no parameter
};

/// The fit whose parameters these are.
Fit fitAt(const TrainingLoss& loss, const Learning& settings, Moment moment, std::int64_t steps);

/// Newton from the initial values (core/learning/newton.h): causal, each step is solved in O(parameters); both ways, by
/// conjugate gradients with O(L) products for each distinct length. The mean of u - its initial value over trained
/// parameters is 0, the level that SGD keeps. Stops at gradientNorm <= tolerance. Where rounding ends all progress
/// before, a norm up to 1e-8 is accepted, and gradientNorm says which; else throws FailureError. Needs weightDecay > 0.
Fit fitExact(const TrainingLoss& loss, const Exact& settings, double tolerance = 1e-10, const Progress& progress = {});

/// On the whole corpus to the last step, whatever `batch` and `stopping` say (learn.h minds them).
/// Throws FailureError when the parameters diverge, naming optimizer, learning rate and step.
Fit fit(const TrainingLoss& loss, const Learning& settings, const Progress& progress = {});

}  // namespace posbias
