// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Training: from an experiment's documents to learned parameters, and the way there.

#include "core/learning/course.h"
#include "core/learning/document_reads.h"
#include "core/learning/fit.h"

#include <functional>
#include <memory>

namespace posbias {

/// What training reads.
struct TrainingData {
    std::shared_ptr<const Corpus> corpus;
    std::shared_ptr<const Corpus> heldOut;           ///< null when there are none (or counts are expected)
    std::shared_ptr<const DocumentReads> documents;  ///< null where every step reads the whole corpus
};

/// Whether a step reads some documents only: counts are sampled and the batch is smaller than the corpus.
bool readsMinibatches(const CorpusSettings& corpus, const Learning& learning);
/// Whether a step is chosen by its loss on held-out documents.
bool stopsEarly(const CorpusSettings& corpus, const Learning& learning);

/// Early stopping: steps from one look at data.heldOut to the next; the start and the last step are looked at whatever it
/// is. 0: there is nothing to look at. 1 but where looking would cost far more than training: both ways, at small batches
/// and held-out documents of many lengths.
std::int64_t heldOutInterval(const TrainingData& data, const Learning& learning);

/// Draws or computes what `learning` needs.
TrainingData drawTrainingData(const Teacher& teacher, const CorpusSettings& corpus, Mask mask,
                              std::int64_t trainingLength, const Learning& learning, const Progress& progress = {});

struct TrainingState;

/// How a training is kept from time to time, and goes on from what was kept.
struct TrainingBreaks {
    std::function<bool()> due;                       ///< asked about every millisecond of work; null: never
    std::function<void(const TrainingState&)> keep;  ///< when due, on the thread that trains
    std::shared_ptr<const TrainingState> from;       ///< null: from the initial values
};

struct Learned {
    Fit fit;                               ///< early stopping: at the step it chose
    std::shared_ptr<const Course> course;  ///< null for `exact`, or when not asked for
};
enum class KeepCourse { No, Yes };

/// `loss` is that of data.corpus under `table`. Steps of mini-batches go through the documents in an order that
/// learning.seed and the epoch decide, every document once an epoch. Early stopping compares the loss on data.heldOut at
/// step 0, at every heldOutInterval() of steps and at the last; the first of the lowest wins.
/// With breaks.from, of a training with the same trainingKey() (training_state.h), the outcome is that of a training
/// without a break, bit for bit; so is the course, but that moments before the break are replayed from the start.
/// Throws FailureError when the parameters diverge, naming optimizer, learning rate and step.
Learned learn(const TrainingData& data, const std::shared_ptr<const TrainingLoss>& loss, const ParameterTable& table,
              const Learning& learning, KeepCourse keep = KeepCourse::No, const Progress& progress = {},
              const TrainingBreaks& breaks = {});

}  // namespace posbias
