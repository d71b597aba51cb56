// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How far trained schemes are from the data at every length, and where that distance comes from.

#include "core/evaluation/result.h"

namespace posbias {

/// KL(p* || p) over 0..n-1 as a sum of four terms, in nats per query. Each is what the distance falls by when one cause is
/// taken away, in this order (a term can be negative: two causes may hide one another):
///   untrained   offsets whose parameter training never touched get the teacher's own preference, at the level at which
///               trained offsets have the teacher's mass over that length:
///               b_d = g_d + log(sum of exp b over trained offsets) - log(sum of exp g over them)
///   optimizer   then trained parameters are replaced by the exact optimum on the same documents (weight decay 1e-6);
///               where the experiment's optimizer is `exact` they are that already
///   estimation  then by the exact optimum on expected counts: infinitely many documents, which need no weight decay
///               (1e-12). Where the experiment's counts are expected there is none: the optimizer's term goes up to here
///   sharing     what is left: a rule that gives one bias to different offsets cannot do better than this
struct Decomposition {
    double total = 0.0;  ///< the KL itself; the four terms add up to it within 1e-10
    double untrained = 0.0;
    double optimizer = 0.0;
    double estimation = 0.0;
    double sharing = 0.0;
};

/// One scheme, over all lengths.
struct GeneralizationCurve {
    std::vector<Comparison> atLengths;  ///< shape (lengths)
    std::vector<double> klByPosition;   ///< mean KL of the queries of each block, shape (positions)
    Decomposition gap;                  ///< at the experiment's length
};

struct Generalization {
    /// Ascending, 1 .. 2^20 (both ways, where each needs sums of its own, 2^17) about evenly spaced in the logarithm; L
    /// and n are among them, wherever they lie.
    std::vector<std::int64_t> lengths;
    /// Blocks of queries of the sequence shown, n tokens: block k has queries positions[k] .. positions[k + 1] - 1.
    std::vector<std::int64_t> positions;       ///< one more than there are blocks; at most 512 blocks
    std::vector<GeneralizationCurve> schemes;  ///< every scheme of the experiment
};

/// From biases alone, whatever the content. O(2^20) causal, for each scheme.
Generalization generalization(const Experiment& experiment, const Training& training, const Progress& progress = {});

/// Of the parameters that `training` holds. Throws FailureError where an exact optimum cannot be found.
Decomposition decompose(const Experiment& experiment, const Training& training, std::size_t scheme, std::int64_t length,
                        const Progress& progress = {});

}  // namespace posbias
