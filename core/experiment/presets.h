// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The built-in experiments.

#include "core/experiment/experiment.h"

#include <string>
#include <string_view>
#include <vector>

namespace posbias {

struct Preset {
    std::string name;     ///< "past-training"
    std::string summary;  ///< one sentence: what it shows
    Experiment experiment;
    std::string view = "compare";  ///< the kind of figure that shows it best, by its id (core/figure/figure.h)
};

/// past-training (the default) first.
const std::vector<Preset>& presets();
/// nullptr when there is none of that name.
const Preset* findPreset(std::string_view name);
/// The preset that an experiment is, wherever its crosshair stands; nullptr when it is none.
const Preset* unchangedPreset(const Experiment& experiment);

}  // namespace posbias
