// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How training went: losses and distances along its steps.

#include "core/evaluation/result.h"

namespace posbias {

/// One scheme's training. All have the shape of `steps`.
struct SchemeHistory {
    std::vector<std::int64_t> steps;   ///< ascending, from 0 to the last; `exact` has its end only
    std::vector<double> trainNll;      ///< mean loss per query on the training documents, nats
    std::vector<double> heldOutNll;    ///< on the held-out documents; empty when there are none
    std::vector<double> gradientNorm;  ///< of the mean loss over the whole corpus, exposed parameters
    std::vector<double> klWithin;      ///< KL from the data over queries 0..L-1
    std::vector<double> klAtLength;    ///< over 0..n-1
    std::vector<double> level;         ///< mean of the trained parameters
    std::int64_t chosen = 0;           ///< the step whose parameters training gave (early stopping: the best)
};

struct TrainingHistory {
    std::vector<SchemeHistory> schemes;
    double teacherTrainNll = 0.0;  ///< the teacher's own loss on the same documents
    double teacherHeldOutNll = 0.0;
};

/// Steps to look at: 0, 1, 2, ... ever farther apart, the last one included; at most `count` (at least 2).
std::vector<std::int64_t> historySteps(std::int64_t steps, std::size_t count);

/// Replays every scheme's course once. `count` steps at most; fewer for long sequences, so that evaluating them costs
/// about as much as the training. Deterministic.
TrainingHistory trainingHistory(const Experiment& experiment, const Training& training, std::size_t count = 256,
                                const Progress& progress = {});

}  // namespace posbias
