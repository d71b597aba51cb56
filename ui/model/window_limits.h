// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the window allows where it allows less than core: sequences that it can draw while somebody drags.

#include "core/experiment/fields.h"

#include <cstdint>
#include <vector>

namespace posbias::ui {

/// The longest sequence and training length that the window shows; the command line goes to core's maxLength.
inline constexpr std::int64_t longestInWindow = std::int64_t{1} << 20;
/// validate(), and the window's own limit. Throws InputError.
void validateForWindow(const Experiment& experiment);
/// describeFields() with the window's own limits.
std::vector<FieldDescription> describeForWindow(const Experiment& experiment);

}  // namespace posbias::ui
