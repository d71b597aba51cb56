// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// .posbias files with figures: an experiment, and under "figures" the designs of figures made from it. A figure file
// carries the same text with its one figure: its recipe.

#include "core/design/figure_design.h"
#include "core/experiment/experiment.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace posbias {

struct Lecture {
    Experiment experiment;
    std::vector<FigureDesign> figures;  ///< names differ
    bool operator==(const Lecture&) const = default;
};

/// As toJson(Experiment); without figures the same text. Keys of a figure that have their default are left out; the
/// order is fixed; diffs well.
std::string toJson(const Lecture& lecture);
std::string toJson(const Recipe& recipe);

/// Reads what fromJson(Experiment) reads, and "figures". Every figure is checked by validate(design, its experiment);
/// errors name `source` and the key's path ("figures.2.rows.0.1.scheme").
Lecture lectureFromJson(std::string_view text, const std::string& source);
/// A text with exactly one figure. Throws InputError.
Recipe recipeFromJson(std::string_view text, const std::string& source);

/// Reads at most 16 MiB. Throws InputError (subject: the file).
Lecture readLecture(const std::filesystem::path& file);
/// What saving that broke off has left of the file as it was before (abandonedSafeCopies), as far as it can be read.
std::vector<std::filesystem::path> copiesBeforeSaving(const std::filesystem::path& file);
/// Atomic. Throws FailureError.
void writeLecture(const std::filesystem::path& file, const Lecture& lecture);

}  // namespace posbias
