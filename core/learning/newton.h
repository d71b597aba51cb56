// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Newton's equations for the mean loss with weight decay: H x = r with
//     H = weightDecay I + (1/Q) sum over queries i of (diag(p_i) - p_i p_i'),   p_i = softmax over parameters
//
// Causal. Let parameter a's offsets all lie below parameter b's for a < b. With E_a = sum of exp b_d over a's offsets,
// T2(k) = sum over i >= k of m_i / Z_i^2, t_b = mean of T2 over b's offsets, the sum above is a graph Laplacian with
// weights E_a E_b t_b (a < b). Eliminating the largest b keeps that form: t and the ground (the diagonal beyond the
// Laplacian, at first weightDecay Q) only gain a scalar,
//     P_b = ground_b + E_b t_b * (E_0 + ... + E_(b-1))                 pivot
//     t_a += (E_b t_b)^2 / P_b,   ground_a += E_a E_b t_b ground_b / P_b,   r_a += E_a E_b t_b r_b / P_b
// so all is solved in O(parameters), and every sum but r's adds positive numbers only: no cancellation.
//
// Elsewhere: conjugate gradients, products in O(L) for each distinct length, preconditioned by the diagonal
// (1/Q) sum_i p_i (1 - p_i) + weightDecay.

#include "core/learning/training_loss.h"

namespace posbias {

class NewtonSystem {
public:
    /// Refers to `loss`, which must outlive it.
    NewtonSystem(const TrainingLoss& loss, double weightDecay);

    /// Whether solve() eliminates (else it uses conjugate gradients).
    bool eliminates() const { return m_eliminates; }
    /// Takes the Hessian at these parameters.
    void moveTo(std::span<const double> parameters);
    /// out = H v, both of shape (parameterCount).
    void multiply(std::span<const double> v, std::span<double> out);
    /// x = H^-1 r. Untrained parameters, where r must be 0, get 0. Conjugate gradients stop when the
    /// residual, in the preconditioner's norm, has shrunk by `relativeResidual`; elimination has no need of it.
    void solve(std::span<const double> r, std::span<double> x, double relativeResidual, const Progress& progress = {});

private:
    void prepareElimination();
    void eliminate(std::span<const double> r, std::span<double> x);
    void prepareProducts();
    void conjugateGradients(std::span<const double> r, std::span<double> x, double relativeResidual,
                            const Progress& progress);
    void addMasses(const Side& side, const PrefixSums& prefix, std::span<const double> weights,
                   std::span<const double> squareWeights);
    double diagonal(std::size_t parameter) const;
    void removeLevel(std::span<double> v) const;
    void weighMeans();

    const TrainingLoss::Data& m_data;
    double m_weightDecay;
    bool m_eliminates;
    TrainingLoss::Workspace m_sums;  ///< at the current parameters

    // Elimination, shape (units).
    std::vector<double> m_termSums;   ///< E
    std::vector<double> m_below;      ///< E summed over the units before
    std::vector<double> m_curvature;  ///< t

    // Products.
    std::vector<double> m_mass;        ///< sum_i p_i, shape (parameterCount)
    std::vector<double> m_squareMass;  ///< sum_i p_i^2
    PrefixSums m_positiveProducts;     ///< prefix sums of exp(b) v, in the blocks of m_sums
    PrefixSums m_negativeProducts;
    std::vector<double> m_positiveMeans;  ///< sum of m / Z times the mean of v under p_i, by level
    std::vector<double> m_negativeMeans;
};

}  // namespace posbias
