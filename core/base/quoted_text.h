// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Text that came from outside, as messages show it: whole characters, nothing that a terminal or a label would hide.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace posbias {

/// The bytes of the UTF-8 character at the start of `text`; 0 when there is none (RFC 3629).
std::size_t utf8Size(std::string_view text);
/// U+0000..U+001F, U+007F and U+0080..U+009F, at the start of `text`.
bool startsWithControl(std::string_view text);
/// The number of characters (code points); nothing when the text is not UTF-8.
std::optional<std::size_t> characterCount(std::string_view text);

/// In double quotes, cut after 60 characters. What cannot be seen is written as JSON or Python would: \n, \t, \0, \"
/// and \\, \x07 for other control characters, \xff for a byte that is not UTF-8, \u00a0 for spaces that look like
/// others, for marks without width and for those that turn the direction of writing.
std::string quotedText(std::string_view text);

}  // namespace posbias
