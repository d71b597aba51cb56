// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What sub-commands print: a table, as tab-separated values with a header row or as a JSON array of objects.

#include "app/output.h"
#include "core/schemes/parameter_table.h"

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace posbias::app {

enum class TableFormat { Tsv, Json };

/// Nothing, a whole number, a real number or text. JSON has no infinity: it is null there, as is nothing.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string_view>;

/// The shortest text that reads back to the same number; "inf" and "-inf".
void appendNumber(std::string& text, double value);
void appendNumber(std::string& text, std::int64_t value);
/// As in a tab-separated table.
void appendCell(std::string& text, const Cell& cell);

/// The first and last offset that use a parameter: infinite where open, nothing for a dead parameter.
std::pair<Cell, Cell> offsetCells(const ParameterTable& table, std::int64_t parameter);

/// Streams: a row is gone once written, so that a table may have millions.
class Table {
public:
    Table(TableFormat format, const std::vector<std::string>& columns);
    void row(std::span<const Cell> cells);
    void row(std::initializer_list<Cell> cells) { row(std::span(cells.begin(), cells.size())); }
    void finish();

private:
    void appendTsv(std::span<const Cell> cells);
    void appendJson(std::span<const Cell> cells);
    void appendReal(std::size_t column, double value);

    TableFormat m_format;
    Output m_output;
    std::vector<std::string> m_keys;  ///< JSON: what stands before each value
    std::string m_line;
    /// A column's last real number as text: biases stay the same over long runs of offsets.
    struct LastReal {
        double value = 0.0;
        std::string text = "0";
    };
    std::vector<LastReal> m_lastReals;
    bool m_first = true;
};

}  // namespace posbias::app
