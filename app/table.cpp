// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/table.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <limits>

namespace posbias::app {

namespace {

void appendTsvText(std::string& text, std::string_view value)
{
    for (const char c : value)
        text += c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
}

void appendJsonText(std::string& text, std::string_view value)
{
    constexpr std::string_view digits = "0123456789abcdef";
    text += '"';
    for (const char c : value) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            text += '\\';
            text += c;
        } else if (code < 0x20) {
            text += "\\u00";
            text += digits[code >> 4U];
            text += digits[code & 15U];
        } else {
            text += c;
        }
    }
    text += '"';
}

template <typename Number>
void appendShortest(std::string& text, Number value)
{
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    text.append(digits, end);
}

Cell offsetCell(std::int64_t offset)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (offset == toInfinity)
        return infinity;
    if (offset == fromInfinity)
        return -infinity;
    return offset;
}

}  // namespace

void appendNumber(std::string& text, double value)
{
    appendShortest(text, value);
}

void appendNumber(std::string& text, std::int64_t value)
{
    appendShortest(text, value);
}

void appendCell(std::string& text, const Cell& cell)
{
    if (const auto* whole = std::get_if<std::int64_t>(&cell))
        appendNumber(text, *whole);
    else if (const auto* real = std::get_if<double>(&cell))
        appendNumber(text, *real);
    else if (const auto* words = std::get_if<std::string_view>(&cell))
        appendTsvText(text, *words);
}

std::pair<Cell, Cell> offsetCells(const ParameterTable& table, std::int64_t parameter)
{
    const Segment offsets = table.offsetsOf(parameter);
    if (offsets.last < offsets.first)
        return {};
    return {offsetCell(offsets.first), offsetCell(offsets.last)};
}

Table::Table(TableFormat format, const std::vector<std::string>& columns)
    : m_format(format), m_lastReals(columns.size())
{
    for (const std::string& column : columns) {
        if (format == TableFormat::Tsv) {
            m_line += m_line.empty() ? "" : "\t";
            m_line += column;
        } else {
            std::string key = m_keys.empty() ? "{" : ", ";
            appendJsonText(key, column);
            m_keys.push_back(key + ": ");
        }
    }
    m_output.write(format == TableFormat::Tsv ? m_line + "\n" : "[");
}

void Table::row(std::span<const Cell> cells)
{
    m_line.clear();
    if (m_format == TableFormat::Tsv)
        appendTsv(cells);
    else
        appendJson(cells);
    m_output.write(m_line);
    m_first = false;
}

void Table::appendReal(std::size_t column, double value)
{
    LastReal& last = m_lastReals[column];
    if (std::bit_cast<std::uint64_t>(value) != std::bit_cast<std::uint64_t>(last.value)) {
        last.value = value;
        last.text.clear();
        appendNumber(last.text, value);
    }
    m_line += last.text;
}

void Table::appendTsv(std::span<const Cell> cells)
{
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0)
            m_line += '\t';
        if (const auto* real = std::get_if<double>(&cells[i]))
            appendReal(i, *real);
        else
            appendCell(m_line, cells[i]);
    }
    m_line += '\n';
}

void Table::appendJson(std::span<const Cell> cells)
{
    m_line += m_first ? "\n" : ",\n";
    for (std::size_t i = 0; i < cells.size(); ++i) {
        m_line += m_keys[i];
        const auto* real = std::get_if<double>(&cells[i]);
        if (const auto* whole = std::get_if<std::int64_t>(&cells[i]))
            appendNumber(m_line, *whole);
        else if (real != nullptr && std::isfinite(*real))
            appendReal(i, *real);
        else if (const auto* text = std::get_if<std::string_view>(&cells[i]))
            appendJsonText(m_line, *text);
        else
            m_line += "null";
    }
    m_line += '}';
}

void Table::finish()
{
    if (m_format == TableFormat::Json)
        m_output.write(m_first ? "]\n" : "\n]\n");
    m_output.flush();
}

}  // namespace posbias::app
