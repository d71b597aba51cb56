// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/quoted_text.h"

#include <algorithm>
#include <array>

namespace posbias {

namespace {

constexpr std::size_t longestQuote = 60;
constexpr std::string_view hexDigits = "0123456789abcdef";

/// `text` starts with a whole character of `size` bytes.
char32_t codePoint(std::string_view text, std::size_t size)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    char32_t code = size == 1 ? byte(0) : byte(0) & (0xFFu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i)
        code = code << 6 | (byte(i) & 0x3Fu);
    return code;
}

/// Spaces other than the usual one, characters without width, and marks of direction.
bool isInvisible(char32_t code)
{
    struct Range {
        char32_t first, last;
    };
    constexpr std::array<Range, 11> ranges = {{{0xA0, 0xA0},
                                               {0xAD, 0xAD},
                                               {0x61C, 0x61C},
                                               {0x1680, 0x1680},
                                               {0x180E, 0x180E},
                                               {0x2000, 0x200F},
                                               {0x2028, 0x202F},
                                               {0x205F, 0x206F},
                                               {0x3000, 0x3000},
                                               {0xFEFF, 0xFEFF},
                                               {0xFFF9, 0xFFFB}}};
    return std::ranges::any_of(ranges, [code](const Range& r) { return code >= r.first && code <= r.last; });
}

std::string hexadecimal(char32_t code, int digits)
{
    std::string text;
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        text += hexDigits[code >> shift & 0xF];
    return text;
}

std::string shownCharacter(std::string_view text, std::size_t size)
{
    if (size == 0)
        return "\\x" + hexadecimal(static_cast<unsigned char>(text[0]), 2);
    const char32_t code = codePoint(text, size);
    switch (code) {
    case 0: return "\\0";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    case '"': return "\\\"";
    case '\\': return "\\\\";
    default: break;
    }
    if (startsWithControl(text))
        return "\\x" + hexadecimal(code, 2);
    return isInvisible(code) ? "\\u" + hexadecimal(code, 4) : std::string(text.substr(0, size));
}

}  // namespace

std::size_t utf8Size(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (text.empty())
        return 0;
    if (byte(0) < 0x80)
        return 1;
    const std::size_t size = byte(0) < 0xC2 ? 0 : byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : byte(0) < 0xF5 ? 4 : 0;
    if (size == 0 || text.size() < size)
        return 0;
    const unsigned lowest = byte(0) == 0xE0 ? 0xA0 : byte(0) == 0xF0 ? 0x90 : 0x80;   // no overlong forms
    const unsigned highest = byte(0) == 0xED ? 0x9F : byte(0) == 0xF4 ? 0x8F : 0xBF;  // no surrogates, to U+10FFFF
    if (byte(1) < lowest || byte(1) > highest)
        return 0;
    for (std::size_t i = 2; i < size; ++i)
        if ((byte(i) & 0xC0) != 0x80)
            return 0;
    return size;
}

bool startsWithControl(std::string_view text)
{
    const auto first = static_cast<unsigned char>(text[0]);
    return first < 0x20 || first == 0x7F ||
           (first == 0xC2 && text.size() > 1 && static_cast<unsigned char>(text[1]) < 0xA0);
}

std::optional<std::size_t> characterCount(std::string_view text)
{
    std::size_t count = 0;
    for (; !text.empty(); ++count) {
        const std::size_t size = utf8Size(text);
        if (size == 0)
            return std::nullopt;
        text.remove_prefix(size);
    }
    return count;
}

std::string quotedText(std::string_view text)
{
    std::string quoted = "\"";
    for (std::size_t count = 0; !text.empty(); ++count) {
        if (count == longestQuote)
            return quoted + "...\"";
        const std::size_t size = utf8Size(text);
        quoted += shownCharacter(text, size);
        text.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return quoted + '"';
}

}  // namespace posbias
