// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The level that training cannot see: a constant added to every trained bias.

#include "core/evaluation/result.h"

namespace posbias {

/// Where an optimizer leaves a scheme.
struct Landing {
    std::string optimizer;   ///< id as in files: "adam"
    std::string label;       ///< "Adam"
    std::size_t number = 0;  ///< its place among the file format's choices, from 1
    double level = 0.0;      ///< mean of the trained parameters
    double kl = 0.0;         ///< over 0..n-1 with that optimizer's own parameters
};

struct SchemeLevel {
    double level = 0.0;             ///< mean of the trained parameters as they are now, the experiment's shift included
    double kl = 0.0;                ///< over 0..n-1, as they are now
    std::vector<double> kls;        ///< over 0..n-1 with the trained parameters at each level, shape (levels)
    double klWithin = 0.0;          ///< over 0..min(n, L)-1, whatever the level where all of L's offsets are trained
    bool immune = false;            ///< every offset up to n - 1 has a trained parameter: no level makes a difference
    std::vector<Landing> landings;  ///< every optimizer, in the order of the file format's choices
};

struct LevelStudy {
    std::vector<double> levels;        ///< ascending, evenly spaced; they cover both schemes' levels and every landing
    std::vector<SchemeLevel> schemes;  ///< A and B
};

/// Mean of the trained parameters. 0 where none is trained.
double levelOf(const TrainedScheme& scheme);

/// Trains A and B with every optimizer at its default settings (the experiment's own settings for its own optimizer;
/// initial values are the experiment's) and evaluates about 97 levels. O(n) for each.
LevelStudy levelStudy(const Experiment& experiment, const Training& training, const Progress& progress = {});

}  // namespace posbias
