// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/fit.h"

#include "core/learning/newton.h"

#include <cmath>
#include <sstream>

namespace posbias {

namespace {

constexpr std::int64_t maxSteps = 500;
constexpr double sufficientDecrease = 1e-4;  // Armijo
constexpr double gradientDecrease = 0.9;
constexpr double lossRounding = 1e-9;  // relative: far below it, differences of the loss are noise
constexpr double longestMove = 32.0;
constexpr double shortestMove = 1e-15;
constexpr double acceptedGradient = 1e-8;  // when rounding ends all progress

double dot(const std::vector<double>& a, const std::vector<double>& b)
{
    double sum = 0.0;
    for (std::size_t p = 0; p < a.size(); ++p)
        sum += a[p] * b[p];
    return sum;
}

struct Point {
    std::vector<double> values;
    std::vector<double> gradient;  ///< of loss + weight decay
    double loss = 0.0;             ///< without weight decay
    double objective = 0.0;
    double gradientNorm = 0.0;
};

class Objective {
public:
    Objective(const TrainingLoss& loss, const Exact& settings) : m_loss(loss), m_settings(settings)
    {
        for (const double pairs : loss.exposure())
            m_exposed += pairs > 0.0 ? 1.0 : 0.0;
        const InitialValues initial = initialValues(settings);
        m_initial.resize(static_cast<std::size_t>(loss.parameterCount()));
        for (std::size_t p = 0; p < m_initial.size(); ++p)
            m_initial[p] = initial.ofParameter(static_cast<std::int64_t>(p));
    }

    Point start()
    {
        Point point;
        point.values = m_initial;
        point.gradient.resize(point.values.size());
        evaluate(point);
        return point;
    }

    /// to = from + share * step
    void move(const Point& from, double share, const std::vector<double>& step, Point& to)
    {
        to.values.resize(from.values.size());
        to.gradient.resize(from.values.size());
        for (std::size_t p = 0; p < step.size(); ++p)
            to.values[p] = from.values[p] + share * step[p];
        level(to.values);
        evaluate(to);
    }

private:
    bool exposed(std::size_t p) const { return m_loss.exposure()[p] > 0.0; }

    /// The loss does not see a constant added to all biases, so at the minimum the mean of u - initial is 0. Setting
    /// it costs nothing, while Newton has to find that direction through the weight decay alone.
    void level(std::vector<double>& values) const
    {
        double mean = 0.0;
        for (std::size_t p = 0; p < values.size(); ++p)
            mean += exposed(p) ? (values[p] - m_initial[p]) / m_exposed : 0.0;
        for (std::size_t p = 0; p < values.size(); ++p)
            if (exposed(p))
                values[p] -= mean;
    }

    void evaluate(Point& point)
    {
        point.loss = m_loss.valueAndGradient(point.values, point.gradient, m_workspace);
        double squares = 0.0;
        for (std::size_t p = 0; p < point.values.size(); ++p) {
            if (!exposed(p))
                continue;
            const double difference = point.values[p] - m_initial[p];
            point.gradient[p] += m_settings.weightDecay * difference;
            squares += difference * difference;
        }
        point.objective = point.loss + 0.5 * m_settings.weightDecay * squares;
        point.gradientNorm = std::sqrt(dot(point.gradient, point.gradient));
    }

    const TrainingLoss& m_loss;
    Exact m_settings;
    std::vector<double> m_initial;  ///< shape (parameterCount)
    TrainingLoss::Workspace m_workspace;
    double m_exposed = 0.0;
};

/// Whether `to` is enough of a progress. Where the promised fall of the objective drowns in rounding, the gradient
/// tells instead (the objective is convex). What is not a number is none.
bool accepts(const Point& from, const std::vector<double>& step, double share, const Point& to)
{
    if (!std::isfinite(to.objective) || !std::isfinite(to.gradientNorm))
        return false;
    const double slope = dot(from.gradient, step);
    if (-slope > lossRounding * std::max(1.0, std::abs(from.objective)))
        return to.objective <= from.objective + sufficientDecrease * share * slope;
    return std::abs(dot(to.gradient, step)) <= gradientDecrease * std::abs(slope) ||
           to.gradientNorm <= gradientDecrease * from.gradientNorm;
}

/// Halves the step until it is accepted, from at most `longestMove` in any parameter: far from the minimum Newton aims
/// at distances that no bias needs.
bool search(Objective& objective, const Point& from, const std::vector<double>& step, Point& to,
            const Progress& progress)
{
    double longest = 0.0;
    for (const double x : step)
        longest = std::max(longest, std::abs(x));
    for (double share = std::min(1.0, longestMove / longest); share * longest > shortestMove; share *= 0.5) {
        progress.check();
        objective.move(from, share, step, to);
        if (accepts(from, step, share, to))
            return true;
    }
    return false;
}

[[noreturn]] void failShort(std::int64_t steps, double gradientNorm)
{
    std::ostringstream text;
    if (!std::isfinite(gradientNorm)) {
        text << "The exact fit met numbers too large to compute with after " << steps
             << " Newton steps; choose initial values nearer to 0.";
        throw FailureError(text.str());
    }
    text << "The exact fit stopped after " << steps << " Newton steps at a gradient norm of " << gradientNorm
         << "; a larger weight decay makes the problem easier.";
    throw FailureError(text.str());
}

Fit asFit(Point&& point, std::int64_t steps, const Exact& settings)
{
    return {std::move(point.values), steps, point.gradientNorm, point.loss, Untouched(initialValues(settings))};
}

/// 0 at the first gradient, 1 at the tolerance, on a logarithmic scale.
double fractionDone(double first, double now, double tolerance)
{
    return !(now < first) ? 0.0 : std::min(1.0, std::log(first / now) / std::log(first / tolerance));
}

}  // namespace

Fit fitExact(const TrainingLoss& loss, const Exact& settings, double tolerance, const Progress& progress)
{
    Objective objective(loss, settings);
    NewtonSystem system(loss, settings.weightDecay);
    Point point = objective.start();
    Point next;
    const double first = point.gradientNorm;
    std::vector<double> right(point.values.size());
    std::vector<double> step(point.values.size());
    std::int64_t steps = 0;
    double done = 0.0;  // never falls, as the norm may
    for (; steps < maxSteps && !(point.gradientNorm <= tolerance); ++steps) {
        done = std::max(done, fractionDone(first, point.gradientNorm, tolerance));
        progress.at(done);
        for (std::size_t p = 0; p < right.size(); ++p)
            right[p] = -point.gradient[p];
        system.moveTo(point.values);
        system.solve(right, step, std::min(0.1, std::sqrt(point.gradientNorm)), progress);
        if (!search(objective, point, step, next, progress))
            break;
        std::swap(point, next);
    }
    if (!(point.gradientNorm <= std::max(tolerance, acceptedGradient)))
        failShort(steps, point.gradientNorm);
    progress.at(1.0);
    return asFit(std::move(point), steps, settings);
}

}  // namespace posbias
