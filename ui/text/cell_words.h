// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Words for one cell: what the inspector says about it, for a scheme and as a whole.

#include "core/evaluation/explanation.h"
#include "core/figure/figure.h"
#include "ui/text/formula.h"

#include <QString>

#include <vector>

namespace posbias::ui {

/// "Query 850 reads key 150", "offset d = i − j = 700", "189 past the last offset that training saw (511)".
struct CellHeading {
    QString cell, offset, training;
};
CellHeading cellHeading(const Result& result, CellPosition cell);

/// One line of numbers: a name that tests and screen readers know, a label and a value.
struct CellRow {
    QString id;
    QString label;
    QString value;
    bool strong = false;
};
struct CellWords {
    QString title;  ///< "T5 buckets"
    QString pill;   ///< "bucket 31", "untrained"; may be empty
    bool pillWarns = false;
    std::vector<Formula> formulas;  ///< how the parameter was found
    QString origin;                 ///< who shares it, what training gave it
    std::vector<CellRow> rows;
    QString verdict;  ///< "98 × too much"
    bool verdictWarns = false;
};
/// Of a visible cell.
CellWords describeCell(const Result& result, std::size_t scheme, const CellExplanation& cell);

}  // namespace posbias::ui
