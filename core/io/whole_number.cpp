// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/whole_number.h"

#include <algorithm>
#include <array>

namespace posbias {

namespace {

constexpr std::int64_t mostDigits = 18;  // 10^18 is within 64 bits
constexpr std::int64_t beyond = 1'000'000'000'000'000'000;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::size_t digitsAt(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::find_if_not(text, isDigit) - text.begin());
}

/// Of the mark at the start that may separate thousands; 0 without one.
std::size_t markSize(std::string_view text)
{
    constexpr std::array<std::string_view, 8> marks = {",",           ".", "'", " ", "_", "\xc2\xa0", "\xe2\x80\xaf",
                                                       "\xe2\x80\x99"};
    for (const std::string_view mark : marks)
        if (text.starts_with(mark))
            return mark.size();
    return 0;
}

/// "1,000", "12.345.678", "1 000": the digits alone; empty for other texts.
std::string groupedDigits(std::string_view text)
{
    std::size_t count = digitsAt(text);
    if (count == 0 || count > 3 || text[0] == '0')
        return {};
    std::string digits(text.substr(0, count));
    text.remove_prefix(count);
    while (!text.empty()) {
        const std::size_t mark = markSize(text);
        if (mark == 0 || digitsAt(text.substr(mark)) != 3)
            return {};
        digits += text.substr(mark, 3);
        text.remove_prefix(mark + 3);
    }
    return digits.size() > count ? digits : std::string();
}

NoWholeNumber thousands(std::string_view unsignedText, const std::string& digits)
{
    const std::size_t first = digitsAt(unsignedText);
    const char mark = unsignedText[first];
    const bool twoReadings = digits.size() == first + 3 && (mark == ',' || mark == '.');
    if (!twoReadings) {
        const std::string meant = std::ssize(digits) <= mostDigits ? ": " + digits : "";
        return {"it must be a whole number without marks between thousands" + meant};
    }
    const std::string decimals = digits.substr(first) == "000" ? "" : '.' + digits.substr(first);
    return {"it may be " + digits.substr(0, first) + decimals + " or " + digits + "; write it without the mark"};
}

}  // namespace

std::variant<std::int64_t, NoWholeNumber> wholeNumber(std::string_view text)
{
    const NoWholeNumber none{"it must be a whole number"};
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+'))
        text.remove_prefix(1);
    if (const std::string digits = groupedDigits(text); !digits.empty())
        return thousands(text, digits);
    std::size_t count = digitsAt(text);
    std::string digits(text.substr(0, count));
    text.remove_prefix(count);
    std::int64_t exponent = 0;
    if (text.starts_with('.') || text.starts_with(',')) {
        count = digitsAt(text.substr(1));
        digits += text.substr(1, count);
        exponent = -static_cast<std::int64_t>(count);
        text.remove_prefix(1 + count);
    }
    if (digits.empty())
        return none;
    if (text.starts_with('e') || text.starts_with('E')) {
        text.remove_prefix(1);
        const bool small = text.starts_with('-');
        if (small || text.starts_with('+'))
            text.remove_prefix(1);
        count = digitsAt(text);
        if (count == 0)
            return none;
        std::int64_t power = 0;
        for (const char digit : text.substr(0, count))
            power = std::min<std::int64_t>(10 * power + (digit - '0'), beyond / 100);
        exponent += small ? -power : power;
        text.remove_prefix(count);
    }
    if (!text.empty())
        return none;
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    while (digits.ends_with('0')) {
        digits.pop_back();
        ++exponent;
    }
    if (digits.empty())
        return std::int64_t{0};
    if (exponent < 0)
        return none;
    if (static_cast<std::int64_t>(digits.size()) + exponent > mostDigits)
        return negative ? -beyond : beyond;
    digits.append(static_cast<std::size_t>(exponent), '0');
    std::int64_t value = 0;
    for (const char digit : digits)
        value = 10 * value + (digit - '0');
    return negative ? -value : value;
}

}  // namespace posbias
