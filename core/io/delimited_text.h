// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Tables as text: cells between separators, in quotes where they hold separators or line ends (RFC 4180).

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace posbias {

struct TableCell {
    std::string text;  ///< without quotes, and without the spaces around it
    bool quoted = false;
    bool operator==(const TableCell&) const = default;
};

/// One row of a table, which may be several lines of its text.
struct TableRecord {
    std::size_t line = 0;     ///< where it begins, from 1
    std::size_t indent = 0;   ///< spaces before its first cell
    std::string_view source;  ///< as it stands in the text, without its line end
    std::vector<TableCell> cells;
    bool isComment = false;  ///< it begins with # outside quotes; no cells
};

/// Text that is no table: a quote that is never closed, text behind a closing quote. what() is for a person.
class TableSyntaxError : public std::runtime_error {
public:
    TableSyntaxError(std::size_t where, const std::string& what) : std::runtime_error(what), line(where) {}
    std::size_t line;
};

/// Separators: any one character, or
inline constexpr char anyBlanks = ' ';     ///< runs of spaces and tabs, none at either end of a line
inline constexpr char noSeparator = '\0';  ///< a cell for each line

/// Reads a text record by record. Passed over: lines of blanks and separators alone, and the rulers that SQL shells and
/// Markdown draw (-----+-----). With the separator '|' a line may begin and end with it.
/// `text` has "\n" line ends and must live as long as the reader and its records.
class TableReader {
public:
    TableReader(std::string_view text, char separator, std::size_t firstLine = 1)
        : m_text(text), m_separator(separator), m_line(firstLine)
    {
    }
    /// False at the end. Throws TableSyntaxError.
    bool next(TableRecord& record);

private:
    void readRecord(TableRecord& record);
    void readCell(TableCell& cell);
    void readQuoted(TableCell& cell);
    void skipBlanks();
    bool atEnd() const { return m_at >= m_text.size(); }
    bool atCellEnd() const;
    std::string_view restOfLine() const;

    std::string_view m_text;
    char m_separator;
    std::size_t m_at = 0;
    std::size_t m_line;
};

/// What separates the cells of `text`: the first of tab, semicolon, comma, vertical line and blanks that gives every
/// record (of the first few hundred) as many cells as the first, at least two; else the first of them, blanks apart,
/// that the first record has; else none.
char separatorOf(std::string_view text);

}  // namespace posbias
