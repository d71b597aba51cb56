// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Attention maps without their n x n numbers.

#include "core/experiment/experiment.h"
#include "core/fields/content_scores.h"
#include "core/learning/partition.h"

#include <memory>
#include <mutex>
#include <span>
#include <unordered_map>

namespace posbias {

/// The bias b(d) of every visible offset d = i - j of a sequence of n tokens, raw (not relative to offset 0).
/// Queries, keys: 0-based.
class AttentionField {
public:
    /// Bias only: A[i,j] = exp b(i-j) / Z_i. O(n) memory and time.
    AttentionField(OffsetValues bias, Mask mask, std::int64_t length);
    /// With content, whose length is the sequence's. Nothing is computed before it is asked for: O(n dimension) a row.
    AttentionField(OffsetValues bias, Mask mask, std::shared_ptr<const ContentScores> content, Scaling scaling);

    std::int64_t length() const { return m_length; }
    Mask mask() const { return m_mask; }
    bool hasContent() const { return m_content != nullptr; }
    const std::shared_ptr<const ContentScores>& content() const { return m_content; }  ///< null without
    /// A row or its normaliser takes longer than a window may wait.
    bool rowsAreCostly() const { return m_content && m_content->costly(); }
    const OffsetValues& bias() const { return m_bias; }
    bool visible(std::int64_t i, std::int64_t j) const;

    /// Score before the softmax (dot product, scaling and bias together); visible cells only.
    double logit(std::int64_t i, std::int64_t j) const;
    /// q_i . k_j; 0 without content.
    double dotProduct(std::int64_t i, std::int64_t j) const;
    /// log of the sum over visible keys of exp logit. With content O(n dimension), and remembered.
    double logNormaliser(std::int64_t i) const;
    /// Attention weight; masked cells are exactly 0.
    double at(std::int64_t i, std::int64_t j) const;
    /// A[i, 0..n-1], shape (n).
    std::vector<double> row(std::int64_t i) const;
    /// Sum of A[i, i - d] over the visible offsets d among these, bias only. O(log n).
    double share(std::int64_t i, OffsetRange offsets) const;
    /// log Z_i for every query, bias only; empty with content.
    const std::vector<double>& logNormalisers() const { return m_logNormalisers; }

    /// With content: dots[k] = q_i . k_j becomes the logit of key j = firstKey + k, visible ones. Returns the largest.
    double toLogits(std::int64_t i, std::int64_t firstKey, std::span<double> dots) const;
    /// With content: what was found on the way to something else.
    void rememberLogNormaliser(std::int64_t i, double logNormaliser) const;

private:
    std::int64_t keysOf(std::int64_t i) const { return m_mask == Mask::Causal ? i + 1 : m_length; }
    double contentRow(std::int64_t i, std::vector<double>& weights) const;

    OffsetValues m_bias;
    Mask m_mask;
    std::int64_t m_length;
    std::vector<double> m_logNormalisers;
    OffsetSums m_sums;  ///< bias only
    std::shared_ptr<const ContentScores> m_content;
    double m_dotScale = 1.0, m_biasScale = 1.0;  ///< logit = dotScale q.k + biasScale b
    mutable std::mutex m_remembering;
    mutable std::unordered_map<std::int64_t, double> m_remembered;  ///< log normalisers with content
};

}  // namespace posbias
