// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/newton.h"

#include "core/learning/training_loss_data.h"

#include <numeric>

namespace posbias {

namespace {

constexpr std::int64_t maxProducts = 5000;

double innerProduct(std::span<const double> a, std::span<const double> b)
{
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// out.sums = prefix sums of exp(b_k) v_k in the blocks of `prefix`.
void sumProducts(const Side& side, const PrefixSums& prefix, std::span<const double> v, PrefixSums& out)
{
    out.sums.resize(side.levels);
    if (side.levels > 0)
        out.sums[0] = 0.0;
    OutwardBlocks blocks(prefix);
    double sum = 0.0;
    std::int64_t level = side.runs.empty() ? 0 : side.runs.front().begin;
    visitUnits(side, [&](std::int64_t u, std::int64_t p, std::int64_t levels) {
        blocks.arrive(u, [&](double factor) { sum *= factor; });
        const double product = prefix.terms[u] * v[p];
        for (const std::int64_t end = level + levels; level < end; ++level)
            out.sums[level] = sum += product;
    });
}

}  // namespace

void NewtonSystem::prepareProducts()
{
    m_mass.assign(m_data.parameterCount, 0.0);
    m_squareMass.assign(m_data.parameterCount, 0.0);
    std::vector<double> positive(m_data.positive.levels, 0.0);
    std::vector<double> negative(m_data.negative.levels, 0.0);
    if (m_data.mask == Mask::Causal) {
        for (std::int64_t i = 0; i < m_data.positive.levels; ++i)
            positive[i] = m_sums.positiveWeights[i] / m_sums.positive.sums[i];
    } else {
        visitQueries(m_data.lengths, m_sums.positive, m_sums.negative, [&](double documents, const Normaliser& row) {
            const double weight = documents / (row.z * row.z);
            positive[row.i] += weight * row.positive * row.positive;
            negative[row.j] += weight * row.negative * row.negative;
        });
        addMasses(m_data.negative, m_sums.negative, m_sums.negativeWeights, negative);
    }
    addMasses(m_data.positive, m_sums.positive, m_sums.positiveWeights, positive);
}

/// Adds a side's share of sum_i p_i and of sum_i p_i^2; the latter from weights m / Z^2 at each query's farthest level
/// (a parameter used on both sides is left with a little less: it only serves the preconditioner).
void NewtonSystem::addMasses(const Side& side, const PrefixSums& prefix, std::span<const double> weights,
                             std::span<const double> squareWeights)
{
    visitSuffixSums(side, prefix, weights,
                    [&](std::int64_t u, std::int64_t p, double total) { m_mass[p] += prefix.terms[u] * total; });
    double tail = 0.0;  // of squareWeights, over the levels outside the unit
    std::int64_t end = side.levels;
    InwardBlocks blocks(prefix);
    visitUnitsInward(side, [&](std::int64_t u, std::int64_t p, std::int64_t levels) {
        const auto count = static_cast<double>(levels);
        double squares = tail * count * count;
        for (std::int64_t visible = levels; visible > 0; --visible) {
            --end;
            squares += squareWeights[end] * static_cast<double>(visible) * static_cast<double>(visible);
            tail += squareWeights[end];
        }
        m_squareMass[p] += prefix.terms[u] * prefix.terms[u] * squares;
        blocks.leave(u, [&](double factor) { tail *= factor * factor; });
    });
}

/// By level: sum over queries of (m / Z_i) * (mean of v under p_i).
void NewtonSystem::weighMeans()
{
    const std::vector<double>& positive = m_positiveProducts.sums;
    const std::vector<double>& negative = m_negativeProducts.sums;
    if (m_data.mask == Mask::Causal) {
        m_positiveMeans = m_sums.positiveWeights;
        for (std::int64_t i = 0; i < m_data.positive.levels; ++i)
            m_positiveMeans[i] *= positive[i] / m_sums.positive.sums[i];
        return;
    }
    m_positiveMeans.assign(m_data.positive.levels, 0.0);
    m_negativeMeans.assign(m_data.negative.levels, 0.0);
    visitQueries(m_data.lengths, m_sums.positive, m_sums.negative, [&](double documents, const Normaliser& row) {
        const double inverse = 1.0 / row.z;
        const double mean = (positive[row.i] * row.positive + negative[row.j] * row.negative) * inverse;
        const double weight = documents * inverse * mean;
        m_positiveMeans[row.i] += weight * row.positive;
        m_negativeMeans[row.j] += weight * row.negative;
    });
}

/// Bounded away from 0 where one parameter takes all attention and the difference is noise.
double NewtonSystem::diagonal(std::size_t parameter) const
{
    const double spread = std::max(m_mass[parameter] - m_squareMass[parameter], 1e-12 * m_mass[parameter]);
    return spread / m_data.queries + m_weightDecay;
}

void NewtonSystem::multiply(std::span<const double> v, std::span<double> out)
{
    sumProducts(m_data.positive, m_sums.positive, v, m_positiveProducts);
    if (m_data.mask == Mask::Bidirectional)
        sumProducts(m_data.negative, m_sums.negative, v, m_negativeProducts);
    weighMeans();
    for (std::int64_t p = 0; p < m_data.parameterCount; ++p)
        out[p] = m_mass[p] * v[p];
    visitSuffixSums(m_data.positive, m_sums.positive, m_positiveMeans,
                    [&](std::int64_t u, std::int64_t p, double total) { out[p] -= m_sums.positive.terms[u] * total; });
    if (m_data.mask == Mask::Bidirectional)
        visitSuffixSums(
            m_data.negative, m_sums.negative, m_negativeMeans,
            [&](std::int64_t u, std::int64_t p, double total) { out[p] -= m_sums.negative.terms[u] * total; });
    for (std::int64_t p = 0; p < m_data.parameterCount; ++p)
        out[p] = out[p] / m_data.queries + m_weightDecay * v[p];
}

/// Makes the mean over exposed parameters 0.
void NewtonSystem::removeLevel(std::span<double> v) const
{
    double sum = 0.0;
    double exposed = 0.0;
    for (std::size_t p = 0; p < v.size(); ++p)
        if (m_data.exposure[p] > 0.0) {
            sum += v[p];
            exposed += 1.0;
        }
    for (std::size_t p = 0; p < v.size(); ++p)
        if (m_data.exposure[p] > 0.0)
            v[p] -= sum / exposed;
}

/// Hestenes & Stiefel 1952, preconditioned. A common level is an eigenvector of H by itself (eigenvalue weightDecay,
/// far below the others), so it is solved apart and kept out of every direction. The residual is measured in the
/// preconditioner's norm, in which parameters with hardly any attention count as much as the others. Started from 0,
/// every iterate is a direction of descent, so the caller can use whatever has been reached.
void NewtonSystem::conjugateGradients(std::span<const double> r, std::span<double> x, double relativeResidual,
                                      const Progress& progress)
{
    const std::size_t n = r.size();
    std::vector<double> residual(r.begin(), r.end());
    removeLevel(residual);
    for (std::size_t p = 0; p < n; ++p)
        x[p] = (r[p] - residual[p]) / m_weightDecay;
    std::vector<double> scaled(n);
    std::vector<double> direction(n, 0.0);
    std::vector<double> product(n);
    double before = 0.0;
    double goal = 0.0;
    // Without rounding, as many products as parameters would do.
    const std::int64_t products = std::min(maxProducts, 2 * m_data.parameterCount);
    for (std::int64_t iteration = 0; iteration < products; ++iteration) {
        progress.check();
        for (std::size_t p = 0; p < n; ++p)
            scaled[p] = residual[p] / diagonal(p);
        removeLevel(scaled);
        const double now = innerProduct(residual, scaled);
        if (iteration == 0)
            goal = relativeResidual * relativeResidual * now;
        if (!(now > goal))
            break;
        const double beta = iteration == 0 ? 0.0 : now / before;
        before = now;
        for (std::size_t p = 0; p < n; ++p)
            direction[p] = scaled[p] + beta * direction[p];
        multiply(direction, product);
        const double curvature = innerProduct(direction, product);
        if (!(curvature > 0.0))
            break;
        for (std::size_t p = 0; p < n; ++p) {
            x[p] += now / curvature * direction[p];
            residual[p] -= now / curvature * product[p];
        }
    }
}

}  // namespace posbias
