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
};

/// A sum of logarithms of numbers in 1..2^24: sixteen of them multiply without overflow, and need one logarithm.
class LogSum {
public:
    void add(double x)
    {
        m_product *= x;
        if (++m_factors == 16)
            flush();
    }
    double value()
    {
        flush();
        return m_sum;
    }

private:
    void flush()
    {
        m_sum += std::log(m_product);
        m_product = 1.0;
        m_factors = 0;
    }
    double m_product = 1.0, m_sum = 0.0;
    int m_factors = 0;
};

/// Sums over queries. Per query, with p* = exp g / Z* and p = exp b / Z:
///     nll = log Z - sum p* b,    kl = sum p* (g - b) - log Z* + log Z
class Totals {
public:
    void add(const Side& side)
    {
        const double teacher = 1.0 / side.teacher.weight, model = 1.0 / side.model.weight;
        m_bias += side.teacher.value[0] * teacher;
        m_difference += side.teacher.value[1] * teacher;
        m_untrained += side.model.value[0] * model;
        m_unseen += side.model.value[1] * model;
        m_maxModel += side.model.max;
        m_maxTeacher += side.teacher.max;
        m_logModel.add(side.model.weight);
        m_logTeacher.add(side.teacher.weight);
    }
    Comparison means(double queries)
    {
        const double logZ = m_maxModel + m_logModel.value();
        const double logZTeacher = m_maxTeacher + m_logTeacher.value();
        // A divergence is never negative; its rounding can be.
        const double kl = std::max(0.0, m_difference - logZTeacher + logZ);
        return {(logZ - m_bias) / queries, kl / queries, m_untrained / queries, m_unseen / queries};
    }

private:
    double m_bias = 0.0, m_difference = 0.0, m_untrained = 0.0, m_unseen = 0.0;
    double m_maxModel = 0.0, m_maxTeacher = 0.0;
    LogSum m_logModel, m_logTeacher;
};

}  // namespace

Comparison compare(const OffsetValues& teacher, const OffsetValues& bias, const OffsetArray<Familiarity>& familiarity,
                   Mask mask, std::int64_t length, const Progress& progress)
{
    // Query i sees d = 0..i and, both ways, d = -1..-(n - 1 - i).
    std::vector<Side> below;
    if (mask == Mask::Bidirectional) {
        below.resize(static_cast<std::size_t>(length));
        for (std::int64_t k = 1; k < length; ++k) {
            Side& side = below[static_cast<std::size_t>(k)] = below[static_cast<std::size_t>(k - 1)];
            side.add(teacher[-k], bias[-k], familiarity[-k]);
        }
    }
    Totals totals;
    Side above;
    for (std::int64_t i = 0; i < length; ++i) {
        if ((i & 0xffff) == 0)
            progress.at(static_cast<double>(i) / static_cast<double>(length));
        above.add(teacher[i], bias[i], familiarity[i]);
        if (mask == Mask::Causal) {
            totals.add(above);
        } else {
            Side both = above;
            both.add(below[static_cast<std::size_t>(length - 1 - i)]);
            totals.add(both);
        }
    }
    return totals.means(static_cast<double>(length));
}

}  // namespace posbias
