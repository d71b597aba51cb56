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

/// Newton from the initial value. Causal: the Hessian is a diagonal plus a Laplacian whose weights have the form
/// E_a F_b (a < b), eliminated from the largest offset down without subtractions in O(parameters). Both ways:
/// conjugate gradients with O(L) products and a diagonal preconditioner. Stops at gradientNorm <= tolerance;
/// throws FailureError when that is not reached.
Fit fitExact(const TrainingLoss& loss, const Exact& settings, double tolerance = 1e-10, const Progress& progress = {});

Fit fit(const TrainingLoss& loss, const Learning& settings, const Progress& progress = {});

}  // namespace posbias
