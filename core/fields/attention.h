// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Attention maps without their n x n numbers.

#include "core/base/progress.h"
#include "core/experiment/experiment.h"

#include <memory>

namespace posbias {

/// The bias b(d) of every visible offset d = i - j of a sequence of n tokens, raw (not relative to offset 0).
/// Queries, keys: 0-based.
class AttentionField {
public:
    /// Bias only: A[i,j] = exp b(i-j) / Z_i. O(n) memory and time.
    AttentionField(OffsetValues bias, Mask mask, std::int64_t length);
    /// With content. q, k: row-major, shape (length, dimension). Rows are computed when asked for: O(n dimension) each.
    AttentionField(OffsetValues bias, Mask mask, std::int64_t length, std::shared_ptr<const std::vector<double>> q,
                   std::shared_ptr<const std::vector<double>> k, std::int64_t dimension, Scaling scaling);

    std::int64_t length() const { return m_length; }
    Mask mask() const { return m_mask; }
    bool hasContent() const { return m_dimension > 0; }
    const OffsetValues& bias() const { return m_bias; }
    bool visible(std::int64_t i, std::int64_t j) const;

    /// Score before the softmax (dot product, scaling and bias together); visible cells only.
    double logit(std::int64_t i, std::int64_t j) const;
    /// q_i . k_j; 0 without content.
    double dotProduct(std::int64_t i, std::int64_t j) const;
    /// log of the sum over visible keys of exp logit.
    double logNormaliser(std::int64_t i) const;
    /// Attention weight; masked cells are exactly 0.
    double at(std::int64_t i, std::int64_t j) const;
    /// A[i, 0..n-1], shape (n).
    std::vector<double> row(std::int64_t i) const;
    /// log Z_i for every query, bias only; empty with content.
    const std::vector<double>& logNormalisers() const { return m_logNormalisers; }

private:
    std::vector<double> logits(std::int64_t i) const;  ///< shape (n), masked: -infinity

    OffsetValues m_bias;
    Mask m_mask;
    std::int64_t m_length;
    std::vector<double> m_logNormalisers;
    std::shared_ptr<const std::vector<double>> m_q, m_k;
    std::int64_t m_dimension = 0;
    Scaling m_scaling = Scaling::Unscaled;
};

/// Seeded q or k of shape (length, dimension): normal, standard deviation dimension^(-1/4). stream 0: q, 1: k.
/// Row i depends on (seed, stream, i) only, so a longer sequence begins with the shorter one's rows.
std::vector<double> randomContent(const RandomContent& content, std::int64_t length, int stream);

}  // namespace posbias
