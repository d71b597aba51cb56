// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// .posbias files: JSON with "posbias": 1, keys as core/experiment/fields.h describes them.

#include "core/experiment/experiment.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace posbias {

/// Keys in a fixed order, two spaces, a final newline: diffs well.
std::string toJson(const Experiment& experiment);
/// Missing keys take defaults (a missing view: defaultView(length)). Figures are checked and left out. Throws InputError
/// naming `source` (a file name) and the key's path for syntax errors, unknown or duplicate keys, wrong types, bad values,
/// a missing or newer version.
Experiment fromJson(std::string_view text, const std::string& source);

/// Reads at most 16 MiB. Throws InputError (subject: the file) when it cannot be read or is a directory.
Experiment readExperiment(const std::filesystem::path& file);
/// Atomic. Throws FailureError.
void writeExperiment(const std::filesystem::path& file, const Experiment& experiment);

}  // namespace posbias
