// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/delimited_text.h"

#include <algorithm>

namespace posbias {

namespace {

constexpr std::string_view blanks = " \t";
constexpr std::size_t mostExamined = 300;  // records, to find the separator

void trim(std::string& text)
{
    const std::size_t last = text.find_last_not_of(blanks);
    text.resize(last == std::string::npos ? 0 : last + 1);
    text.erase(0, std::min(text.find_first_not_of(blanks), text.size()));
}

bool isRuler(std::string_view line)
{
    return std::ranges::count(line, '-') >= 3 && line.find_first_not_of("-+|=: \t") == std::string_view::npos;
}

bool isEmpty(const TableRecord& record)
{
    return std::ranges::all_of(record.cells, [](const TableCell& c) { return c.text.empty() && !c.quoted; });
}

/// Whether all records could be rows under the first one: as many cells, more that are all empty, or, where names of
/// rows have no heading, one more.
bool suits(std::string_view text, char separator)
{
    TableReader reader(text, separator);
    TableRecord record;
    std::size_t columns = 0, most = 0, rows = 0, named = 0;
    try {
        for (std::size_t k = 0; k < mostExamined && reader.next(record);) {
            if (record.isComment)
                continue;
            ++k;
            std::size_t cells = record.cells.size();
            if (columns == 0) {
                columns = cells;
                continue;
            }
            while (cells > columns && record.cells[cells - 1].text.empty())
                --cells;
            ++rows;
            named += cells == columns + 1;
            most = std::max(most, cells);
            if (cells != columns && cells != columns + 1)
                return false;
        }
    } catch (const TableSyntaxError&) {
        return false;
    }
    return named == 0 ? columns > 1 : named == rows && (columns > 1 || separator == anyBlanks);
}

bool separatesFirst(std::string_view text, char separator)
{
    TableReader reader(text, separator);
    TableRecord record;
    try {
        while (reader.next(record))
            if (!record.isComment)
                return record.cells.size() > 1;
    } catch (const TableSyntaxError&) {
    }
    return false;
}

}  // namespace

bool TableReader::next(TableRecord& record)
{
    while (!atEnd()) {
        const std::string_view line = restOfLine();
        const std::size_t content = std::min(line.find_first_not_of(blanks), line.size());
        record.line = m_line;
        record.indent = content;
        record.isComment = content < line.size() && line[content] == '#';
        if (record.isComment || isRuler(line)) {
            record.source = line;
            record.cells.clear();
            m_at += line.size() + 1;
            ++m_line;
            if (record.isComment)
                return true;
            continue;
        }
        readRecord(record);
        if (!isEmpty(record))
            return true;
    }
    return false;
}

void TableReader::readRecord(TableRecord& record)
{
    const std::size_t begin = m_at;
    std::size_t count = 0;
    const bool framed = m_separator == '|' && record.indent < restOfLine().size() && restOfLine()[record.indent] == '|';
    if (framed)
        m_at += record.indent + 1;
    if (m_separator == anyBlanks)
        skipBlanks();
    for (;;) {
        if (count == record.cells.size())
            record.cells.emplace_back();
        readCell(record.cells[count++]);
        if (m_separator == anyBlanks)
            skipBlanks();
        if (atEnd() || m_text[m_at] == '\n')
            break;
        if (m_separator != anyBlanks)
            ++m_at;
    }
    if (framed && count > 1 && record.cells[count - 1].text.empty())
        --count;
    record.cells.resize(count);
    record.source = m_text.substr(begin, m_at - begin);
    ++m_at;
    ++m_line;
}

void TableReader::readCell(TableCell& cell)
{
    cell.text.clear();
    cell.quoted = false;
    const std::size_t begin = m_at;
    if (m_separator != '\t')
        skipBlanks();
    if (!atEnd() && m_text[m_at] == '"') {
        readQuoted(cell);
        return;
    }
    m_at = begin;
    while (!atCellEnd())
        ++m_at;
    cell.text.assign(m_text.substr(begin, m_at - begin));
    trim(cell.text);
}

void TableReader::readQuoted(TableCell& cell)
{
    const std::size_t opened = m_line;
    cell.quoted = true;
    for (++m_at;; ++m_at) {
        if (atEnd())
            throw TableSyntaxError(opened, "a quote is opened here and never closed");
        if (m_text[m_at] == '"') {
            if (m_at + 1 >= m_text.size() || m_text[m_at + 1] != '"')
                break;
            ++m_at;  // two quotes inside quotes are one
        }
        m_line += m_text[m_at] == '\n';
        cell.text.push_back(m_text[m_at]);
    }
    ++m_at;
    if (m_separator != anyBlanks && m_separator != '\t')
        skipBlanks();
    if (!atCellEnd())
        throw TableSyntaxError(m_line, "text follows a closing quote; inside quotes a quote is written twice");
    trim(cell.text);
}

void TableReader::skipBlanks()
{
    while (!atEnd() && blanks.find(m_text[m_at]) != std::string_view::npos)
        ++m_at;
}

bool TableReader::atCellEnd() const
{
    if (atEnd() || m_text[m_at] == '\n')
        return true;
    return m_separator == anyBlanks ? blanks.find(m_text[m_at]) != std::string_view::npos
                                    : m_separator != noSeparator && m_text[m_at] == m_separator;
}

std::string_view TableReader::restOfLine() const
{
    return m_text.substr(m_at, std::min(m_text.find('\n', m_at), m_text.size()) - m_at);
}

char separatorOf(std::string_view text)
{
    for (const char separator : {'\t', ';', ',', '|', anyBlanks})
        if (suits(text, separator))
            return separator;
    for (const char separator : {'\t', ';', ',', '|'})
        if (separatesFirst(text, separator))
            return separator;
    return noSeparator;
}

}  // namespace posbias
