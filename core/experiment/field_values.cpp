// SPDX-License-Identifier: GPL-3.0-or-later
// Checking one field's value, and the words that tell a person what is wrong with it.
#include "core/base/error.h"
#include "core/experiment/bound_fields.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace posbias {

namespace {

bool isInRange(const FieldDescription& field, double value)
{
    return std::isfinite(value) && value <= field.max && (field.minExcluded ? value > field.min : value >= field.min);
}

/// Every integer field's limits are whole numbers within 2^53.
bool isInRange(const FieldDescription& field, std::int64_t value)
{
    return value >= static_cast<std::int64_t>(field.min) && value <= static_cast<std::int64_t>(field.max);
}

std::string allowedText(const FieldDescription& field)
{
    if (field.type == FieldType::Text)
        return "text of at most " + plainNumber(field.max) + " characters without control characters";
    if (field.type == FieldType::Choice) {
        std::vector<std::string> ids;
        for (const FieldChoice& choice : field.choices)
            ids.push_back(quotedText(choice.id));
        return listText(ids, "or");
    }
    const std::string kind = field.type == FieldType::Integer ? "a whole number" : "a number";
    if (field.minExcluded)
        return kind + " above " + plainNumber(field.min) + ", up to " + plainNumber(field.max);
    return kind + " from " + plainNumber(field.min) + " to " + plainNumber(field.max);
}

std::string foundText(const FieldDescription& field, const FieldValue& value)
{
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        return std::to_string(*whole);
    if (const auto* real = std::get_if<double>(&value))
        return numberText(*real);
    const std::string quoted = quotedText(std::get<std::string>(value));
    const bool isNumber = field.type == FieldType::Integer || field.type == FieldType::Real;
    return isNumber ? "the text " + quoted : quoted;
}

std::optional<FieldValue> acceptedInteger(const FieldDescription& field, const FieldValue& value)
{
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        return isInRange(field, *whole) ? std::optional<FieldValue>(*whole) : std::nullopt;
    const auto* real = std::get_if<double>(&value);
    if (!real || !isInRange(field, *real) || std::trunc(*real) != *real)
        return std::nullopt;
    return static_cast<std::int64_t>(*real);
}

std::optional<FieldValue> acceptedReal(const FieldDescription& field, const FieldValue& value)
{
    if (std::holds_alternative<std::string>(value))
        return std::nullopt;
    const double real = std::holds_alternative<double>(value) ? std::get<double>(value)
                                                              : static_cast<double>(std::get<std::int64_t>(value));
    return isInRange(field, real) ? std::optional<FieldValue>(real) : std::nullopt;
}

}  // namespace

std::optional<FieldValue> acceptedValue(const FieldDescription& field, const FieldValue& value)
{
    if (field.type == FieldType::Integer)
        return acceptedInteger(field, value);
    if (field.type == FieldType::Real)
        return acceptedReal(field, value);
    const auto* text = std::get_if<std::string>(&value);
    if (!text)
        return std::nullopt;
    const bool accepted = field.type == FieldType::Text
                              ? isPlainText(*text, field.max)
                              : std::any_of(field.choices.begin(), field.choices.end(),
                                            [&](const FieldChoice& c) { return c.id == *text; });
    return accepted ? std::optional<FieldValue>(*text) : std::nullopt;
}

FieldValue checkedValue(const FieldDescription& field, const FieldValue& value)
{
    if (auto accepted = acceptedValue(field, value))
        return *std::move(accepted);
    refuseValue(field, foundText(field, value));
}

void refuseValue(const FieldDescription& field, const std::string& found)
{
    throw InputError(field.path, field.path + " is " + found + "; it must be " + allowedText(field));
}

std::string numberText(double value)
{
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

std::string plainNumber(double value)
{
    const bool whole = std::abs(value) <= 9007199254740992.0 && std::trunc(value) == value;
    return whole ? std::to_string(static_cast<std::int64_t>(value)) : numberText(value);
}

bool isPlainText(std::string_view text, double longest)
{
    const auto count = characterCount(text);
    if (!count || static_cast<double>(*count) > longest)
        return false;
    for (std::size_t i = 0; i < text.size(); i += utf8Size(text.substr(i)))
        if (startsWithControl(text.substr(i)))
            return false;
    return true;
}

std::string listText(const std::vector<std::string>& items, std::string_view lastWord)
{
    std::string list;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0)
            list += i + 1 < items.size() ? ", " : ' ' + std::string(lastWord) + ' ';
        list += items[i];
    }
    return list;
}

}  // namespace posbias
