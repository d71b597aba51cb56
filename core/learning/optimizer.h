// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One step of every optimizer, t = 1, 2, ... With g the gradient of the mean loss, plus weightDecay u in the first three:
//
//     sgd         u -= lr g
//     momentum    v = 0.9 v + g                     u -= lr v                       (as PyTorch's SGD)
//     adam        m = 0.9 m + 0.1 g                 v = 0.999 v + 0.001 g^2
//                 u -= lr (m / (1 - 0.9^t)) / (sqrt(v / (1 - 0.999^t)) + 1e-8)      (Kingma & Ba 2015, algorithm 1)
//     adamw       u -= lr weightDecay u, then as adam                               (Loshchilov & Hutter 2019)
//     adafactor   v = b v + (1 - b) (g^2 + 1e-30),  b = 1 - t^-0.8,  x = g / sqrt(v),  r = lr max(1e-3, RMS(u))
//                 u -= r weightDecay u, then u -= r x / max(1, RMS(x))              (Shazeer & Stern 2018, algorithm 4,
//                                                                                    with decay as in transformers)
//
// RMS is the root mean square over all parameters of the table, as over T5's whole tensor. As in PyTorch, weight decay
// moves every parameter of the table, also those without exposure, whose gradient is 0. Offsets past the table move as
// the entries of a longer one would, but that RMS is the table's.

#include "core/experiment/experiment.h"
#include "core/learning/untouched.h"

#include <span>
#include <vector>

namespace posbias {

struct StepFactors;

struct OptimizerState {
    std::int64_t step = 0;
    std::vector<double> values;  ///< u
    std::vector<double> mean;    ///< adam's m, momentum's v; empty where there is none
    std::vector<double> square;  ///< adam's and adafactor's v
    double power1 = 1.0;         ///< 0.9^t
    double power2 = 1.0;         ///< 0.999^t
    /// A value that no gradient reaches: the initial value, or where that has a spread, a factor for all (adam has none).
    struct {
        double value = 0.0, mean = 0.0, square = 1.0;
    } untouched;
};

/// Immutable, thread-safe.
class Optimizer {
public:
    /// `exposure`: parameters above 0 have gradients. Not for `exact`.
    Optimizer(const Learning& settings, const std::vector<double>& exposure);

    OptimizerState start() const;
    std::size_t stateBytes() const;
    /// Takes the next step. `gradient` is 0 where there is no exposure. Returns whether every value is still within bounds
    /// (and a number), those past the table included.
    bool advance(OptimizerState& state, std::span<const double> gradient) const;
    /// What values past the table are at this state.
    Untouched untouched(const OptimizerState& state) const;

private:
    /// Parameters [begin, end) that move.
    struct Stretch {
        std::int64_t begin;
        std::int64_t end;
    };
    template <typename Each>
    void forStretches(Each each) const;
    template <StepRule rule>
    bool move(OptimizerState& state, const double* gradient, const StepFactors& factors) const;
    StepFactors adafactorFactors(OptimizerState& state, const double* gradient) const;

    StepRule m_rule = StepRule::Adam;
    double m_learningRate = 0.0;
    double m_weightDecay = 0.0;
    InitialValues m_initial;
    std::size_t m_parameters = 0;
    std::vector<Stretch> m_stretches;
    double m_largestUntouched = 0.0;  ///< beyond which values past the table are out of bounds
};

}  // namespace posbias
