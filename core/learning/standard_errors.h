// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How certain learned differences are: standard errors of u_p - u_0, where 0 is offset 0's parameter, from the Fisher
// information of the training data,
//     F = sum over queries i of (diag(p_i) - p_i p_i'),   p_i = softmax over the parameters that query i sees
//
// F is a graph Laplacian, with weights sum over i of p_ia p_ib: blind to a constant added to every parameter. With the
// row and column of parameter 0 left out (its value held) it has an inverse, the covariance of the differences. Let
// what lies above b be eliminated (Gauss). Then u_b is an average of those below it, and independent noise:
//     u_b = sum over a < b of (w_ab / P_b) u_a + noise of variance 1 / P_b,     P_b = sum over a < b of w_ab
// which gives the covariance from the lowest parameter up. Every term is positive: nothing cancels.
//
// Causal, each parameter one stretch of offsets: w_ab = E_a E_b t_b as in core/learning/newton.h, eliminated in the same
// way, t_a += (E_b t_b)^2 / P_b. With S_b = E_0 + ... + E_b the average is one over all offsets below, its variance s_b:
//     1 / P_b = 1 / (E_b t_b S_(b-1)),   variance of u_b = 1 / P_b + s_b,   s_(b+1) = s_b + (E_b / S_b)^2 / P_b,  s_1 = 0
// O(L). Elsewhere the weights form a dense matrix: O(queries k^2 + k^3) for k parameters.

#include "core/learning/training_loss.h"

namespace posbias {

/// Shape (parameterCount): 0 for offset 0's own parameter, infinite for untrained ones, and where attention is too thin
/// for a double. `values` are the parameters. Empty where it would cost too much: a dense matrix of more than 256 trained
/// parameters, or more than 2^25 products for it.
std::vector<double> standardErrors(const TrainingLoss& loss, const ParameterTable& table,
                                   std::span<const double> values);

}  // namespace posbias
