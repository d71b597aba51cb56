// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The one pure function from an experiment to everything that is shown of it.

#include "core/base/progress.h"
#include "core/evaluation/comparison.h"
#include "core/experiment/experiment.h"
#include "core/fields/attention.h"
#include "core/fields/curve_source.h"
#include "core/fields/pixels.h"
#include "core/learning/corpus.h"
#include "core/learning/course.h"
#include "core/learning/document_reads.h"
#include "core/learning/fit.h"
#include "core/schemes/scheme.h"

#include <memory>
#include <optional>
#include <vector>

namespace posbias {

/// One scheme after training. Immutable; shared between results whose training is the same.
struct TrainedScheme {
    Scheme scheme;
    ParameterTable table;
    std::vector<double> exposure;              ///< pairs per parameter, shape (parameterCount)
    std::int64_t untrainedCount = 0;           ///< parameters without exposure
    std::shared_ptr<const TrainingLoss> loss;  ///< of the training documents
    std::shared_ptr<const Fit> end;            ///< what training gave: without a shift, whatever step is shown
    Fit fit;                                   ///< its values include the shift
    double shift = 0.0;                        ///< added to every trained parameter after training
    std::int64_t step = 0;                     ///< after so many steps: fit.steps, unless another moment was asked for
    std::shared_ptr<const Course> course;      ///< null where there are no steps (`exact`)
    /// Standard errors of u_p - u_(offset 0's parameter) from the Fisher information at these values (shape:
    /// parameterCount; 0 for offset 0's own, infinite for untrained ones); null where they would cost too much (both ways
    /// with many parameters).
    std::shared_ptr<const std::vector<double>> standardErrors;

    /// Raw bias b(d): the parameter's value, or the untouched one where there is none.
    double biasOf(std::int64_t d) const;
    OffsetValues bias(OffsetRange range) const;
    void bias(OffsetRange range, double* out) const;
    /// Trained: the offset's parameter has exposure.
    bool trained(std::int64_t d) const;
    /// What the bias of offset d was before training.
    double initialBiasOf(std::int64_t d) const;
};

struct Training {
    std::shared_ptr<const Corpus> corpus;
    std::shared_ptr<const Corpus> heldOut;           ///< null when there are none (or counts are expected)
    std::shared_ptr<const DocumentReads> documents;  ///< null where every step reads the whole corpus
    double totalPairs = 0.0;
    std::int64_t medianDistance = 0;  ///< the smallest distance |d| within which at least half of all pairs lie
    double teacherNll = 0.0;          ///< the teacher's own loss on the training data: a fit below it has fitted noise
    std::vector<std::shared_ptr<const TrainedScheme>> schemes;

    Familiarity familiarity(std::size_t scheme, std::int64_t d) const;
    /// Ascending; they cover `range`.
    std::vector<FamiliarStretch> familiarities(std::size_t scheme, OffsetRange range) const;
    /// Maximal stretches of untrained offsets within `range`.
    std::vector<OffsetRange> untrained(std::size_t scheme, OffsetRange range) const;
    double pairs(std::int64_t d) const;  ///< 0 beyond the training length
    OffsetRange seen() const;            ///< the offsets with a pair; every offset between two seen ones is seen
};

struct Result;
class KeptTrainings;
class StateShelf;

/// Simulates the corpus and fits every scheme. What `previous` holds for the same settings is reused. With a `step`,
/// schemes that have a course have the parameters of that step (or of their last, if it is earlier). With `kept`, trainings
/// go on from what was kept of them, and are kept while they last; the outcome is the same.
Training train(const Experiment& experiment, const Progress& progress = {}, const Result* previous = nullptr,
               std::optional<std::int64_t> step = {}, KeptTrainings* kept = nullptr);

/// Where scheme `scheme` stands at any length: O(length) time, and memory that does not grow with it.
Comparison compareAt(const Experiment& experiment, const Training& training, std::size_t scheme, std::int64_t length,
                     const Progress& progress = {});

struct SchemeResult {
    std::shared_ptr<const TrainedScheme> trained;
    std::shared_ptr<const AttentionField> attention;  ///< holds the raw bias over visible offsets of length n
    std::vector<FamiliarStretch> familiarities;       ///< of the visible offsets
    Comparison atLength;                              ///< over queries 0..n-1
    Comparison withinTraining;                        ///< over queries 0..min(n, L)-1
    std::shared_ptr<const MapSource> biasMap;         ///< b(d) - b(0)
    std::shared_ptr<const MapSource> attentionMap;
    std::shared_ptr<const RangeBounds> biasBounds;     ///< of attention->bias()
    std::shared_ptr<const CurveSource> exposureCurve;  ///< pairs of the parameter that an offset uses; 0 without one
};

/// What colour scales have to hold.
struct MapRanges {
    Bounds biasDifference;        ///< of (b_B(d) - b_B(0)) - (b_A(d) - b_A(0)); within rounding, 0
    double smallestWeight = 1.0;  ///< above 0, of the telltale queries: the last one, and the last within training
    double largestRatio = 0.0;    ///< |log10(B / A)| of their weights where both are above 0; within rounding, 0

    /// No bias relative to offset 0 differs, and so no attention.
    bool same() const { return biasDifference.onlyZero(); }
};

struct Result {
    Experiment experiment;
    std::optional<std::int64_t> step;  ///< of the training that is shown; nothing: its end
    Training training;
    std::shared_ptr<const AttentionField> teacher;  ///< the data's own attention, from biases g alone
    std::vector<SchemeResult> schemes;
    std::shared_ptr<const MapSource> biasDifference;       ///< B - A, both relative to offset 0
    std::shared_ptr<const MapSource> attentionDifference;  ///< log10(B / A)
    MapRanges ranges;
    std::shared_ptr<const RangeBounds> teacherBounds;  ///< of teacher->bias()
    std::shared_ptr<const CurveSource> pairsCurve;     ///< training pairs of an offset
};

/// Validates, trains, evaluates at experiment.length. `previous` only saves time: what did not change is reused.
/// With a `shelf`, long trainings keep their states there until the result is made, and go on from what is there.
std::shared_ptr<const Result> evaluate(const Experiment& experiment, const Progress& progress = {},
                                       std::shared_ptr<const Result> previous = nullptr,
                                       std::optional<std::int64_t> step = {}, StateShelf* shelf = nullptr);

/// Attention of one query by where its biases come from; sums to 1. O(log n) for each stretch without content.
struct AttentionShares {
    double seen = 0.0;
    double unseen = 0.0;  ///< no training pair, parameter trained elsewhere
    double untrained = 0.0;
};
AttentionShares attentionShares(const Result& result, std::size_t scheme, std::int64_t query);
/// The data's own shares (untrained is always 0: data has no parameters).
AttentionShares teacherShares(const Result& result, std::int64_t query);

}  // namespace posbias
