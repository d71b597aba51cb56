// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What columns of tables with document lengths are called.

#include <string>
#include <string_view>

namespace posbias {

enum class ColumnRole {
    Length,     ///< of a document, in tokens or words
    Count,      ///< of documents
    RowName,    ///< no name, or one that programs give to what had none: row numbers, or the values that were counted
    Value,      ///< the values that were counted, or any others: "Var1", "x"
    Irrelevant, ///< known to be neither: "id", "title"
    Unknown
};

/// Letters' case, spaces and marks do not matter: "Seq. Len" is "seqlen".
ColumnRole columnRole(std::string_view name);
/// "total", "Grand Total", "Summe": of a row that sums the others up.
bool namesSum(std::string_view cell);

}  // namespace posbias
