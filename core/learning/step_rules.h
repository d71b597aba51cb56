// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How one step of each optimizer moves a parameter (optimizer.h has the formulas), for many at a time.

#include "core/experiment/experiment.h"

#include <Eigen/Core>

#include <algorithm>
#include <array>
#include <cmath>

namespace posbias {

inline constexpr double adamBeta1 = 0.9;  ///< momentum's, too
inline constexpr double adamBeta2 = 0.999;

constexpr bool keepsMean(StepRule rule)
{
    return rule == StepRule::Momentum || rule == StepRule::Adam || rule == StepRule::AdamW;
}

constexpr bool keepsSquare(StepRule rule)
{
    return rule == StepRule::Adam || rule == StepRule::AdamW || rule == StepRule::Adafactor;
}

/// Weight decay is no part of the gradient.
constexpr bool decouplesDecay(StepRule rule)
{
    return rule == StepRule::AdamW || rule == StepRule::Adafactor;
}

/// What all parameters share in one step.
struct StepFactors {
    double rate = 0.0;        ///< includes adam's bias correction of the mean, adafactor's scale and clipping
    double pull = 0.0;        ///< weight decay, times u added to the gradient
    double keep = 1.0;        ///< decoupled weight decay: u is multiplied by this first
    double correction = 1.0;  ///< adam's, of the square's root, as PyTorch applies it: sqrt(1 - 0.999^t)
};

/// Moves `count` parameters; `mean` and `square` are theirs (null where the rule keeps none), adafactor's square is the
/// step's already. `gradient` null: it is 0. Returns whether all are at most `bound` in size, and numbers.
template <StepRule rule>
bool takeStep(const StepFactors& factors, std::int64_t count, const double* gradient, double* values, double* means,
              double* squares, double bound)
{
    using Array = Eigen::Map<Eigen::ArrayXd>;
    std::array<double, 512> buffer;
    bool bounded = true;
    for (std::int64_t begin = 0; begin < count;) {
        const std::int64_t some = std::min<std::int64_t>(count - begin, std::ssize(buffer));
        Array g(buffer.data(), some), value(values + begin, some);
        Array mean(keepsMean(rule) ? means + begin : nullptr, keepsMean(rule) ? some : 0);
        Array square(keepsSquare(rule) ? squares + begin : nullptr, keepsSquare(rule) ? some : 0);
        if (gradient)
            g = Eigen::Map<const Eigen::ArrayXd>(gradient + begin, some);
        else
            g.setZero();
        if constexpr (decouplesDecay(rule))
            value *= factors.keep;
        else
            g += factors.pull * value;
        if constexpr (rule == StepRule::Sgd) {
            value -= factors.rate * g;
        } else if constexpr (rule == StepRule::Momentum) {
            mean = adamBeta1 * mean + g;
            value -= factors.rate * mean;
        } else if constexpr (rule == StepRule::Adafactor) {
            value -= factors.rate * g / square.sqrt();
        } else {
            constexpr double epsilon = 1e-8;
            mean = adamBeta1 * mean + (1.0 - adamBeta1) * g;
            square = adamBeta2 * square + (1.0 - adamBeta2) * g * g;
            value -= factors.rate * mean / (square.sqrt() / factors.correction + epsilon);
        }
        bounded = bounded && value.abs().template maxCoeff<Eigen::PropagateNaN>() <= bound;
        begin += some;
    }
    return bounded;
}

}  // namespace posbias
