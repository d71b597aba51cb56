// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Truth at any length: how far a bias is from the data, exactly, in O(n).

#include "core/base/offsets.h"
#include "core/base/progress.h"

#include <functional>
#include <vector>

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

/// Offsets that have one familiarity.
struct FamiliarStretch {
    OffsetRange offsets;
    Familiarity familiarity = Familiarity::Seen;
    bool operator==(const FamiliarStretch&) const = default;
};

/// Writes a value for each of these offsets, ascending. Called from several threads at once.
using OffsetSource = std::function<void(OffsetRange offsets, double* out)>;

/// `teacher` is g, `bias` b; `stretches` ascend and cover visibleOffsets(mask, length) without a gap. Memory does not
/// grow with the length.
Comparison compare(const OffsetSource& teacher, const OffsetSource& bias, const std::vector<FamiliarStretch>& stretches,
                   Mask mask, std::int64_t length, const Progress& progress = {});
/// The same for parts of the sequence: element k over queries ends[k - 1] .. ends[k] - 1 (from 0 for the first). `ends`
/// ascend, the last is the length.
std::vector<Comparison> compareParts(const OffsetSource& teacher, const OffsetSource& bias,
                                     const std::vector<FamiliarStretch>& stretches, Mask mask,
                                     const std::vector<std::int64_t>& ends, const Progress& progress = {});
/// The first of values at hand: those of at least visibleOffsets(mask, length).
Comparison compare(const OffsetValues& teacher, const OffsetValues& bias, const std::vector<FamiliarStretch>& stretches,
                   Mask mask, std::int64_t length, const Progress& progress = {});

}  // namespace posbias
