// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What was understood of a table of document lengths, in words, before it is used.

#include "core/io/length_list.h"

#include <QString>

#include <utility>
#include <vector>

namespace posbias::ui {

/// Which column is which: "Lengths are in the column “tokens”, numbers of documents in “n”." With what else the reader
/// should look at: columns that were not used, an encoding that was guessed.
QString lengthTableSentence(const LengthTable& table);
/// Names and numbers: rows, documents, shortest, median, longest.
std::vector<std::pair<QString, QString>> lengthTableFacts(const LengthTable& table);

}  // namespace posbias::ui
