// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/newton.h"

#include "core/learning/training_loss_data.h"

#include <numeric>

namespace posbias {

namespace {

constexpr int maxProducts = 5000;

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

/// Calls cross(factor) on the way outward, before the first unit of every block but the first.
class OutwardBlocks {
public:
    explicit OutwardBlocks(const PrefixSums& prefix) : m_next(prefix.blocks.begin() + 1), m_end(prefix.blocks.end()) {}
    template <typename Cross>
    void arrive(std::int64_t unit, Cross cross)
    {
        for (; m_next != m_end && m_next->unit == unit; ++m_next)
            cross(m_next->factor);
    }

private:
    std::vector<PrefixSums::Block>::const_iterator m_next;
    std::vector<PrefixSums::Block>::const_iterator m_end;
};

/// Calls cross(factor) on the way inward, after the first unit of every block.
class InwardBlocks {
public:
    explicit InwardBlocks(const PrefixSums& prefix) : m_next(prefix.blocks.rbegin()), m_end(prefix.blocks.rend()) {}
    template <typename Cross>
    void leave(std::int64_t unit, Cross cross)
    {
        for (; m_next != m_end && m_next->unit == unit; ++m_next)
            cross(m_next->factor);
    }

private:
    std::vector<PrefixSums::Block>::const_reverse_iterator m_next;
    std::vector<PrefixSums::Block>::const_reverse_iterator m_end;
};

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

NewtonSystem::NewtonSystem(const TrainingLoss& loss, double weightDecay)
    : m_data(*loss.m_data), m_weightDecay(weightDecay),
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

// Elimination --------------------------------------------------------------------------------------------------------

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

// Products and conjugate gradients -----------------------------------------------------------------------------------

void NewtonSystem::prepareProducts()
{
    m_mass.assign(m_data.parameterCount, 0.0);
    visitSuffixSums(m_data.positive, m_sums.positive, m_sums.positiveWeights,
                    [&](std::int64_t u, std::int64_t p, double total) { m_mass[p] += m_sums.positive.terms[u] * total; });
    if (m_data.mask == Mask::Bidirectional)
        visitSuffixSums(m_data.negative, m_sums.negative, m_sums.negativeWeights,
                        [&](std::int64_t u, std::int64_t p, double total) {
                            m_mass[p] += m_sums.negative.terms[u] * total;
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
        visitSuffixSums(m_data.negative, m_sums.negative, m_negativeMeans,
                        [&](std::int64_t u, std::int64_t p, double total) {
                            out[p] -= m_sums.negative.terms[u] * total;
                        });
    for (std::int64_t p = 0; p < m_data.parameterCount; ++p)
        out[p] = out[p] / m_data.queries + m_weightDecay * v[p];
}

/// Hestenes & Stiefel 1952, preconditioned. Started from 0, every iterate is a direction of descent, so the caller
/// can use whatever has been reached.
void NewtonSystem::conjugateGradients(std::span<const double> r, std::span<double> x, double relativeResidual,
                                      const Progress& progress)
{
    const std::size_t n = r.size();
    auto dot = [](std::span<const double> a, std::span<const double> b) {
        return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
    };
    std::vector<double> residual(r.begin(), r.end());
    std::vector<double> scaled(n);
    std::vector<double> direction(n, 0.0);
    std::vector<double> product(n);
    const double goal = relativeResidual * std::sqrt(dot(r, r));
    double before = 0.0;
    for (int iteration = 0; iteration < maxProducts && std::sqrt(dot(residual, residual)) > goal; ++iteration) {
        progress.check();
        for (std::size_t p = 0; p < n; ++p)
            scaled[p] = residual[p] / (m_mass[p] / m_data.queries + m_weightDecay);
        const double now = dot(residual, scaled);
        const double beta = iteration == 0 ? 0.0 : now / before;
        before = now;
        for (std::size_t p = 0; p < n; ++p)
            direction[p] = scaled[p] + beta * direction[p];
        multiply(direction, product);
        const double curvature = dot(direction, product);
        if (!(curvature > 0.0))
            break;
        for (std::size_t p = 0; p < n; ++p) {
            x[p] += now / curvature * direction[p];
            residual[p] -= now / curvature * product[p];
        }
    }
}

}  // namespace posbias
