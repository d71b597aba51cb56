// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// EXPERIMENT as every sub-command takes it: a file or a preset, --set to change single values, --lengths-from to read
// document lengths from a table.

#include "core/io/lecture_file.h"

#include <string>
#include <vector>

namespace posbias::app {

struct ExperimentArgument {
    std::string name;                   ///< a file (.posbias or a figure) if it exists, else the name of a preset
    std::string lengthsFile;            ///< document lengths; empty: as the experiment says
    std::vector<std::string> settings;  ///< "key.path=value", applied in order, after the lengths
};

/// A valid experiment, and the figures that its file lists. Throws InputError naming the file, preset or key.
Lecture loadLecture(const ExperimentArgument& argument);
/// A valid experiment. Throws InputError naming the file, preset or key.
Experiment loadExperiment(const ExperimentArgument& argument);

/// A .posbias file, or a figure, whose recipe is read.
Lecture readLectureOrFigure(const std::string& file);
/// Whether the name is a file's; a directory that is called like a preset is not.
bool isExperimentFile(const std::string& name);
/// "no such file or preset: X", with the presets there are.
[[noreturn]] void throwNoSuchExperiment(const std::string& name);

std::vector<std::string> presetNames();

/// 0 for "A", 1 for "b", ...
std::size_t schemeIndex(const std::string& option, const std::string& letter, const Experiment& experiment);

}  // namespace posbias::app
