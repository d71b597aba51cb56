// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/json_node.h"

#include "core/base/edit_distance.h"
#include "core/base/error.h"
#include "core/experiment/value_text.h"

#include <cmath>

namespace posbias {

std::vector<JsonNode> JsonNode::inside() const
{
    std::vector<JsonNode> nodes;
    for (std::size_t k = m_index + 1; k < entry().end; k = (*m_entries)[k].end)
        nodes.emplace_back(*m_entries, k);
    return nodes;
}

std::vector<JsonNode> JsonNode::members() const
{
    if (entry().type != JsonType::Object)
        refuse("an object");
    return inside();
}

std::vector<JsonNode> JsonNode::elements(std::size_t most) const
{
    if (entry().type != JsonType::List)
        refuse("a list");
    if (entry().size > most)
        throw InputError(path(), path() + " has " + std::to_string(entry().size) + " entries; it must have at most " +
                                     std::to_string(most));
    return inside();
}

std::string JsonNode::text() const
{
    if (entry().type != JsonType::Text)
        refuse("a text");
    return std::get<std::string>(entry().value);
}

double JsonNode::number() const
{
    if (const auto value = numberIn(entry()))
        return *value;
    refuse("a number");
}

std::int64_t JsonNode::whole() const
{
    constexpr double exact = 9007199254740992.0;  // 2^53
    if (entry().type == JsonType::Number) {
        if (const auto* value = std::get_if<std::int64_t>(&entry().value))
            return *value;
        const double value = std::get<double>(entry().value);
        if (std::abs(value) <= exact && std::trunc(value) == value)
            return static_cast<std::int64_t>(value);
    }
    refuse("a whole number");
}

bool JsonNode::truth() const
{
    if (entry().type != JsonType::Boolean)
        refuse("true or false");
    return entry().truth;
}

void JsonNode::refuse(const std::string& allowed) const
{
    throw InputError(path(), path() + " is " + foundText(entry()) + "; it must be " + allowed);
}

void refuseUnknownKey(const JsonNode& member, const JsonNode& object, const std::vector<std::string>& known)
{
    const std::string& key = member.key();
    std::string message = member.path() + " is unknown";
    std::size_t least = std::min<std::size_t>(2, (key.size() + 1) / 3) + 1;
    std::string nearest;
    for (const std::string& candidate : known) {
        const std::size_t distance = key.size() > 100 ? key.size() : editDistance(key, candidate);
        if (distance < least) {
            least = distance;
            nearest = candidate;
        }
    }
    if (!nearest.empty())
        message += "; did you mean " + nearest + "?";
    else
        message += "; in " + object.path() + " there " + (known.size() == 1 ? "is " : "are ") + listText(known, "and");
    throw InputError(member.path(), message);
}

void refuseMissingKey(const JsonNode& object, std::string_view key)
{
    const std::string path = object.path() + '.' + std::string(key);
    throw InputError(path, path + " is missing");
}

std::string bracketed(char open, const std::vector<std::string>& items, char close, std::size_t indent)
{
    const std::string line = indent == 0 ? "" : '\n' + std::string(indent, ' ');
    std::string text(1, open);
    for (std::size_t k = 0; k < items.size(); ++k)
        text += (k == 0 ? line : indent == 0 ? ", " : ',' + line) + items[k];
    if (indent > 0)
        text += '\n' + std::string(indent - 2, ' ');
    return text + close;
}

}  // namespace posbias
