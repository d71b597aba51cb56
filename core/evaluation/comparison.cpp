// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/comparison.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace posbias {
namespace {

constexpr double minusInfinity = -std::numeric_limits<double>::infinity();

/// Prefix sums over offsets of weight * value for several values at once, weights exp(log weight - running maximum).
template <int Values>
struct WeightedSums {
    double max = minusInfinity;
    double weight = 0.0;
    double value[Values] = {};

    void add(double logWeight, const double (&values)[Values])
    {
        double w = 1.0;
        if (logWeight > max) {
            scale(std::exp(max - logWeight));
            max = logWeight;
        } else {
            w = std::exp(logWeight - max);
        }
        weight += w;
        for (int v = 0; v < Values; ++v)
            value[v] += w * values[v];
    }
    void add(const WeightedSums& other)
    {
        if (other.weight == 0.0)
            return;
        if (other.max > max) {
            scale(std::exp(max - other.max));
            max = other.max;
        }
        const double factor = std::exp(other.max - max);
        weight += factor * other.weight;
        for (int v = 0; v < Values; ++v)
            value[v] += factor * other.value[v];
    }
    double mean(int v) const { return value[v] / weight; }
    double logWeight() const { return max + std::log(weight); }

private:
    void scale(double factor)
    {
        weight *= factor;
        for (double& v : value)
            v *= factor;
    }
};

/// What one side (d = 0, 1, ... or d = -1, -2, ...) has added up so far.
struct Side {
    WeightedSums<2> teacher;  ///< under p*: b, g - b
    WeightedSums<2> model;    ///< under p: untrained, unseen

    void add(double g, double b, Familiarity familiarity)
    {
        teacher.add(g, {b, g - b});
        model.add(b, {familiarity == Familiarity::Untrained ? 1.0 : 0.0, familiarity == Familiarity::Seen ? 0.0 : 1.0});
    }
    void add(const Side& other)
    {
        teacher.add(other.teacher);
        model.add(other.model);
    }
    void addQueryTo(Comparison& total) const
    {
        const double logZ = model.logWeight();
        total.nll += logZ - teacher.mean(0);
        // A divergence is never negative; its rounding can be.
        total.kl += std::max(0.0, teacher.mean(1) - teacher.logWeight() + logZ);
        total.untrainedMass += model.mean(0);
        total.unseenMass += model.mean(1);
    }
};

}  // namespace

Comparison compare(const OffsetValues& teacher, const OffsetValues& bias, Mask mask, std::int64_t length,
                   const std::function<Familiarity(std::int64_t)>& familiarity, const Progress& progress)
{
    // Query i sees d = 0..i and, both ways, d = -1..-(n - 1 - i).
    std::vector<Side> below;
    if (mask == Mask::Bidirectional) {
        below.resize(static_cast<std::size_t>(length));
        for (std::int64_t k = 1; k < length; ++k) {
            Side& side = below[static_cast<std::size_t>(k)] = below[static_cast<std::size_t>(k - 1)];
            side.add(teacher[-k], bias[-k], familiarity(-k));
        }
    }
    Comparison total;
    Side above;
    for (std::int64_t i = 0; i < length; ++i) {
        if ((i & 0xffff) == 0)
            progress.at(static_cast<double>(i) / static_cast<double>(length));
        above.add(teacher[i], bias[i], familiarity(i));
        if (mask == Mask::Causal) {
            above.addQueryTo(total);
        } else {
            Side both = above;
            both.add(below[static_cast<std::size_t>(length - 1 - i)]);
            both.addQueryTo(total);
        }
    }
    const auto n = static_cast<double>(length);
    return {total.nll / n, total.kl / n, total.untrainedMass / n, total.unseenMass / n};
}

}  // namespace posbias
