// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Document lengths that were counted elsewhere, from a table of text.

#include "core/experiment/experiment.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace posbias {

/// What a table was understood to say.
struct LengthTable {
    ListedLengths lengths;
    std::int64_t rows = 0;       ///< read, headings apart
    std::int64_t documents = 0;  ///< of all lengths
    std::int64_t smallest = 0, largest = 0;
    std::int64_t median = 0;  ///< of documents; of an even number the lower one in the middle
    /// As the table names them: "length", "COUNT(*)". Empty: it has no names, or that column none.
    std::string lengthColumn, countColumn;
    bool counted = false;  ///< a column tells how many documents have each length
    bool guessed = false;  ///< which column is which follows from its numbers, not from the names alone
    std::vector<std::string> otherColumns;  ///< that were not used
    std::string_view encoding = "UTF-8";
    bool compressed = false;
};

/// One length for each line, with or without a heading; or a table with a header row: a column of lengths ("length",
/// "n_tokens", "seq_len", "words", ...) and, where there is one, of numbers of documents ("count", "n", "Freq",
/// "COUNT(*)", ...), in any case and spelling. Cells are separated by tabs, semicolons, commas, vertical lines or blanks,
/// may be in quotes, and lines that begin with # are comments. What pandas' value_counts, R's table, `uniq -c`, SQL
/// shells and spreadsheets write is known; summaries, quantiles and shares of documents are refused as such. Whole numbers may be written 512, 512.0, "512,0" or 5.12e+02.
/// Throws InputError naming the file, the line, and in quotes what was found there; also where two readings are
/// possible, with both and the way to say which.
LengthTable readLengthTable(const std::filesystem::path& file);

}  // namespace posbias
