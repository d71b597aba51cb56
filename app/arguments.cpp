// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/arguments.h"

#include "core/base/edit_distance.h"
#include "core/base/error.h"
#include "core/base/quoted_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace posbias::app {

namespace {

[[noreturn]] void refuse(const std::string& option, std::string_view text, const std::string& reason)
{
    throw InputError(option, option + " " + quotedText(text) + ": " + reason);
}

/// Without the spaces that a list in quotes has after its commas.
std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool isWholeNumber(std::string_view text)
{
    if (!text.empty() && text.front() == '-')
        text.remove_prefix(1);
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Nothing when the number lies outside (however long its text is).
std::optional<std::int64_t> integerWithin(std::string_view text, std::int64_t min, std::int64_t max)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < min || value > max)
        return std::nullopt;
    return value;
}

}  // namespace

std::int64_t parseInteger(const std::string& option, std::string_view text, std::int64_t min, std::int64_t max)
{
    const std::string allowed = std::to_string(min) + " to " + std::to_string(max);
    const std::string_view digits = trimmed(text);
    if (!isWholeNumber(digits))
        refuse(option, text, "not a whole number; allowed are " + allowed);
    const auto value = integerWithin(digits, min, max);
    if (!value)
        refuse(option, text, "out of range; allowed are " + allowed);
    return *value;
}

OffsetRange parseOffsets(const std::string& option, std::string_view text)
{
    const std::size_t colon = text.find(':');
    const std::string_view first = trimmed(text.substr(0, colon));
    const std::string_view last = colon == std::string_view::npos ? first : trimmed(text.substr(colon + 1));
    if (!isWholeNumber(first) || !isWholeNumber(last))
        refuse(option, text, "expected A:B, two whole numbers such as -5:700, or one number");
    const auto a = integerWithin(first, -maxLength, maxLength);
    const auto b = integerWithin(last, -maxLength, maxLength);
    if (!a || !b)
        refuse(option, text, "offsets go from " + std::to_string(-maxLength) + " to " + std::to_string(maxLength));
    if (*b < *a)
        refuse(option, text, "the range is backwards; write " + std::to_string(*b) + ":" + std::to_string(*a));
    return {*a, *b};
}

std::vector<std::int64_t> parseLengths(const std::string& option, std::string_view text)
{
    std::vector<std::int64_t> lengths;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        lengths.push_back(parseInteger(option, text.substr(begin, end - begin), 1, maxLength));
        begin = end + 1;
    }
    return lengths;
}

double parseMillimetres(const std::string& option, std::string_view text)
{
    struct Unit {
        std::string_view name;
        double millimetres;
    };
    constexpr std::array<Unit, 5> units = {{{"", 1.0}, {"mm", 1.0}, {"cm", 10.0}, {"in", 25.4}, {"pt", 25.4 / 72.0}}};

    double number = 0.0;
    const std::string_view size = trimmed(text);
    const auto [end, error] = std::from_chars(size.data(), size.data() + size.size(), number);
    const std::string_view name = trimmed(size.substr(static_cast<std::size_t>(end - size.data())));
    const auto unit = std::find_if(units.begin(), units.end(), [name](const Unit& u) { return u.name == name; });
    if (error != std::errc() || !std::isfinite(number) || unit == units.end())
        refuse(option, text, "expected a size such as 120mm, 12cm, 4.7in or 340pt");
    return number * unit->millimetres;
}

std::string didYouMean(std::string_view text, const std::vector<std::string>& known)
{
    text = text.substr(0, 64);
    if (text.empty())
        return {};
    const std::string* best = nullptr;
    std::size_t bestDistance = std::max<std::size_t>(2, text.size() / 3) + 1;
    for (const std::string& word : known) {
        const std::size_t distance = word.starts_with(text) ? 0 : editDistance(text, word);
        if (distance < bestDistance && distance < word.size()) {
            best = &word;
            bestDistance = distance;
        }
    }
    return best == nullptr ? std::string() : " (did you mean " + *best + "?)";
}

std::string joined(const std::vector<std::string>& words, std::string_view separator)
{
    std::string text;
    for (const std::string& word : words) {
        if (!text.empty())
            text += separator;
        text += word;
    }
    return text;
}

}  // namespace posbias::app
