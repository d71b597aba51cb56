// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The numbers behind a preset's caption: measured when asked for, never typed.

#include "core/base/progress.h"
#include "core/experiment/presets.h"

#include <string>
#include <vector>

namespace posbias {

struct Measure {
    /// What it is, for the words that use it. Of the preset's own experiment:
    ///   L, n, documents, query, steps, initial              its settings (steps: 0 for exact)
    ///   kl.A.512, untrained.A.512                           KL and mass on untrained offsets over so many tokens (L and n)
    ///   level.A, step.A, parameters.A                       mean of the trained parameters, the step they are from, how many
    ///   far.A, far.from                                     mean raw bias of the farthest fifth of training's offsets
    ///   untrainedFrom.A, lastBucket.A                       the first untrained offset (-1: none); where the last run begins
    ///   maxDistance.B                                       of a T5 scheme
    ///   fall.B                                              how much more the data read lastBucket.B than offset L - 1
    ///   share.A, unseen.A, unseen.data                      attention of the query on untrained offsets, on unseen ones
    ///   reads, reads.far, reads.none                        reads in all, at offsets from L / 2 on, offsets without any
    /// Others have a tag at the end that says of which training: "kl.A.512.sgd". Sweeps: see findings.cpp.
    std::string id;
    double value = 0.0;
};

struct Findings {
    std::string preset;  ///< the preset's name
    std::vector<Measure> measures;

    /// Of the measure with this id, which must be there.
    double operator[](const std::string& id) const;
};

/// Trains what the preset's claim is about (other optimizers, settings, corpora) and measures it, on all cores.
/// Deterministic.
Findings findingsOf(const Preset& preset, const Progress& progress = {});

}  // namespace posbias
