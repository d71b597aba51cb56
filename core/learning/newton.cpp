// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/newton.h"

#include "core/learning/training_loss_data.h"

namespace posbias {

namespace {

/// Whether every parameter has at most one stretch of offsets.
bool eachParameterOnce(const Side& side, std::int64_t parameterCount)
{
    std::vector<bool> seen(parameterCount, false);
    bool once = true;
    visitUnits(side, [&](std::int64_t, std::int64_t p, std::int64_t) {
        once &= !seen[p];
        seen[p] = true;
    });
    return once;
}

}  // namespace

NewtonSystem::NewtonSystem(const TrainingLoss& loss, double weightDecay)
    : m_data(*loss.m_data),
      m_weightDecay(weightDecay),
      m_eliminates(m_data.mask == Mask::Causal && eachParameterOnce(m_data.positive, m_data.parameterCount))
{
}

void NewtonSystem::moveTo(std::span<const double> parameters)
{
    m_data.sumPrefixes(parameters, m_sums);
    m_data.weigh(m_sums);
    prepareProducts();
    if (m_eliminates)
        prepareElimination();
}

void NewtonSystem::solve(std::span<const double> r, std::span<double> x, double relativeResidual,
                         const Progress& progress)
{
    std::fill(x.begin(), x.end(), 0.0);
    if (m_eliminates)
        eliminate(r, x);
    else
        conjugateGradients(r, x, relativeResidual, progress);
}

void NewtonSystem::prepareElimination()
{
    const Side& side = m_data.positive;
    const PrefixSums& prefix = m_sums.positive;
    m_termSums.resize(side.units);
    m_below.resize(side.units);
    m_curvature.resize(side.units);

    double below = 0.0;
    OutwardBlocks blocks(prefix);
    visitUnits(side, [&](std::int64_t u, std::int64_t, std::int64_t levels) {
        blocks.arrive(u, [&](double factor) { below *= factor; });
        m_below[u] = below;
        m_termSums[u] = prefix.terms[u] * static_cast<double>(levels);
        m_curvature[u] = 1.0 / static_cast<double>(levels);
        below += m_termSums[u];
    });
    std::vector<double> squares = m_sums.positiveWeights;
    for (std::int64_t i = 0; i < side.levels; ++i)
        squares[i] /= prefix.sums[i];
    visitSuffixSums<2>(side, prefix, squares,
                       [&](std::int64_t u, std::int64_t, double total) { m_curvature[u] *= total; });
}

void NewtonSystem::eliminate(std::span<const double> r, std::span<double> x)
{
    const Side& side = m_data.positive;
    std::vector<double> pivots(side.units);
    std::vector<double> weights(side.units);  // E_b t_b after elimination of everything above b

    // Pass 1, inward: what the eliminated units add to t, to the ground and to the right-hand side of those left.
    double addedCurvature = 0.0;
    double addedGround = 0.0;
    double addedRight = 0.0;
    InwardBlocks inward(m_sums.positive);
    visitUnitsInward(side, [&](std::int64_t b, std::int64_t p, std::int64_t) {
        const double e = m_termSums[b];
        const double weight = e * (m_curvature[b] + addedCurvature);
        const double ground = m_weightDecay * m_data.queries + e * addedGround;
        const double right = m_data.queries * r[p] + e * addedRight;
        const double pivot = ground + weight * m_below[b];
        const double ratio = weight / pivot;
        addedCurvature += ratio * weight;
        addedGround += ratio * ground;
        addedRight += ratio * right;
        pivots[b] = pivot;
        weights[b] = weight;
        x[p] = right;
        inward.leave(b, [&](double factor) {
            addedCurvature *= factor * factor;
            addedGround *= factor;
            addedRight *= factor;
        });
    });

    // Pass 2, outward: P_b x_b = r_b + E_b t_b sum over a < b of E_a x_a.
    double solved = 0.0;
    OutwardBlocks outward(m_sums.positive);
    visitUnits(side, [&](std::int64_t b, std::int64_t p, std::int64_t) {
        outward.arrive(b, [&](double factor) { solved *= factor; });
        x[p] = (x[p] + weights[b] * solved) / pivots[b];
        solved += m_termSums[b] * x[p];
    });
}

}  // namespace posbias
