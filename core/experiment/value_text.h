// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Numbers and texts as files and messages write them.

#include "core/base/quoted_text.h"

#include <string>
#include <string_view>
#include <vector>

namespace posbias {

/// The shortest text that reads back as the same number.
std::string numberText(double value);
/// The same for a person: whole numbers without exponents.
std::string plainNumber(double value);
/// UTF-8 of at most so many characters, none of them a control character.
bool isPlainText(std::string_view text, double longest);
/// "a, b and c"
std::string listText(const std::vector<std::string>& items, std::string_view lastWord);

}  // namespace posbias
