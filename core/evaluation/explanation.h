// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Facts for words: why a cell has its value, and what the picture as a whole shows. No sentences here; ui has those.

#include "core/evaluation/result.h"

#include <optional>

namespace posbias {

/// Everything behind one cell (query i, key j, offset d = i - j) of one scheme.
struct CellExplanation {
    std::int64_t query = 0, key = 0, offset = 0;
    bool visible = true;  ///< false: masked (or outside); the rest is then not set
    std::int64_t parameter = noParameter;
    std::optional<T5Derivation> derivation;  ///< T5 only
    Segment sharedBy;                        ///< offsets that use the parameter (ends may be open)
    double exposure = 0.0;                   ///< pairs that trained the parameter
    double exposureShare = 0.0;              ///< of all pairs
    Familiarity familiarity = Familiarity::Seen;
    double bias = 0.0;          ///< raw u
    double initialBias = 0.0;   ///< what it was before training
    double relativeBias = 0.0;  ///< b(d) - b(0)
    double dotProduct = 0.0;    ///< q.k; 0 without content
    double logit = 0.0;
    double logNormaliser = 0.0;
    double attention = 0.0;
    double teacherAttention = 0.0;  ///< what the data calls for
    double factor = 1.0;            ///< attention / teacherAttention (infinity when that underflows to 0)
};
CellExplanation explainCell(const Result& result, std::size_t scheme, std::int64_t query, std::int64_t key);

/// What the sentence above the stage is about, chosen by the numbers, in this order.
enum class StoryCase {
    UntrainedDraws,  ///< `worse` (or both) sends the query's attention to untrained offsets, far more than the data does
    UntrainedLater,    ///< this query sees too few untrained offsets to matter, but over all of them `worse` does
    NoiseInside,       ///< inside L `worse` is several times further from the data: it fitted the sample's noise
    Unfinished,        ///< inside L `worse` is several times further: its training has not come to an end
    CoarseSharing,     ///< inside L `worse` is several times further: its sharing is too coarse for this data
    DriftFar,          ///< far past L both are much further from the data than inside it, though nothing is untrained
    NothingUntrained,  ///< n <= L: every offset shown was seen
    Alike,             ///< both schemes are about equally near the data at n
    Closer,            ///< nothing breaks; `worse` is the one further from the data at n
};
struct Story {
    StoryCase which = StoryCase::Alike;
    std::size_t worse = 0;  ///< the scheme that the sentence blames, 0 = A, 1 = B
    bool both = false;      ///< it happens to both
    std::int64_t query = 0;
    AttentionShares shares[2];  ///< of `query`
    AttentionShares teacher;
    Comparison atLength[2], withinTraining[2];
};
/// About A and B, at a query (the experiment's own when not given).
Story story(const Result& result, std::optional<std::int64_t> query = {});

}  // namespace posbias
