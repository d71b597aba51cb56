// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/standard_errors.h"

#include "core/learning/newton.h"
#include "core/learning/training_loss_data.h"

#include <Eigen/Core>

#include <limits>

namespace posbias {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr Eigen::Index mostDense = 256;
constexpr double mostProducts = 1 << 25;

/// Variances of the differences with parameter 0 held; of the Laplacian's weights, those above the diagonal.
Eigen::VectorXd groundedVariances(Eigen::MatrixXd weights)
{
    const Eigen::Index n = weights.rows();
    Eigen::VectorXd pivots = Eigen::VectorXd::Zero(n);
    // Column b: first its weights, then what u_b is the average of.
    for (Eigen::Index b = n - 1; b > 0; --b) {
        const Eigen::VectorXd column = weights.col(b).head(b);
        pivots[b] = column.sum();
        if (!(pivots[b] > 0.0))
            continue;
        weights.topLeftCorner(b, b).selfadjointView<Eigen::Upper>().rankUpdate(column, 1.0 / pivots[b]);
        weights.col(b).head(b) = column / pivots[b];
    }
    Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(n, n);
    for (Eigen::Index b = 1; b < n; ++b) {
        if (!(pivots[b] > 0.0)) {
            covariance(b, b) = infinite;
            continue;
        }
        Eigen::VectorXd withBelow = Eigen::VectorXd::Zero(b);
        double average = 0.0;
        for (Eigen::Index c = 1; c < b; ++c) {
            const double share = weights(c, b);
            if (share == 0.0)
                continue;  // also where nothing is known of c: 0 times infinity
            withBelow += share * covariance.col(c).head(b);
        }
        for (Eigen::Index c = 1; c < b; ++c)
            average += weights(c, b) == 0.0 ? 0.0 : weights(c, b) * withBelow[c];
        covariance.col(b).head(b) = withBelow;
        covariance.row(b).head(b) = withBelow.transpose();
        covariance(b, b) = 1.0 / pivots[b] + average;
    }
    return covariance.diagonal();
}

}  // namespace

class FisherInformation {
public:
    FisherInformation(const TrainingLoss& loss, const ParameterTable& table, std::span<const double> values)
        : m_data(*loss.m_data),
          m_values(values),
          m_origin(table.parameterOf(0)),
          m_eliminates(NewtonSystem(loss, 0.0).eliminates())
    {
    }

    std::vector<double> standardErrors() const
    {
        std::vector<double> errors = m_eliminates ? eliminated() : dense();
        for (double& x : errors)
            x = std::sqrt(x);
        return errors;
    }

private:
    struct Unit {
        double terms = 0.0;      ///< E, in units exp(its block's reference), like all below
        double below = 0.0;      ///< E summed over the units before, in units of the block before where it begins one
        double factor = 1.0;     ///< to its own block's
        double curvature = 0.0;  ///< t after elimination of everything above
    };

    std::vector<double> eliminated() const
    {
        TrainingLoss::Workspace sums;
        m_data.sumPrefixes(m_values, sums);
        m_data.weigh(sums);
        const Side& side = m_data.positive;
        std::vector<Unit> units(side.units);
        OutwardBlocks blocks(sums.positive);
        double below = 0.0;
        visitUnits(side, [&](std::int64_t u, std::int64_t, std::int64_t levels) {
            units[u].below = below;
            blocks.arrive(u, [&](double factor) { units[u].factor = factor; });
            units[u].terms = sums.positive.terms[u] * static_cast<double>(levels);
            units[u].curvature = 1.0 / static_cast<double>(levels);
            below = below * units[u].factor + units[u].terms;
        });
        curve(units, sums);
        std::vector<double> variances(m_data.parameterCount, infinite);
        double average = 0.0;
        visitUnits(side, [&](std::int64_t u, std::int64_t p, std::int64_t) {
            const Unit& b = units[u];
            if (u == 0) {
                variances[p] = 0.0;
                return;
            }
            const double before = b.below * b.factor, all = before + b.terms;
            variances[p] = 1.0 / (b.terms * b.curvature * before) + average;
            average += b.terms / all / (all * b.curvature * before);
        });
        return variances;
    }

