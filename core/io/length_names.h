// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What columns of tables with document lengths are called.

#include <string>
#include <string_view>

namespace posbias {

enum class ColumnRole {
    Length,      ///< of a document, in tokens or words
    Count,       ///< of documents
    RowName,     ///< no name, or one that programs give to what had none: row numbers, or the values that were counted
    Value,       ///< the values that were counted, or any others: "Var1", "x"
    Identifier,  ///< of a document, or a text of its own: "id", "title"
    Year,        ///< of a document, where the numbers are years
    Irrelevant,  ///< known to be neither a length nor a count: "label", "rank"
    Share,       ///< of all documents: "proportion", "%"
    Cumulative,  ///< running sums
    Statistic,   ///< which quantile or other statistic a number is: "quantile", "percentile"
    Unknown
};

/// Letters' case, spaces and marks do not matter: "Seq. Len" is "seqlen".
ColumnRole columnRole(std::string_view name);
/// "len", as Polars calls what it counted, though others call lengths so.
bool mayNameCounts(std::string_view lengthName);
/// Whether the only column of a table may: "length", "text_len", no "id", "log2_length" or "bytes".
bool mayHoldLengths(std::string_view name, ColumnRole role);
/// "tokens", "n_words": of one document, or of many together.
bool mayNameTotals(std::string_view lengthName);
/// "total_tokens".
bool namesTotals(std::string_view lengthName);
/// "token": a length, or which token it is.
bool namesOneToken(std::string_view lengthName);
/// "n", "num": numbers of documents, or of rows.
bool mayNumberRows(std::string_view countName);
/// "total", "Grand Total", "Summe": of a row that sums the others up.
bool namesSum(std::string_view cell);
/// "mean", "Min.", "1st Qu.", "25%": of a row of a summary, as describe() and summary() write it.
bool namesStatistic(std::string_view cell);

}  // namespace posbias
