// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Prefix sums of exp b that cannot overflow or vanish: the normaliser of every query of a sequence.
//
// Query i of a sequence of n tokens sees offsets d = i - j: 0..i when causal, i-(n-1)..i both ways.
//     Z_i = sum over visible d of exp b_d
// Each prefix sum is kept as sum * exp(reference) with a reference that follows the largest term so far, so that no Z
// vanishes even when b spans thousands (a global maximum would make early ones 0).

#include "core/learning/query_sums.h"

namespace posbias {

/// sum * exp(max); an empty sum has max = -infinity and sum = 0.
struct ScaledSum {
    double max;
    double sum;
    ScaledSum();
    void add(double logTerm);  ///< adds exp(logTerm)
    double log() const;        ///< max + log(sum); -infinity when empty
};

/// log Z_i for i = 0..n-1 (n = length). `bias` must cover visibleOffsets(mask, length), finite. O(n).
std::vector<double> logNormalisers(const OffsetValues& bias, Mask mask, std::int64_t length);

/// Prefix sums of exp b in at most 512 steps, wherever they end. Refers to nothing: `bias` is given again.
class OffsetSums {
public:
    OffsetSums() = default;
    /// Writes the normalisers, too.
    OffsetSums(const OffsetValues& bias, Mask mask, std::int64_t length, std::vector<double>& logNormalisers);
    /// log of the sum over offsets 0..d, or d..-1 where d < 0.
    double logUpTo(const OffsetValues& bias, std::int64_t d) const;

private:
    SidePieces<1> m_pieces;
};

}  // namespace posbias
