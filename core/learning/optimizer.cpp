// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/optimizer.h"

#include "core/base/parallel.h"

#include <Eigen/Core>

#include <array>
#include <cmath>

namespace posbias {

namespace {

constexpr double beta1 = 0.9;
constexpr double beta2 = 0.999;
constexpr double epsilon = 1e-8;
constexpr double decayPower = -0.8;     // adafactor's
constexpr double smallestSquare = 1e-30;
constexpr double smallestScale = 1e-3;
constexpr double divergedAbove = 1e8;

constexpr std::size_t parametersForTwoThreads = 1 << 17;
constexpr std::int64_t longestStretch = 1 << 15;

constexpr bool keepsMean(StepRule rule)
{
    return rule == StepRule::Momentum || rule == StepRule::Adam || rule == StepRule::AdamW;
}

constexpr bool keepsSquare(StepRule rule)
{
    return rule == StepRule::Adam || rule == StepRule::AdamW || rule == StepRule::Adafactor;
}

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
    for (std::int64_t p = 0; p < std::ssize(exposure); ++p) {
        if (!(exposure[p] > 0.0))
            continue;
        if (m_stretches.empty() || m_stretches.back().end != p || p - m_stretches.back().begin == longestStretch)
            m_stretches.push_back({p, p});
        m_stretches.back().end = p + 1;
    }
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
    state.power1 *= beta1;
    state.power2 *= beta2;
    const double* const g = gradient.data();
    switch (m_rule) {
    case StepRule::Sgd: return moveAll<StepRule::Sgd>(state, g, m_learningRate);
    case StepRule::Momentum: return moveAll<StepRule::Momentum>(state, g, m_learningRate);
    case StepRule::Adam: return moveAll<StepRule::Adam>(state, g, m_learningRate / (1.0 - state.power1));
    case StepRule::AdamW: return moveAll<StepRule::AdamW>(state, g, m_learningRate / (1.0 - state.power1));
    case StepRule::Adafactor: return moveAll<StepRule::Adafactor>(state, g, adafactorRate(state, g));
    }
    return false;
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
bool Optimizer::moveAll(OptimizerState& state, const double* gradient, double rate) const
{
    std::atomic<bool> bounded = true;
    forStretches([&](std::size_t k) {
        if (!move<rule>(m_stretches[k], state, gradient, rate))
            bounded = false;
    });
    return bounded;
}

/// `rate` includes what all parameters share: adam's bias correction as PyTorch applies it (step lr / (1 - beta1^t),
/// denominator sqrt(v) / sqrt(1 - beta2^t) + eps), adafactor's scale and clipping.
template <StepRule rule>
bool Optimizer::move(const Stretch& stretch, OptimizerState& state, const double* gradient, double rate) const
{
    using Array = Eigen::Map<Eigen::ArrayXd>;
    const double correction = std::sqrt(1.0 - state.power2);
    std::array<double, 512> buffer;
    bool bounded = true;
    for (std::int64_t begin = stretch.begin; begin < stretch.end;) {
        const std::int64_t count = std::min<std::int64_t>(stretch.end - begin, std::ssize(buffer));
        const Eigen::Map<const Eigen::ArrayXd> pure(gradient + begin, count);
        Array g(buffer.data(), count), value(state.values.data() + begin, count);
        Array mean(state.mean.data() + (keepsMean(rule) ? begin : 0), keepsMean(rule) ? count : 0);
        Array square(state.square.data() + (keepsSquare(rule) ? begin : 0), keepsSquare(rule) ? count : 0);
        if constexpr (rule == StepRule::AdamW) {
            g = pure;
            value *= 1.0 - m_learningRate * m_weightDecay;
        } else {
            g = pure + m_weightDecay * value;
        }
        if constexpr (rule == StepRule::Sgd) {
            value -= rate * g;
        } else if constexpr (rule == StepRule::Momentum) {
            mean = beta1 * mean + g;
            value -= rate * mean;
        } else if constexpr (rule == StepRule::Adafactor) {
            value -= rate * g / square.sqrt();
        } else {
            mean = beta1 * mean + (1.0 - beta1) * g;
            square = beta2 * square + (1.0 - beta2) * g * g;
            value -= rate * mean / (square.sqrt() / correction + epsilon);
        }
        bounded = bounded && value.abs().template maxCoeff<Eigen::PropagateNaN>() <= divergedAbove;
        begin += count;
    }
    return bounded;
}

/// Takes the gradient into v; lr max(1e-3, RMS(u)) / max(1, RMS(g / sqrt(v))).
double Optimizer::adafactorRate(OptimizerState& state, const double* gradient) const
{
    const double decay = 1.0 - std::pow(static_cast<double>(state.step), decayPower);
    std::vector<double> squares(m_stretches.size());  // of g / sqrt(v); added in order, whatever thread found them
    forStretches([&](std::size_t k) {
        const auto [begin, end] = m_stretches[k];
        double sum = 0.0;
        for (std::int64_t p = begin; p < end; ++p) {
            const double g = gradient[p] + m_weightDecay * state.values[p];
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
    return m_learningRate * std::max(smallestScale, scale) / std::max(1.0, std::sqrt(sum / count));
}

}  // namespace posbias
