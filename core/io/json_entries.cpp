// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/json_entries.h"

#include "core/base/error.h"
#include "core/experiment/bound_fields.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <set>

namespace posbias {

namespace {

using Json = nlohmann::json;

constexpr std::size_t deepestNesting = 16;
constexpr std::size_t mostEntries = 10'000;         // an experiment of 26 schemes has about 150
constexpr std::size_t mostFigureEntries = 200'000;  // a figure with panels and annotations of its own has about 100

/// "line 3, column 14", both from 1; columns count characters (bytes, where a line is not UTF-8).
std::string placeOf(std::string_view text, std::size_t index)
{
    const std::string_view before = text.substr(0, std::min(index, text.size()));
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t start = before.rfind('\n') + 1;
    const std::string_view lineBefore = before.substr(start);
    const std::size_t column = characterCount(lineBefore).value_or(lineBefore.size()) + 1;
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

/// The parser's own reason without its bookkeeping ("[json.exception...] parse error at line 1, column 2: ") and
/// without the text it quotes, which may be anything.
std::string reasonOf(const std::string& what)
{
    const std::size_t colon = what.find(": ");
    const std::size_t bracket = what.find("] ");
    const std::size_t start = colon != std::string::npos ? colon + 2 : bracket != std::string::npos ? bracket + 2 : 0;
    std::size_t end = what.find("; last read", start);
    const std::size_t expected = what.rfind("; expected ");
    std::string reason = what.substr(start, end == std::string::npos ? end : end - start);
    if (end != std::string::npos && expected != std::string::npos && expected > end)
        reason += what.substr(expected);
    const std::string_view prefix = "syntax error while parsing ";
    const std::size_t dash = reason.find(" - ");
    if (reason.starts_with(prefix) && dash != std::string::npos)
        reason = reason.substr(dash + 3);
    return reason;
}

InputError syntaxError(std::string_view text, const std::string& source, std::size_t index, const std::string& reason)
{
    return {source, source + " is not valid JSON at " + placeOf(text, index) + ": " + reason};
}

bool isPlainKey(std::string_view key)
{
    return !key.empty() && key.size() <= 60 && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

class Reader : public nlohmann::json_sax<Json> {
public:
    Reader(std::string_view text, const std::string& source) : m_text(text), m_source(source) {}

    std::vector<JsonEntry> entries;

    bool null() override { return add(JsonType::Null), true; }
    bool boolean(bool value) override { return add(JsonType::Boolean).truth = value, true; }
    bool number_integer(std::int64_t value) override { return add(JsonType::Number).value = value, true; }
    bool number_unsigned(std::uint64_t value) override
    {
        JsonEntry& entry = add(JsonType::Number);
        if (value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            entry.value = static_cast<std::int64_t>(value);
        else
            entry.value = static_cast<double>(value);
        return true;
    }
    bool number_float(double value, const std::string&) override { return add(JsonType::Number).value = value, true; }
    bool string(std::string& value) override { return add(JsonType::Text).value = value, true; }
    bool binary(Json::binary_t&) override { return false; }

    bool start_object(std::size_t) override { return open(JsonType::Object); }
    bool start_array(std::size_t) override { return open(JsonType::List); }
    bool end_object() override { return close(); }
    bool end_array() override
    {
        entries[m_open.back().entry].size = m_open.back().count;
        return close();
    }

    bool key(std::string& key) override
    {
        Level& level = m_open.back();
        level.writtenKey = key;
        level.key = isPlainKey(key) ? key : quotedText(key);
        if (!level.keys.insert(key).second) {
            const std::string path = pathOfNext();
            throw InputError(path, m_source + ": " + path + " is there twice");
        }
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) override
    {
        throw syntaxError(m_text, m_source, position == 0 ? 0 : position - 1, reasonOf(error.what()));
    }

private:
    struct Level {
        std::size_t entry = 0;       ///< of the object or list itself
        std::size_t count = 0;       ///< elements so far, of a list
        std::string key;             ///< the current one, of an object, as paths show it
        std::string writtenKey;      ///< as it is in the text
        std::set<std::string> keys;  ///< all so far, of an object
    };

    std::string pathOfNext() const
    {
        if (m_open.empty())
            return {};
        const Level& level = m_open.back();
        const JsonEntry& owner = entries[level.entry];
        const std::string last = owner.type == JsonType::List ? std::to_string(level.count) : level.key;
        return owner.path.empty() ? last : owner.path + '.' + last;
    }

    void checkRoom()
    {
        const bool inFigures = m_open.size() > 1 && m_open.front().key == figuresKey;
        const std::size_t most = inFigures ? mostFigureEntries : mostEntries;
        if (++(inFigures ? m_figureEntries : m_otherEntries) > most)
            throw InputError(m_source, m_source + " has more than " + std::to_string(most) + " values" +
                                           (inFigures ? " in its figures" : "") + "; it is no PosBias experiment");
    }

    JsonEntry& add(JsonType type)
    {
        checkRoom();
        std::string path = pathOfNext();
        if (!m_open.empty())
            ++m_open.back().count;
        JsonEntry& entry = entries.emplace_back();
        entry.path = std::move(path);
        entry.type = type;
        entry.end = entries.size();
        if (!m_open.empty())
            entry.key = m_open.back().writtenKey;
        return entry;
    }

    bool close()
    {
        entries[m_open.back().entry].end = entries.size();
        m_open.pop_back();
        return true;
    }

    bool open(JsonType type)
    {
        if (m_open.size() == deepestNesting)
            throw InputError(m_source, m_source + " nests deeper than " + std::to_string(deepestNesting) +
                                           " levels; it is no PosBias experiment");
        add(type);
        Level& level = m_open.emplace_back();
        level.entry = entries.size() - 1;
        return true;
    }

    std::string_view m_text;
    const std::string& m_source;
    std::vector<Level> m_open;
    std::size_t m_figureEntries = 0, m_otherEntries = 0;
};

}  // namespace

std::vector<JsonEntry> readJsonEntries(std::string_view text, const std::string& source)
{
    if (text.size() > largestJson)
        throw InputError(source, source + " is larger than 16 MiB; it is no PosBias experiment");
    // The parser takes a zero byte for the end of the text and does not see what follows.
    if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos)
        throw syntaxError(text, source, zero, "a zero byte");
    Reader reader(text, source);
    Json::sax_parse(text.begin(), text.end(), &reader);
    return std::move(reader.entries);
}

std::string jsonText(std::string_view text)
{
    return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<double> numberIn(const JsonEntry& entry)
{
    if (entry.type != JsonType::Number)
        return std::nullopt;
    if (const auto* whole = std::get_if<std::int64_t>(&entry.value))
        return static_cast<double>(*whole);
    return std::get<double>(entry.value);
}

std::string foundText(const JsonEntry& entry)
{
    switch (entry.type) {
    case JsonType::Null: return "null";
    case JsonType::Boolean: return entry.truth ? "true" : "false";
    case JsonType::Number: return numberText(*numberIn(entry));
    case JsonType::Text: return "the text " + quotedText(std::get<std::string>(entry.value));
    case JsonType::Object: return "an object";
    case JsonType::List: return "a list";
    }
    return {};
}

}  // namespace posbias
