// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One value of a JSON text, and the way down to what is inside it. Whatever is not of the wanted type is an InputError
// that names the value's path, what is there and what it must be.

#include "core/io/json_entries.h"

#include <algorithm>
#include <functional>

namespace posbias {

class JsonNode {
public:
    JsonNode(const std::vector<JsonEntry>& entries, std::size_t index) : m_entries(&entries), m_index(index) {}

    const JsonEntry& entry() const { return (*m_entries)[m_index]; }
    const std::string& path() const { return entry().path; }
    const std::string& key() const { return entry().key; }

    std::vector<JsonNode> members() const;                   ///< of an object
    std::vector<JsonNode> elements(std::size_t most) const;  ///< of a list of at most so many
    std::string text() const;
    double number() const;
    std::int64_t whole() const;
    bool truth() const;

    [[noreturn]] void refuse(const std::string& allowed) const;

private:
    std::vector<JsonNode> inside() const;

    const std::vector<JsonEntry>* m_entries;
    std::size_t m_index;
};

/// One key of the objects that describe an Owner.
template <class Owner>
struct JsonKey {
    std::string_view key;
    std::function<void(Owner&, const JsonNode&)> read;
    std::function<std::string(const Owner&)> write;
    std::function<bool(const Owner&)> isDefault;  ///< then it is not written; none: always written, always required
};

[[noreturn]] void refuseUnknownKey(const JsonNode& member, const JsonNode& object,
                                   const std::vector<std::string>& known);
[[noreturn]] void refuseMissingKey(const JsonNode& object, std::string_view key);

/// Reads in the order of `keys`, whatever the text's: a key may rely on those before it.
template <class Owner>
void readKeys(Owner& owner, const JsonNode& object, const std::vector<JsonKey<Owner>>& keys)
{
    const std::vector<JsonNode> members = object.members();
    std::vector<std::string> known;
    for (const auto& key : keys)
        known.emplace_back(key.key);
    for (const JsonNode& member : members)
        if (std::find(known.begin(), known.end(), member.key()) == known.end())
            refuseUnknownKey(member, object, known);
    for (const auto& key : keys) {
        const auto found = std::find_if(members.begin(), members.end(),
                                        [&](const JsonNode& member) { return member.key() == key.key; });
        if (found != members.end())
            key.read(owner, *found);
        else if (!key.isDefault)
            refuseMissingKey(object, key.key);
    }
}

/// `"key": value` of each that is not left out.
template <class Owner>
std::vector<std::string> writtenKeys(const Owner& owner, const std::vector<JsonKey<Owner>>& keys)
{
    std::vector<std::string> members;
    for (const auto& key : keys)
        if (!key.isDefault || !key.isDefault(owner))
            members.push_back('"' + std::string(key.key) + "\": " + key.write(owner));
    return members;
}

/// In one line; with `indent` each item in a line of its own, so far to the right.
std::string bracketed(char open, const std::vector<std::string>& items, char close, std::size_t indent = 0);

}  // namespace posbias
