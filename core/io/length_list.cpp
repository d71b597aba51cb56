// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/length_list.h"

#include "core/base/error.h"
#include "core/experiment/listed_lengths.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace posbias {

namespace {

constexpr std::size_t mostBytes = std::size_t{1} << 28;
constexpr std::size_t mostCharacters = 1'000'000;  // of ListedLengths::counts
constexpr std::array<std::string_view, 4> lengthNames{"length", "lengths", "tokens", "words"};
constexpr std::array<std::string_view, 4> countNames{"count", "counts", "documents", "number"};

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\r";
    const std::size_t first = text.find_first_not_of(space);
    return first == std::string_view::npos ? std::string_view{}
                                           : text.substr(first, text.find_last_not_of(space) - first + 1);
}

bool isNumber(std::string_view cell)
{
    double value = 0.0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    return end != cell.data() && end == cell.data() + cell.size();
}

std::string lower(std::string_view text)
{
    std::string result(text);
    for (char& c : result)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

/// Cells of a line; quotes keep a separator inside a cell.
class CellSplitter {
public:
    /// The separator is the first of tab, semicolon and comma that the table's first line has.
    explicit CellSplitter(std::string_view firstLine)
    {
        for (const char separator : {'\t', ';', ','}) {
            m_separator = separator;
            split(firstLine);
            if (m_cells.size() > 1)
                break;
        }
    }

    const std::vector<std::string_view>& split(std::string_view line)
    {
        m_cells.clear();
        std::size_t begin = 0;
        bool quoted = false;
        for (std::size_t k = 0; k <= line.size(); ++k) {
            if (k < line.size() && line[k] == '"')
                quoted = !quoted;
            if (k < line.size() && (quoted || line[k] != m_separator))
                continue;
            m_cells.push_back(unquoted(trimmed(line.substr(begin, k - begin))));
            begin = k + 1;
        }
        return m_cells;
    }

private:
    static std::string_view unquoted(std::string_view cell)
    {
        const bool quoted = cell.size() >= 2 && cell.front() == '"' && cell.back() == '"';
        return quoted ? trimmed(cell.substr(1, cell.size() - 2)) : cell;
    }

    char m_separator = ',';
    std::vector<std::string_view> m_cells;
};

class LengthTable {
public:
    LengthTable(std::string name, std::string_view text) : m_name(std::move(name)), m_rest(text)
    {
        if (m_rest.starts_with("\xef\xbb\xbf"))
            m_rest.remove_prefix(3);
    }

    ListedLengths read()
    {
        std::optional<CellSplitter> splitter;
        while (const auto line = nextLine()) {
            if (trimmed(*line).empty())
                continue;
            if (!splitter) {
                splitter.emplace(*line);
                if (readHeader(splitter->split(*line)))
                    continue;
            }
            readRow(splitter->split(*line));
        }
        if (m_counts.empty())
            throw InputError(m_name, m_name + " has no document lengths; expected one whole number for each line, or a "
                                              "table with a column 'length'");
        return listed();
    }

private:
    [[noreturn]] void refuse(const std::string& what) const
    {
        throw InputError(m_name, m_name + ", line " + std::to_string(m_line) + ": " + what);
    }

    static std::string shown(std::string_view cell)
    {
        constexpr std::size_t longest = 40;
        if (cell.empty())
            return "nothing";
        return '\'' + std::string(cell.substr(0, longest)) + (cell.size() > longest ? "..." : "") + '\'';
    }

    std::optional<std::string_view> nextLine()
    {
        if (m_rest.empty())
            return std::nullopt;
        ++m_line;
        const std::size_t end = std::min(m_rest.find('\n'), m_rest.size());
        const std::string_view line = m_rest.substr(0, end);
        m_rest.remove_prefix(std::min(end + 1, m_rest.size()));
        return line;
    }

    /// False: the first line is data already.
    bool readHeader(const std::vector<std::string_view>& cells)
    {
        m_columns = cells.size();
        if (std::ranges::any_of(cells, isNumber)) {
            if (cells.size() > 1)
                refuse(std::to_string(cells.size()) + " columns without a header row; name one of them 'length' and, "
                       "where there is one, the number of documents 'count'");
            return false;
        }
        if (cells.size() == 1 && cells[0].find_first_of("0123456789-+.") == 0)
            return false;  // meant as a number: refused as one
        const auto column = [&](const auto& names) -> std::optional<std::size_t> {
            for (std::size_t k = 0; k < cells.size(); ++k)
                if (std::ranges::find(names, lower(cells[k])) != names.end())
                    return k;
            return std::nullopt;
        };
        const std::optional<std::size_t> length = column(lengthNames);
        if (!length && cells.size() > 1)
            refuse("no column is called 'length', 'tokens' or 'words'");
        m_lengthColumn = length.value_or(0);
        m_countColumn = cells.size() > 1 ? column(countNames) : std::nullopt;
        return true;
    }

    std::int64_t number(std::string_view cell, const char* what, std::int64_t least, std::int64_t most) const
    {
        std::int64_t value = 0;
        const char* const end = cell.data() + cell.size();
        const auto [stop, error] = std::from_chars(cell.data(), end, value);
        if (error == std::errc::invalid_argument || stop != end)
            refuse("the " + std::string(what) + " is " + shown(cell) + "; it must be a whole number");
        if (error != std::errc{} || value < least || value > most)
            refuse("the " + std::string(what) + " is " + std::string(cell.substr(0, 40)) + "; it must be from "
                   + std::to_string(least) + " to " + std::to_string(most));
        return value;
    }

    void readRow(const std::vector<std::string_view>& cells)
    {
        if (cells.size() != m_columns)
            refuse(std::to_string(cells.size()) + (cells.size() == 1 ? " cell" : " cells") + " in a table of "
                   + std::to_string(m_columns) + (m_columns == 1 ? " column" : " columns"));
        const std::int64_t length = number(cells[m_lengthColumn], "length", 1, maxLength);
        const std::int64_t documents =
            m_countColumn ? number(cells[*m_countColumn], "number of documents", 0, mostListedDocuments) : 1;
        if (documents > 0)
            m_counts.push_back({length, documents});
    }

    /// Each length once.
    ListedLengths listed()
    {
        std::ranges::sort(m_counts, {}, &CountedLength::length);
        std::vector<CountedLength> merged;
        for (const CountedLength& count : m_counts) {
            if (merged.empty() || merged.back().length != count.length)
                merged.push_back(count);
            else
                merged.back().documents += count.documents;
            if (merged.back().documents > mostListedDocuments)
                throw InputError(m_name, m_name + ": more than " + std::to_string(mostListedDocuments)
                                             + " documents have length " + std::to_string(count.length));
        }
        ListedLengths lengths = listedLengths(merged);
        if (lengths.counts.size() > mostCharacters)
            throw InputError(m_name, m_name + " has " + std::to_string(merged.size())
                                         + " distinct lengths, more than an experiment can hold (about 100000); "
                                           "round them, for example to multiples of 16");
        return lengths;
    }

    std::string m_name;
    std::string_view m_rest;
    std::size_t m_line = 0;
    std::size_t m_columns = 1, m_lengthColumn = 0;
    std::optional<std::size_t> m_countColumn;
    std::vector<CountedLength> m_counts;
};

std::string textOf(const std::filesystem::path& file)
{
    const std::string name = file.string();
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored))
        throw InputError(name, name + " is a directory, not a table of document lengths");
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        throw InputError(name, "cannot open " + name + ": " + std::strerror(errno));
    std::string text;
    std::vector<char> block(std::size_t{1} << 20);
    do {
        stream.read(block.data(), static_cast<std::streamsize>(block.size()));
        text.append(block.data(), static_cast<std::size_t>(stream.gcount()));
        if (text.size() > mostBytes)
            throw InputError(name, name + " is larger than " + std::to_string(mostBytes >> 20)
                                       + " MiB; count its lengths first, in a table with the columns 'length' and "
                                         "'count'");
    } while (stream);
    if (stream.bad())
        throw InputError(name, "cannot read " + name + ": " + std::strerror(errno));
    return text;
}

}  // namespace

ListedLengths readLengths(const std::filesystem::path& file)
{
    const std::string text = textOf(file);
    return LengthTable(file.string(), text).read();
}

}  // namespace posbias
