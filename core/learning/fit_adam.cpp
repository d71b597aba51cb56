// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/learning/fit.h"

#include <Eigen/Core>

#include <array>
#include <atomic>
#include <cmath>
#include <sstream>

namespace posbias {

namespace {

constexpr double beta1 = 0.9;
constexpr double beta2 = 0.999;
constexpr double epsilon = 1e-8;
constexpr double divergedAbove = 1e8;
constexpr double offsetsBetweenReports = 65536.0;  // about a millisecond of work

constexpr std::size_t worthTwoThreads = 1 << 17;  // parameters
constexpr std::int64_t longestStretch = 1 << 15;

/// Exposed parameters [begin, end).
struct Stretch {
    std::int64_t begin;
    std::int64_t end;
};

std::vector<Stretch> exposedStretches(const std::vector<double>& exposure)
{
    std::vector<Stretch> stretches;
    for (std::int64_t p = 0; p < static_cast<std::int64_t>(exposure.size()); ++p) {
        if (!(exposure[p] > 0.0))
            continue;
        if (stretches.empty() || stretches.back().end != p || p - stretches.back().begin == longestStretch)
            stretches.push_back({p, p});
        stretches.back().end = p + 1;
    }
    return stretches;
}

class AdamState {
public:
    AdamState(const Adam& settings, std::size_t parameters)
        : m_settings(settings), m_mean(parameters, 0.0), m_square(parameters, 0.0) {}

    /// Bias correction as PyTorch applies it: step lr / (1 - beta1^t), denominator sqrt(v) / sqrt(1 - beta2^t) + eps.
    /// Returns whether every value is still within bounds.
    bool step(const std::vector<Stretch>& stretches, const double* gradient, double* u)
    {
        m_power1 *= beta1;
        m_power2 *= beta2;
        std::atomic<bool> bounded = true;
        const auto update = [&](std::size_t k) {
            if (!updateStretch(stretches[k], gradient, u))
                bounded = false;
        };
        if (m_mean.size() < worthTwoThreads)
            for (std::size_t k = 0; k < stretches.size(); ++k)
                update(k);
        else
            inParallel(stretches.size(), update);
        return bounded;
    }

private:
    bool updateStretch(const Stretch& stretch, const double* gradient, double* u)
    {
        using Array = Eigen::Map<Eigen::ArrayXd>;
        const double stepSize = m_settings.learningRate / (1.0 - m_power1);
        const double correction = std::sqrt(1.0 - m_power2);
        std::array<double, 512> buffer;
        bool bounded = true;
        for (std::int64_t begin = stretch.begin; begin < stretch.end;) {
            const std::int64_t count = std::min<std::int64_t>(stretch.end - begin, std::ssize(buffer));
            Array g(buffer.data(), count), mean(m_mean.data() + begin, count), square(m_square.data() + begin, count);
            Array value(u + begin, count);
            g = Eigen::Map<const Eigen::ArrayXd>(gradient + begin, count) + m_settings.weightDecay * value;
            mean = beta1 * mean + (1.0 - beta1) * g;
            square = beta2 * square + (1.0 - beta2) * g * g;
            value -= stepSize * mean / (square.sqrt() / correction + epsilon);
            bounded = bounded && value.abs().maxCoeff<Eigen::PropagateNaN>() <= divergedAbove;
            begin += count;
        }
        return bounded;
    }

    Adam m_settings;
    std::vector<double> m_mean;
    std::vector<double> m_square;
    double m_power1 = 1.0;
    double m_power2 = 1.0;
};

[[noreturn]] void failDiverged(double learningRate, std::int64_t step)
{
    std::ostringstream text;
    text << "Adam diverged at step " << step << " with a learning rate of " << learningRate
         << "; choose a smaller learning rate.";
    throw FailureError(text.str());
}

}  // namespace

Fit fitAdam(const TrainingLoss& loss, const Adam& settings, const Progress& progress)
{
    Fit fit;
    fit.values.assign(loss.parameterCount(), settings.initial);
    fit.steps = settings.steps;
    const std::vector<Stretch> stretches = exposedStretches(loss.exposure());
    const auto reportEvery
        = static_cast<std::int64_t>(std::max(1.0, offsetsBetweenReports / loss.offsetsPerGradient()));
    AdamState state(settings, fit.values.size());
    TrainingLoss::Workspace workspace;
    std::vector<double> gradient(fit.values.size());
    for (std::int64_t step = 1; step <= settings.steps; ++step) {
        if (step % reportEvery == 0)
            progress.at(static_cast<double>(step - 1) / static_cast<double>(settings.steps));
        loss.gradient(fit.values, gradient, workspace);
        if (!state.step(stretches, gradient.data(), fit.values.data()))
            failDiverged(settings.learningRate, step);
    }
    fit.trainNll = loss.valueAndGradient(fit.values, gradient, workspace);
    double squares = 0.0;
    for (const auto& [begin, end] : stretches)
        for (std::int64_t p = begin; p < end; ++p)
            squares += std::pow(gradient[p] + settings.weightDecay * fit.values[p], 2);
    fit.gradientNorm = std::sqrt(squares);
    progress.at(1.0);
    return fit;
}

}  // namespace posbias
