// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// JSON as a flat list of paths and values, in the order of the text: what checking every key needs.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace posbias {

inline constexpr std::size_t largestJson = std::size_t{16} << 20;
/// The member of a file that may have many more values than an experiment.
inline constexpr std::string_view figuresKey = "figures";

enum class JsonType { Null, Boolean, Number, Text, Object, List };

struct JsonEntry {
    std::string path;  ///< "schemes.1.buckets"; empty for the outermost value. Odd keys are in quotes.
    JsonType type = JsonType::Null;
    std::variant<std::int64_t, double, std::string> value;  ///< of a number or text
    std::size_t size = 0;                                   ///< of a list
    bool truth = false;                                     ///< of a boolean
    std::string key;                                        ///< of a member of an object, as it is written
    std::size_t end = 0;                                    ///< where the entry stands that follows all inside this one
};

/// Throws InputError, naming `source`, on a syntax error (with line and column), a duplicate key (its path), text that
/// is not UTF-8, a number no double can hold, and texts too large or too deeply nested to be an experiment.
std::vector<JsonEntry> readJsonEntries(std::string_view text, const std::string& source);

/// A text in quotes, as JSON has it; bytes that are not UTF-8 are replaced.
std::string jsonText(std::string_view text);
/// Of a number; nothing for other types.
std::optional<double> numberIn(const JsonEntry& entry);
/// What an error message says was found: "null", "5", "the text \"on\"", "an object".
std::string foundText(const JsonEntry& entry);

}  // namespace posbias
