// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Document lengths that were counted elsewhere, from a table of text.

#include "core/experiment/experiment.h"

#include <filesystem>

namespace posbias {

/// One length for each line, with or without a heading; or a table with a header row, cells separated by commas,
/// semicolons or tabs: its column "length" (or "tokens", "words") and, where there is one, "count" ("documents",
/// "number"): how many documents have that length. Blank lines are passed over.
/// Throws InputError naming the file, the line and what was found there.
ListedLengths readLengths(const std::filesystem::path& file);

}  // namespace posbias
