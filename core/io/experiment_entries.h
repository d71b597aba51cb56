// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The steps from a file to its experiment, for files that hold more than that.

#include "core/experiment/experiment.h"
#include "core/io/json_entries.h"

#include <filesystem>
#include <string>
#include <vector>

namespace posbias {

/// The file's text. Throws InputError (subject: the file) when it cannot be read or is a directory.
std::string experimentText(const std::filesystem::path& file);
/// What to write into `file`: the text, packed where the name ends in ".gz" or a packed file is there already, so that
/// it stays what its name says and what it was.
std::string bytesFor(const std::filesystem::path& file, std::string text);
/// Whether fields that are valid by themselves may be refused together, as they may be while somebody changes them.
enum class Combinations { Checked, MayBeRefused };
/// The experiment in a whole file's entries, those under "figures" taken away. Throws InputError: its text begins with
/// the key's path.
Experiment experimentIn(std::vector<JsonEntry> entries, Combinations combinations = Combinations::Checked);

}  // namespace posbias
