// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Truth at any length: how far a bias is from the data, exactly, in O(n).

#include "core/base/offsets.h"
#include "core/base/progress.h"

namespace posbias {

/// Where an offset's bias comes from.
enum class Familiarity : std::uint8_t {
    Seen,       ///< training had pairs at this offset
    Unseen,     ///< no pair, but its parameter was trained at other offsets
    Untrained,  ///< no pair, and its parameter (if it has one) was never touched
};

/// Means over queries 0..n-1 of a sequence of n tokens, in nats.
struct Comparison {
    double nll = 0.0;            ///< expected loss: - sum_d p*(d|i) log p(d|i)
    double kl = 0.0;             ///< KL(p* || p)
    double untrainedMass = 0.0;  ///< p's attention on offsets whose parameter training never touched
    double unseenMass = 0.0;     ///< p's attention on offsets that no training pair had (untrained ones included)
};

/// `teacher` is g, `bias` b; they and `familiarity` hold at least visibleOffsets(mask, length).
Comparison compare(const OffsetValues& teacher, const OffsetValues& bias, const OffsetArray<Familiarity>& familiarity,
                   Mask mask, std::int64_t length, const Progress& progress = {});

}  // namespace posbias
