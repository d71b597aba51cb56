// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// From training data to learned parameters.

#include "core/base/progress.h"
#include "core/experiment/experiment.h"
#include "core/learning/training_loss.h"

namespace posbias {

struct Fit {
    std::vector<double> values;  ///< shape (parameterCount); untrained ones are exactly the initial value
    std::int64_t steps = 0;      ///< Adam's steps, or Newton's
    /// 2-norm of the gradient of what is minimised (mean loss and weight decay) over exposed parameters.
    double gradientNorm = 0.0;
    double trainNll = 0.0;       ///< mean loss per query without weight decay
};

/// Throws FailureError when the parameters diverge (not finite), naming the learning rate and the step.
Fit fitAdam(const TrainingLoss& loss, const Adam& settings, const Progress& progress = {});

/// Newton from the initial value (core/learning/newton.h): causal, each step is solved in O(parameters); both ways, by
/// conjugate gradients with O(L) products for each distinct length. The mean of the trained parameters is the initial
/// value, the level that SGD keeps. Stops at gradientNorm <= tolerance. Where rounding ends all progress before, a norm
/// up to 1e-8 is accepted, and gradientNorm says which; else throws FailureError. Needs weightDecay > 0.
Fit fitExact(const TrainingLoss& loss, const Exact& settings, double tolerance = 1e-10, const Progress& progress = {});

Fit fit(const TrainingLoss& loss, const Learning& settings, const Progress& progress = {});

}  // namespace posbias
