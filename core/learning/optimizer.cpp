// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/optimizer.h"

#include "core/base/parallel.h"
#include "core/learning/step_rules.h"

#include <atomic>
#include <cmath>

namespace posbias {

namespace {

constexpr double decayPower = -0.8;  // adafactor's
constexpr double smallestSquare = 1e-30;
constexpr double smallestScale = 1e-3;
constexpr double divergedAbove = 1e8;
constexpr double farthestDrawn = 8.0;  // standard deviations that hardly any initial value lies beyond

constexpr std::size_t parametersForTwoThreads = 1 << 17;
constexpr std::int64_t longestStretch = 1 << 15;

double sumOfSquares(const double* values, std::int64_t count)
{
    double sum = 0.0;
    for (std::int64_t k = 0; k < count; ++k)
        sum += values[k] * values[k];
    return sum;
}

}  // namespace

Optimizer::Optimizer(const Learning& settings, const std::vector<double>& exposure)
    : m_initial(initialValues(settings)), m_parameters(exposure.size())
{
    std::visit(
        [this]<class Chosen>(const Chosen& chosen) {
            if constexpr (requires { chosen.steps; }) {
                m_rule = Chosen::rule;
                m_learningRate = chosen.learningRate;
                m_weightDecay = chosen.weightDecay;
            }
        },
        settings);
    const bool all = m_weightDecay > 0.0;
    for (std::int64_t p = 0; p < std::ssize(exposure); ++p) {
        if (!all && !(exposure[p] > 0.0))
            continue;
        if (m_stretches.empty() || m_stretches.back().end != p || p - m_stretches.back().begin == longestStretch)
            m_stretches.push_back({p, p});
        m_stretches.back().end = p + 1;
    }
    m_largestUntouched = m_initial.constant()
                             ? divergedAbove
                             : divergedAbove / (std::abs(m_initial.mean) + farthestDrawn * m_initial.spread);
}

OptimizerState Optimizer::start() const
{
    OptimizerState state;
    state.values.resize(m_parameters);
    for (std::size_t p = 0; p < m_parameters; ++p)
        state.values[p] = m_initial.ofParameter(static_cast<std::int64_t>(p));
    if (keepsMean(m_rule))
        state.mean.assign(m_parameters, 0.0);
    if (keepsSquare(m_rule))
        state.square.assign(m_parameters, 0.0);
    state.untouched.value = m_initial.constant() ? m_initial.mean : 1.0;
    state.untouched.square = m_rule == StepRule::Adafactor ? 1.0 : 0.0;
    return state;
}

std::size_t Optimizer::stateBytes() const
{
    const std::size_t vectors = 1 + (keepsMean(m_rule) ? 1 : 0) + (keepsSquare(m_rule) ? 1 : 0);
    return vectors * m_parameters * sizeof(double);
}

bool Optimizer::advance(OptimizerState& state, std::span<const double> gradient) const
{
    ++state.step;
    state.power1 *= adamBeta1;
    state.power2 *= adamBeta2;
    const double* const g = gradient.data();
    const StepFactors plain{m_learningRate, m_weightDecay};
    const StepFactors adam{m_learningRate / (1.0 - state.power1), m_weightDecay, 1.0 - m_learningRate * m_weightDecay,
                           std::sqrt(1.0 - state.power2)};
    switch (m_rule) {
    case StepRule::Sgd: return move<StepRule::Sgd>(state, g, plain);
    case StepRule::Momentum: return move<StepRule::Momentum>(state, g, plain);
    case StepRule::Adam: return move<StepRule::Adam>(state, g, adam);
    case StepRule::AdamW: return move<StepRule::AdamW>(state, g, adam);
    case StepRule::Adafactor: return move<StepRule::Adafactor>(state, g, adafactorFactors(state, g));
    }
    return false;
}

Untouched Optimizer::untouched(const OptimizerState& state) const
{
    const bool decayed = m_weightDecay > 0.0 && state.step > 0;
    if (decayed && m_rule == StepRule::Adam && !m_initial.constant())
        return Untouched(m_initial, AdamDecay{m_learningRate, m_weightDecay, state.step},
                         static_cast<std::int64_t>(m_parameters));
    return Untouched(m_initial, state.untouched.value);
}

template <typename Each>
void Optimizer::forStretches(Each each) const
{
    if (m_parameters < parametersForTwoThreads)
        for (std::size_t k = 0; k < m_stretches.size(); ++k)
            each(k);
    else
        inParallel(m_stretches.size(), each);
}

template <StepRule rule>
bool Optimizer::move(OptimizerState& state, const double* gradient, const StepFactors& factors) const
{
    std::atomic<bool> bounded = true;
    forStretches([&](std::size_t k) {
        const auto [begin, end] = m_stretches[k];
        if (!takeStep<rule>(factors, end - begin, gradient + begin, state.values.data() + begin,
                            keepsMean(rule) ? state.mean.data() + begin : nullptr,
                            keepsSquare(rule) ? state.square.data() + begin : nullptr, divergedAbove))
            bounded = false;
    });
    if (m_weightDecay > 0.0 && !takeStep<rule>(factors, 1, nullptr, &state.untouched.value, &state.untouched.mean,
                                               &state.untouched.square, m_largestUntouched))
        bounded = false;
    return bounded;
}

/// Takes the gradient into v.
StepFactors Optimizer::adafactorFactors(OptimizerState& state, const double* gradient) const
{
    const double decay = 1.0 - std::pow(static_cast<double>(state.step), decayPower);
    std::vector<double> squares(m_stretches.size());  // of g / sqrt(v); added in order, whatever thread found them
    forStretches([&](std::size_t k) {
        const auto [begin, end] = m_stretches[k];
        double sum = 0.0;
        for (std::int64_t p = begin; p < end; ++p) {
            const double g = gradient[p];
            double& square = state.square[p];
            square = decay * square + (1.0 - decay) * (g * g + smallestSquare);
            sum += g * g / square;
        }
        squares[k] = sum;
    });
    double sum = 0.0;
    for (const double square : squares)
        sum += square;
    const auto count = static_cast<double>(m_parameters);
    const double scale = std::sqrt(sumOfSquares(state.values.data(), std::ssize(state.values)) / count);
    const double rate = m_learningRate * std::max(smallestScale, scale);
    return {rate / std::max(1.0, std::sqrt(sum / count)), 0.0, 1.0 - rate * m_weightDecay, 1.0};
}

}  // namespace posbias
