// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/scheme_fields.h"

#include "app/arguments.h"
#include "app/table.h"

#include <cctype>
#include <cmath>
#include <utility>

namespace posbias::app {

namespace {

template <std::size_t... Index>
std::vector<Scheme> oneOfEach(std::index_sequence<Index...>)
{
    return {Scheme(std::in_place_index<Index>)...};
}

/// Breaks lines at spaces, before column 72.
std::string wrapped(std::string text)
{
    constexpr std::size_t width = 72;
    for (std::size_t begin = 0; text.size() - begin > width;) {
        const std::size_t space = text.rfind(' ', begin + width);
        if (space == std::string::npos || space <= begin)
            break;
        text[space] = '\n';
        begin = space + 1;
    }
    return text;
}

std::string numberText(double value)
{
    std::string text;
    if (std::abs(value) < 1e15 && value == std::floor(value))
        appendNumber(text, static_cast<std::int64_t>(value));
    else
        appendNumber(text, value);
    return text;
}

}  // namespace

std::vector<Scheme> defaultSchemes()
{
    return oneOfEach(std::make_index_sequence<std::variant_size_v<Scheme>>());
}

std::vector<std::string> schemeIds()
{
    std::vector<std::string> ids;
    for (const SchemeInfo& info : schemeInfos())
        ids.emplace_back(info.id);
    return ids;
}

std::string defaultText(const FieldDescription& field)
{
    if (const auto* text = std::get_if<std::string>(&field.defaultValue))
        return *text;
    if (const auto* whole = std::get_if<std::int64_t>(&field.defaultValue))
        return std::to_string(*whole);
    return numberText(std::get<double>(field.defaultValue));
}

std::string rangeText(const FieldDescription& field)
{
    if (field.type == FieldType::Text)
        return "text";
    if (field.type != FieldType::Choice)
        return (field.minExcluded ? "above " : "") + numberText(field.min) + " to " + numberText(field.max);
    std::vector<std::string> ids;
    for (const FieldChoice& choice : field.choices)
        ids.push_back(choice.id);
    return joined(ids, "|");
}

std::string optionName(const std::string& key)
{
    std::string name = "--";
    for (const char c : key) {
        const auto code = static_cast<unsigned char>(c);
        if (std::isupper(code) != 0)
            name += '-';
        name += c == '.' ? '-' : static_cast<char>(std::tolower(code));
    }
    return name;
}

std::string optionHelp(const FieldDescription& field)
{
    const std::string range = field.type == FieldType::Choice ? "" : rangeText(field) + ", ";
    return wrapped(field.help) + "\n" + range + "default " + defaultText(field);
}

}  // namespace posbias::app
