// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Values of options as people type them. Spaces around a number are passed over. Every
// function throws InputError naming the option and, in quotes, what it found.

#include "core/base/offsets.h"

#include <string>
#include <string_view>
#include <vector>

namespace posbias::app {

std::int64_t parseInteger(const std::string& option, std::string_view text, std::int64_t min, std::int64_t max);

/// "A:B", both ends included, or a single "A"; offsets of magnitude up to 2^24.
OffsetRange parseOffsets(const std::string& option, std::string_view text);

/// "512,1000,4096" or "512, 1000, 4096": sequence lengths, at least one.
std::vector<std::int64_t> parseLengths(const std::string& option, std::string_view text);

/// "120mm", "12cm", "5in", "340pt"; a bare number is in millimetres. The range is the caller's business.
double parseMillimetres(const std::string& option, std::string_view text);

/// " (did you mean X?)" for the nearest of `known` when it is near, else nothing.
std::string didYouMean(std::string_view text, const std::vector<std::string>& known);

std::string joined(const std::vector<std::string>& words, std::string_view separator = ", ");

}  // namespace posbias::app