    /// Inward: t of every unit, with what the units above add to it.
    void curve(std::vector<Unit>& units, TrainingLoss::Workspace& sums) const
    {
        std::vector<double>& squares = sums.positiveWeights;  // m / Z, and then m / Z^2
        for (std::size_t i = 0; i < squares.size(); ++i)
            squares[i] /= sums.positive.sums[i];
        double added = 0.0;
        visitSuffixSums<2>(m_data.positive, sums.positive, squares, [&](std::int64_t u, std::int64_t, double total) {
            Unit& b = units[u];
            b.curvature = b.curvature * total + added;
            if (u > 0)
                added = added * b.factor * b.factor + b.terms * b.curvature * b.factor / b.below;
        });
    }

    std::vector<double> dense() const
    {
        std::vector<std::int64_t> parameters;  // the trained ones, offset 0's first
        std::vector<Eigen::Index> place(m_data.parameterCount, 0);
        const auto take = [&](std::int64_t p) {
            place[p] = static_cast<Eigen::Index>(parameters.size());
            parameters.push_back(p);
        };
        take(m_origin);
        for (std::int64_t p = 0; p < m_data.parameterCount; ++p)
            if (p != m_origin && m_data.exposure[p] > 0.0)
                take(p);
        const auto k = static_cast<Eigen::Index>(parameters.size());
        if (k > mostDense || static_cast<double>(k * k) * rows() > mostProducts)
            return {};
        Eigen::MatrixXd weights = Eigen::MatrixXd::Zero(k, k);
        Eigen::VectorXd shares(k);
        visitRows([&](double queries, std::int64_t up, std::int64_t down) {
            attention(place, up, down, shares);
            weights.selfadjointView<Eigen::Upper>().rankUpdate(shares, queries);
        });
        const Eigen::VectorXd variances = groundedVariances(std::move(weights));
        std::vector<double> all(m_data.parameterCount, infinite);
        for (Eigen::Index a = 0; a < k; ++a)
            all[parameters[a]] = variances[a];
        return all;
    }

    double rows() const
    {
        double count = 0.0;
        visitRows([&](double, std::int64_t, std::int64_t) { count += 1.0; });
        return count;
    }

    /// visit(queries, levels seen of the positive side, of the negative side counted from 1)
    template <typename Visit>
    void visitRows(Visit visit) const
    {
        if (m_data.mask == Mask::Causal) {
            for (std::int64_t i = 0; i < m_data.positive.levels; ++i)
                visit(m_data.queriesAt[i], i, std::int64_t{0});
            return;
        }
        for (const auto& [length, documents] : m_data.lengths)
            for (std::int64_t i = 0; i < length; ++i)
                visit(documents, i, length - 1 - i);
    }

    /// Softmax by parameter, of a query that sees levels 0..up and 1..down.
    void attention(const std::vector<Eigen::Index>& place, std::int64_t up, std::int64_t down,
                   Eigen::VectorXd& shares) const
    {
        double top = -infinite;
        visitSeen(up, down, [&](std::int64_t p, std::int64_t) { top = std::max(top, m_values[p]); });
        shares.setZero();
        visitSeen(up, down, [&](std::int64_t p, std::int64_t levels) {
            shares[place[p]] += static_cast<double>(levels) * std::exp(m_values[p] - top);
        });
        shares /= shares.sum();
    }

    template <typename Visit>
    void visitSeen(std::int64_t up, std::int64_t down, Visit visit) const
    {
        for (const auto& [side, last] : {std::pair(&m_data.positive, up), std::pair(&m_data.negative, down)})
            for (const Run& run : side->runs) {
                const std::int64_t levels = std::min(run.end, last + 1) - run.begin;
                if (run.step == 0 && levels > 0)
                    visit(run.parameter, levels);
                else
                    for (std::int64_t u = 0; u < levels; ++u)
                        visit(run.parameter + run.step * u, std::int64_t{1});
            }
    }

    const TrainingLoss::Data& m_data;
    std::span<const double> m_values;
    std::int64_t m_origin;
    bool m_eliminates;
};

std::vector<double> standardErrors(const TrainingLoss& loss, const ParameterTable& table,
                                   std::span<const double> values)
{
    return FisherInformation(loss, table, values).standardErrors();
}

}  // namespace posbias
