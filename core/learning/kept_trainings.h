// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The trainings of one experiment, kept on a shelf while they last.

#include "core/base/state_shelf.h"
#include "core/learning/learn.h"

#include <vector>

namespace posbias {

/// While it lives, learn() goes on from what the shelf has of the same training and keeps its state there whenever the
/// shelf says so. Ended before finish(), it leaves the states, also those of trainings that came to their ends: whoever
/// asks for the experiment again needs them all.
class KeptTrainings {
public:
    /// Null: nothing is kept.
    explicit KeptTrainings(StateShelf* shelf);
    ~KeptTrainings();
    KeptTrainings(const KeptTrainings&) = delete;
    KeptTrainings& operator=(const KeptTrainings&) = delete;

    /// posbias::learn(), bit for bit, with its course. A training that fails would fail again: its states go.
    Learned learn(const TrainingData& data, const std::shared_ptr<const TrainingLoss>& loss,
                  const ParameterTable& table, const Learning& learning, const Progress& progress);
    /// What the trainings gave is at hand: their states go.
    void finish();

private:
    StateShelf* m_shelf;
    std::vector<std::uint64_t> m_keys;  ///< of those that the shelf was asked about
};

}  // namespace posbias
