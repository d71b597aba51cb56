// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/length_list.h"

#include "core/base/error.h"
#include "core/base/quoted_text.h"
#include "core/experiment/listed_lengths.h"
#include "core/io/delimited_text.h"
#include "core/io/length_names.h"
#include "core/io/text_file.h"
#include "core/io/whole_number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace posbias {

namespace {

constexpr std::size_t mostCharacters = 1'000'000;  // of ListedLengths::counts
constexpr TextKind tableKind{"a table of document lengths",
                             "; count its lengths first, in a table with the columns \"length\" and \"count\"",
                             std::size_t{1} << 28, true};

/// What Unicode counts among line ends, and tables do not: U+0085, U+2028, U+2029.
constexpr std::array<std::string_view, 3> rareLineEnds = {"\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9"};

bool hasRareLineEnd(std::string_view text)
{
    return std::ranges::any_of(rareLineEnds,
                               [&](std::string_view end) { return text.find(end) != std::string_view::npos; });
}

/// Where they are the only line ends of a table they are meant as such.
std::string withLineFeeds(std::string text)
{
    if (text.find('\n') < text.size() - 1 || !hasRareLineEnd(text))
        return text;
    std::string changed;
    changed.reserve(text.size());
    for (std::string_view rest = text; !rest.empty();) {
        const auto end =
            std::ranges::find_if(rareLineEnds, [&](std::string_view mark) { return rest.starts_with(mark); });
        changed.push_back(end == rareLineEnds.end() ? rest.front() : '\n');
        rest.remove_prefix(end == rareLineEnds.end() ? 1 : end->size());
    }
    return changed;
}

struct RealNumber {
    double value = 0;
    bool percent = false;
};

/// 0.84, "0,84", 8.4e-1, 84 %.
std::optional<RealNumber> realNumber(std::string text)
{
    RealNumber number;
    if (text.ends_with('%')) {
        number.percent = true;
        text.resize(text.find_last_not_of("% ") + 1);
    }
    if (text.find('.') == std::string::npos)
        std::ranges::replace(text, ',', '.');
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number.value);
    return error == std::errc() && rest == end && std::isfinite(number.value) ? std::optional(number) : std::nullopt;
}

/// As programs write what they do not have.
bool isMissing(std::string_view text)
{
    constexpr std::array<std::string_view, 10> ways = {"", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "-", "."};
    return std::ranges::find(ways, text) != ways.end();
}

/// A column's name and, after a first reading, what its cells have in common.
struct Column {
    std::string name;
    bool quoted = false;  ///< its name
    ColumnRole role = ColumnRole::Unknown;
    bool blank = true;  ///< no cell has anything
    bool whole = true;  ///< all cells are whole numbers, 0 or more
    bool allQuoted = true;
    bool falling = true;                       ///< no number is above the one before it
    bool ascending = true, descending = true;  ///< each whole number is above, or below, the one before it
    bool consecutive = true;                   ///< each is one above the one before it
    std::int64_t first = 0, last = 0, least = 0, most = 0;
    std::size_t seen = 0;
    bool words = false;            ///< some cell has what is no number
    bool negative = false;         ///< some number is below 0
    bool fractional = false;       ///< some number is not whole, or a percentage
    bool percents = true;          ///< all cells are percentages
    double sum = 0, greatest = 0;  ///< of all numbers
    std::size_t statistics = 0;    ///< cells that name one
    std::string statistic{};       ///< the first of them
    bool statisticsDiffer = false;

    void see(const TableCell& cell)
    {
        blank = blank && cell.text.empty();
        allQuoted = allQuoted && cell.quoted;
        seeReal(cell.text);
        const auto number = wholeNumber(cell.text);
        const auto* value = std::get_if<std::int64_t>(&number);
        whole = whole && value && *value >= 0;
        if (!whole)
            return;
        falling = falling && (seen == 0 || *value <= last);
        ascending = ascending && (seen == 0 || *value > last);
        descending = descending && (seen == 0 || *value < last);
        consecutive = consecutive && (seen == 0 || *value == last + 1);
        least = seen == 0 ? *value : std::min(least, *value);
        most = std::max(most, *value);
        if (seen++ == 0)
            first = *value;
        last = *value;
    }
    void seeReal(const std::string& text)
    {
        const std::optional<RealNumber> real = realNumber(text);
        percents = percents && real && real->percent;
        if (real) {
            negative = negative || real->value < 0;
            fractional = fractional || real->percent || real->value != std::floor(real->value);
            sum += real->value;
            greatest = std::max(greatest, real->value);
        } else if (!isMissing(text)) {
            words = true;
        }
        if ((real && !real->percent) || !namesStatistic(text))
            return;
        statisticsDiffer = statisticsDiffer || (statistics > 0 && text != statistic);
        if (statistics++ == 0)
            statistic = text;
    }
    bool countsRowsFrom(std::int64_t start) const { return whole && consecutive && first == start; }
    bool countsRows() const { return countsRowsFrom(0) || countsRowsFrom(1); }
    bool isSorted() const { return whole && (ascending || descending); }
    bool isReal() const { return !blank && !words && !negative && fractional; }
    /// Parts of 1 or of 100, rather than numbers of which one is mistyped.
    bool holdsShares() const
    {
        constexpr double rounding = 0.02;
        return isReal() && (percents || greatest <= 1 || std::abs(sum - 100) <= 100 * rounding);
    }
};

std::string shown(const Column& column)
{
    return column.name.empty() ? "the column without a name" : quotedText(column.name);
}

class TableInterpreter {
public:
    TableInterpreter(std::string name, FileText file) : m_name(std::move(name)), m_file(std::move(file))
    {
        m_file.text = withLineFeeds(std::move(m_file.text));
    }

    LengthTable read()
    {
        try {
            refuseOtherLanguages();
            findSeparator();
            examine();
            chooseColumns();
            readRows();
        } catch (const TableSyntaxError& error) {
            refuse(error.line, error.what());
        }
        describe();
        return std::move(m_table);
    }

private:
    [[noreturn]] void refuse(const std::string& what) const { throw InputError(m_name, m_name + ' ' + what); }
    [[noreturn]] void refuse(std::size_t line, const std::string& what) const
    {
        throw InputError(m_name, m_name + ", line " + std::to_string(line) + ": " + what);
    }

    void refuseOtherLanguages() const
    {
        const std::string_view text = m_file.text;
        const std::string_view start = text.substr(std::min(text.find_first_not_of(" \t\n"), text.size()), 40);
        const std::string_view line = start.substr(0, start.find('\n'));
        const std::size_t inside = start.find_first_not_of(" \t", 1);
        const bool list = start.starts_with('[') && inside != std::string_view::npos &&
                          std::string_view("0123456789-\"{[]\n").find(start[inside]) != std::string_view::npos;
        if (start.starts_with('{') || list)
            refuse("begins with " + quotedText(line) + "; that is JSON, not a table with a length in each line");
        if (start.starts_with('<'))
            refuse("begins with " + quotedText(line) + "; that is HTML or XML, not a table with a length in each line");
    }

    /// Spreadsheets say it in a first line: sep=;
    void findSeparator()
    {
        m_text = m_file.text;
        const std::string_view line = m_text.substr(0, m_text.find('\n'));
        const bool quoted = line.size() == 7 && line.front() == '"' && line.back() == '"';
        const std::string_view said = quoted ? line.substr(1, 5) : line;
        const bool says = said.size() == 5 && (said.starts_with("sep=") || said.starts_with("SEP="));
        if (says) {
            m_separator = said[4];
            m_text.remove_prefix(std::min(line.size() + 1, m_text.size()));
            m_firstLine = 2;
        } else {
            m_separator = separatorOf(m_text);
        }
    }

    // ---- First reading: names, and what the columns hold --------------------------------------------------------

    void examine()
    {
        TableReader reader(m_text, m_separator, m_firstLine);
        TableRecord record, comment;
        while (reader.next(record)) {
            if (record.isComment) {
                comment = record;
                continue;
            }
            if (m_columns.empty() && !startTable(record, comment))
                continue;
            examineRow(record);
        }
        if (m_columns.empty())
            return;
        refuseSummary();
        const Column& names = m_columns.front();
        if (m_rowNames && !names.allQuoted && !names.countsRowsFrom(0) && !names.countsRowsFrom(1))
            refuse(m_rowNamesLine, cellsIn(m_columns.size(), m_columns.size() - 1));
        for (Column& column : m_columns)
            if (column.blank && column.name.empty())
                column.role = ColumnRole::Irrelevant;  // separators at the ends of lines
    }

    /// Rows of numbers about documents are no rows of documents.
    void refuseSummary() const
    {
        for (const Column& column : m_columns) {
            const bool quantiles = column.role == ColumnRole::RowName && column.percents;
            const bool statistics = column.statisticsDiffer && !column.percents &&
                                    2 * static_cast<std::int64_t>(column.statistics) >= m_table.rows;
            if (m_columns.size() > 1 && m_table.rows > 0 && (quantiles || statistics))
                refuse("is a summary of lengths, with a row called " + quotedText(column.statistic) +
                       ", not a table of them; " + documentsWanted);
        }
    }

    /// Takes the first record's names; true: it is a row already.
    bool startTable(const TableRecord& record, const TableRecord& comment)
    {
        const bool header = isHeader(record.cells);
        m_tableLine = record.line;
        if (header)
            m_headerLine = record.line;
        std::vector<TableCell> names = header ? record.cells : std::vector<TableCell>(record.cells.size());
        if (!header && record.cells.size() > 1) {
            m_unnamed = true;
            if (auto commented = commentedHeader(comment, record)) {
                names = *std::move(commented);
                m_headerLine = comment.line;
                m_unnamed = false;
            }
        }
        for (const TableCell& name : names) {
            if (header && !name.quoted && hasRareLineEnd(name.text))
                refuse(record.line, quotedText(name.text) + rareLineEndReason);
            m_columns.push_back({name.text, name.quoted, columnRole(name.text)});
        }
        refuseTwins();
        return !header;
    }

    /// Names, or numbers? "12 tokens" in a column of its own is meant as a number, and refused as one.
    static bool isHeader(const std::vector<TableCell>& cells)
    {
        const auto isNumber = [](const TableCell& cell) {
            return !cell.text.empty() &&
                   std::string_view("0123456789-+.,").find(cell.text[0]) != std::string_view::npos;
        };
        if (cells.size() == 2 && cells[0].text.empty() && cells[1].text == "0")
            return true;  // pandas, of counted values without a name
        const auto named = [&](const TableCell& cell) {
            const ColumnRole role = columnRole(cell.text);
            return !isNumber(cell) && (role == ColumnRole::Length || role == ColumnRole::Count);
        };
        return std::ranges::any_of(cells, named) || std::ranges::none_of(cells, isNumber);
    }

    /// NumPy writes the header row as a comment.
    std::optional<std::vector<TableCell>> commentedHeader(const TableRecord& comment, const TableRecord& row) const
    {
        if (!comment.isComment || comment.line + 1 != row.line)
            return {};
        const std::size_t begin = comment.source.find_first_not_of("# \t");
        std::vector<TableCell> names = cellsOf(comment.source.substr(std::min(begin, comment.source.size())));
        if (names.size() != row.cells.size())
            return {};
        const auto known = [](const TableCell& cell) { return columnRole(cell.text) == ColumnRole::Length; };
        return std::ranges::any_of(names, known) ? std::optional(std::move(names)) : std::nullopt;
    }

    /// Of a comment's text, were it a row; none where it could not be one.
    std::vector<TableCell> cellsOf(std::string_view comment) const
    {
        TableReader reader(comment, m_separator);
        TableRecord record;
        try {
            if (reader.next(record))
                return record.cells;
        } catch (const TableSyntaxError&) {
        }
        return {};
    }

    void refuseTwins() const
    {
        for (std::size_t k = 0; k < m_columns.size(); ++k)
            for (std::size_t j = 0; j < k; ++j)
                if (!m_columns[k].name.empty() && m_columns[k].name == m_columns[j].name)
                    refuse(m_headerLine, "two columns are called " + quotedText(m_columns[k].name));
    }

    static std::string cellsIn(std::size_t cells, std::size_t columns)
    {
        return std::to_string(cells) + (cells == 1 ? " cell" : " cells") + " in a table of " + std::to_string(columns) +
               (columns == 1 ? " column" : " columns");
    }

    void examineRow(const TableRecord& record)
    {
        std::size_t cells = record.cells.size();
        while (cells > m_columns.size() && record.cells[cells - 1].text.empty())
            --cells;  // separators at the end of the line
        if (m_table.rows == 0 && m_headerLine > 0 && cells == m_columns.size() + 1 && m_separator != noSeparator) {
            m_rowNames = true;  // R names rows without a name above them
            m_rowNamesLine = record.line;
            m_columns.insert(m_columns.begin(), Column{{}, true, ColumnRole::RowName});
        }
        if (cells != m_columns.size())
            refuse(record.line, cellsIn(cells, m_columns.size() - (m_rowNames ? 1 : 0)));
        ++m_table.rows;
        for (std::size_t k = 0; k < cells; ++k) {
            m_columns[k].see(record.cells[k]);
            if (m_columns.size() > 1 && namesSum(record.cells[k].text))
                refuse(record.line, quotedText(record.cells[k].text) +
                                        " names a sum of other rows, which is no document; "
                                        "remove the row");
        }
        if (m_unnamed && m_uniqCounts)
            examineUniqRow(record);
    }

    /// `uniq -c` sets counts flush right, a space, and the line that it counted.
    void examineUniqRow(const TableRecord& record)
    {
        constexpr std::size_t leastWidth = 4;
        const std::string& count = record.cells[0].text;
        const std::size_t end = record.indent + count.size();
        m_uniqEnd = m_uniqEnd == 0 ? end : m_uniqEnd;
        m_uniqCounts = m_separator == anyBlanks && record.cells.size() == 2 && end >= leastWidth &&
                       (end == m_uniqEnd || record.indent == 0) && m_columns[0].whole && m_columns[1].whole &&
                       record.source.substr(end) == ' ' + record.cells[1].text;
        m_uniqIndented = m_uniqIndented || record.indent > 0;
    }

    // ---- Which column is which ---------------------------------------------------------------------------------

    std::vector<std::size_t> columnsOf(ColumnRole role) const
    {
        std::vector<std::size_t> found;
        for (std::size_t k = 0; k < m_columns.size(); ++k)
            if (m_columns[k].role == role)
                found.push_back(k);
        return found;
    }

    static constexpr const char* rareLineEndReason =
        "; some lines end with U+0085, U+2028 or U+2029 and others do not; use line feeds alone";
    static constexpr const char* documentsWanted =
        "expected one length in each line, or lengths and numbers of documents in "
        "columns called \"length\" and \"count\"";
    static constexpr const char* wayOut = "call the lengths \"length\" and the numbers of documents \"count\"";

    void chooseColumns()
    {
        if (m_table.rows == 0)
            refuse(
                "has no document lengths; expected one whole number in each line, or a table with a column \"length\"");
        if (m_unnamed)
            return chooseWithoutNames();
        if (m_columns.size() == 1) {
            if (m_columns[0].role == ColumnRole::Count)
                refuse(m_headerLine, "the only column is called " + quotedText(m_columns[0].name) +
                                         ", as numbers of documents "
                                         "are; if it holds lengths, call it \"length\"");
            if (m_columns[0].whole && !mayHoldLengths(m_columns[0].name, m_columns[0].role))
                refuse(m_headerLine, "the only column is called " + quotedText(m_columns[0].name) +
                                         "; if it holds lengths in tokens, call it \"length\"");
            return use(0, {});
        }
        const std::vector<std::size_t> lengths = columnsOf(ColumnRole::Length);
        if (lengths.size() == 2 && columnsOf(ColumnRole::Count).empty())
            refuseIfOneMayCount(m_columns[lengths[0]], m_columns[lengths[1]]);
        if (lengths.size() > 1)
            refuse(m_headerLine, quotedText(m_columns[lengths[0]].name) + " and " +
                                     quotedText(m_columns[lengths[1]].name) + " may both be lengths; keep one of them");
        const std::optional<std::size_t> counts = countColumn();
        if (counts && m_columns[*counts].holdsShares())
            refuse(m_headerLine, sharesText(m_columns[*counts]));
        if (!lengths.empty() && counts) {
            refuseTotals(m_columns[lengths[0]], m_columns[*counts]);
            refuseRowNumbers(lengths[0], *counts);
            return use(lengths[0], counts);
        }
        if (!lengths.empty())
            return chooseBeside(lengths[0]);
        if (counts)
            return chooseCounted(*counts);
        refuse(m_headerLine, "no column is called \"length\", \"tokens\" or the like; there " + nameList());
    }

    /// Tables of corpora have a row for each of them, with all its documents and all its tokens.
    void refuseTotals(const Column& lengths, const Column& counts) const
    {
        if (!mayNameTotals(lengths.name))
            return;
        const std::string asLength = "; if it holds the length of each document, call it \"length\"";
        if (namesTotals(lengths.name) || namesOneToken(lengths.name))
            refuse(m_headerLine, quotedText(lengths.name) + " beside " + quotedText(counts.name) +
                                     (namesOneToken(lengths.name) ? " may say which token it is that was counted"
                                                                  : " may be the tokens of all documents together") +
                                     asLength);
        for (const Column& column : m_columns)
            if (&column != &lengths && &column != &counts && !column.blank && !column.name.empty() &&
                column.role != ColumnRole::Identifier && (column.words || column.role == ColumnRole::Year))
                refuse(m_headerLine, quotedText(lengths.name) + " may be the tokens of all documents of each " +
                                         quotedText(column.name) + asLength);
    }

    /// "n" is the name of numbers of rows, too.
    void refuseRowNumbers(std::size_t lengths, std::size_t counts) const
    {
        const Column& column = m_columns[counts];
        if (counts < lengths && m_table.rows > 1 && column.countsRows() && mayNumberRows(column.name))
            refuse(m_headerLine, quotedText(column.name) +
                                     " counts the rows, and may be their numbers or numbers of documents; "
                                     "if it holds numbers of documents, call it \"count\", else remove it");
    }

    /// Polars calls the numbers that it counted "len".
    void refuseIfOneMayCount(const Column& first, const Column& second) const
    {
        const bool firstCounts = mayNameCounts(first.name), secondCounts = mayNameCounts(second.name);
        if (firstCounts == secondCounts)
            return;
        const Column& counts = firstCounts ? first : second;
        const Column& lengths = firstCounts ? second : first;
        refuse(m_headerLine,
               quotedText(counts.name) + " may be the numbers of documents of each " + quotedText(lengths.name) +
                   ", or lengths as well; if it has numbers of documents, call it \"count\", else remove one "
                   "of the two");
    }

    static std::string sharesText(const Column& column)
    {
        return shown(column) +
               " holds shares of documents, and shares are no counts; give the numbers of documents, in a column "
               "called \"count\"";
    }

    std::string nameList() const
    {
        std::string names;
        for (const Column& column : m_columns)
            names += (names.empty() ? "" : ", ") + quotedText(column.name);
        return "are " + names;
    }

    void use(std::size_t lengths, std::optional<std::size_t> counts, bool guessed = false)
    {
        m_lengthColumn = lengths;
        m_countColumn = counts;
        m_table.guessed = guessed;
    }

    void chooseWithoutNames()
    {
        if (m_uniqCounts && m_uniqIndented)
            return use(1, 0, true);
        refuse(m_tableLine, std::to_string(m_columns.size()) + " columns without a header row; " + wayOut);
    }

    /// Of several the one that holds whole numbers: counts stand beside shares.
    std::optional<std::size_t> countColumn() const
    {
        std::vector<std::size_t> counts = columnsOf(ColumnRole::Count);
        if (counts.size() > 1)
            std::erase_if(counts, [&](std::size_t k) { return !m_columns[k].whole; });
        if (counts.size() > 1)
            refuse(m_headerLine, quotedText(m_columns[counts[0]].name) + " and " +
                                     quotedText(m_columns[counts[1]].name) + " may both be numbers of documents; " +
                                     wayOut);
        return counts.empty() ? std::nullopt : std::optional(counts[0]);
    }

    static bool describesDocuments(ColumnRole role)
    {
        return role == ColumnRole::Identifier || role == ColumnRole::Year || role == ColumnRole::Irrelevant;
    }

    /// Documents have their own texts, or numbers before their lengths. Lengths that are grouped stand first, each once,
    /// mostly in their order, and whatever is counted of them has the name of what was there: "id", "text", "label".
    bool rowsAreDocuments(std::size_t lengths) const
    {
        for (std::size_t k = 0; k < m_columns.size(); ++k) {
            const Column& column = m_columns[k];
            if (column.role != ColumnRole::Identifier)
                continue;
            const bool grouped = m_table.rows > 2 && m_columns[lengths].isSorted() && !column.countsRows();
            if (column.words || (k < lengths && column.whole && !grouped))
                return true;
        }
        return false;
    }

    /// Where all are the same number, documents have the same lengths as often, counted or not.
    static bool mayCount(const Column& column)
    {
        const bool years = column.role == ColumnRole::Year && column.least >= 1500 && column.most <= 2100;
        return column.least > 0 && column.least != column.most && !column.countsRows() && !years;
    }

    /// What makes it doubtful that a row is a document, if no length is there twice.
    std::optional<std::string> doubt(std::size_t lengths, const Column& other, bool documents) const
    {
        const std::string once = quotedText(m_columns[lengths].name) + " has every length once, and " + shown(other);
        const std::string remedy =
            "; shares are no counts: give the numbers of documents, in a column called \"count\", or "
            "remove this one if each row is one document";
        if (other.role == ColumnRole::Cumulative)
            return once + " is called as running sums are; give the number of documents of each length, in a column "
                          "called \"count\"";
        if (other.role == ColumnRole::Share)
            return once + " is called as shares of documents are" + remedy;
        if (documents && describesDocuments(other.role))
            return {};
        if (other.isReal() && !documents)
            return once + " has numbers that are not whole, as shares of documents are" + remedy;
        if (!other.whole || other.blank || (describesDocuments(other.role) && !mayCount(other)))
            return {};
        return quotedText(m_columns[lengths].name) + " is understood as the lengths, but " + shown(other) +
               " may be the number of documents of each; if it is, call it \"count\", else remove it";
    }

    [[noreturn]] void refuseStatistics(const Column& column) const
    {
        refuse(m_headerLine, shown(column) +
                                 " seems to say which quantile or other statistic each length is, so the rows are no "
                                 "documents; " +
                                 documentsWanted);
    }

    /// A column of lengths and no known count: unless another one may be it, every row is a document.
    void chooseBeside(std::size_t lengths)
    {
        const bool documents = rowsAreDocuments(lengths);
        for (std::size_t k = 0; k < m_columns.size(); ++k) {
            const Column& other = m_columns[k];
            if (k == lengths)
                continue;
            const bool fractionNames = other.role == ColumnRole::RowName && other.isReal() && other.greatest <= 1;
            if (fractionNames || (other.role == ColumnRole::Statistic && !documents))
                refuseStatistics(other);
            const bool unnamed = other.role == ColumnRole::RowName;
            const bool counted = unnamed && k == 0 && m_columns.size() == 2;
            if (unnamed && (!other.whole || other.blank || other.countsRowsFrom(0) || m_rowNames ||
                            (other.countsRowsFrom(1) && (other.quoted || !counted))))
                continue;  // numbers or names of rows
            if (!counted) {
                m_doubt = m_doubt ? m_doubt : doubt(lengths, other, documents);
                continue;
            }
            // pandas' value_counts names the counts after what it counted, and what it counted not at all. Rows that were
            // sorted by length look alike, but some row's number is below all lengths, as no length is below all counts.
            const Column& count = m_columns[lengths];
            if (count.holdsShares())
                refuse(m_headerLine, sharesText(count));
            if (!count.whole || !count.falling || other.countsRowsFrom(1) || other.least <= count.least)
                refuse(m_headerLine, shown(other) + " may be numbers of rows, or lengths of which " +
                                         quotedText(count.name) + " is the number of documents; " + wayOut);
            m_mustDiffer = true;
            return use(k, lengths, true);
        }
        use(lengths, {});
    }

    /// A known count, and lengths under a name that says nothing.
    void chooseCounted(std::size_t counts)
    {
        std::vector<std::size_t> candidates;
        for (std::size_t k = 0; k < m_columns.size(); ++k) {
            const Column& column = m_columns[k];
            const bool rowNumbers = column.role == ColumnRole::RowName &&
                                    (m_rowNames || column.countsRowsFrom(0) || column.countsRowsFrom(1));
            const bool values = column.role == ColumnRole::RowName || column.role == ColumnRole::Value;
            if (values && column.whole && !rowNumbers)
                candidates.push_back(k);
        }
        const auto value = std::ranges::find(m_columns, ColumnRole::Value, &Column::role);
        if (value != m_columns.end())
            std::erase_if(candidates, [&](std::size_t k) { return m_columns[k].role != ColumnRole::Value; });
        if (candidates.size() != 1)
            refuse(m_headerLine, quotedText(m_columns[counts].name) +
                                     " is understood as the number of documents, but no column "
                                     "is called \"length\", \"tokens\" or the like; there " +
                                     nameList());
        m_mustDiffer = true;
        use(candidates[0], counts, true);
    }

    // ---- Second reading: the numbers ---------------------------------------------------------------------------

    void readRows()
    {
        TableReader reader(m_text, m_separator, m_firstLine);
        TableRecord record;
        while (reader.next(record)) {
            if (record.isComment)
                refuseCommentedRow(record);
            else if (record.line != m_headerLine)
                readRow(record);
        }
        if (m_counts.empty())
            refuse("has no document lengths: every number of documents is 0");
        merge();
    }

    /// A row whose first cell is a text that begins with # would be lost as a comment.
    void refuseCommentedRow(const TableRecord& comment) const
    {
        if (m_columns.size() < 2 || comment.line < m_headerLine || m_lengthColumn == 0)
            return;
        const std::vector<TableCell> cells = cellsOf(comment.source.substr(comment.indent + 1));
        if (cells.size() == m_columns.size() &&
            std::holds_alternative<std::int64_t>(wholeNumber(cells[m_lengthColumn].text)))
            refuse(comment.line, quotedText(comment.source) +
                                     " may be a comment or a row; put its first cell in quotes, or "
                                     "remove the line");
    }

    std::int64_t number(const TableRecord& record, std::size_t column, const char* what, std::int64_t least,
                        std::int64_t most) const
    {
        const std::string& text = record.cells[column].text;
        const std::string found =
            "the " + std::string(what) + " is " + (text.empty() ? "empty" : quotedText(text)) + "; ";
        const auto read = wholeNumber(text);
        if (const auto* refused = std::get_if<NoWholeNumber>(&read))
            refuse(record.line, hasRareLineEnd(text) ? quotedText(text) + rareLineEndReason : found + refused->reason);
        const std::int64_t value = std::get<std::int64_t>(read);
        if (value < least || value > most)
            refuse(record.line, found + "it must be from " + std::to_string(least) + " to " + std::to_string(most));
        return value;
    }

    void readRow(const TableRecord& record)
    {
        const std::int64_t length = number(record, m_lengthColumn, "length", 1, maxLength);
        const std::int64_t documents =
            m_countColumn ? number(record, *m_countColumn, "number of documents", 0, mostListedDocuments) : 1;
        if (documents > 0)
            m_counts.push_back({length, documents});
    }

    /// Each length once.
    void merge()
    {
        const std::size_t rows = m_counts.size();
        std::ranges::sort(m_counts, {}, &CountedLength::length);
        std::vector<CountedLength> merged;
        for (const CountedLength& count : m_counts) {
            if (merged.empty() || merged.back().length != count.length)
                merged.push_back(count);
            else
                merged.back().documents += count.documents;
            if (merged.back().documents > mostListedDocuments)
                refuse("has more than " + std::to_string(mostListedDocuments) + " documents of length " +
                       std::to_string(count.length));
        }
        m_counts = std::move(merged);
        const bool allDiffer = m_counts.size() == rows;
        if (m_doubt && allDiffer)
            refuse(m_headerLine, *m_doubt);
        if (m_mustDiffer && !allDiffer)
            refuse(m_headerLine, shown(m_columns[m_lengthColumn]) +
                                     " has a value twice, so it is no list of lengths with their "
                                     "numbers of documents; " +
                                     wayOut);
    }

    void describe()
    {
        m_table.lengths = listedLengths(m_counts);
        if (m_table.lengths.counts.size() > mostCharacters)
            refuse("has " + std::to_string(m_counts.size()) +
                   " distinct lengths, more than an experiment can hold (about "
                   "100000); round them, for example to multiples of 16");
        for (const CountedLength& count : m_counts)
            m_table.documents += count.documents;
        m_table.smallest = m_counts.front().length;
        m_table.largest = m_counts.back().length;
        std::int64_t before = 0;
        for (const CountedLength& count : m_counts) {
            m_table.median = count.length;
            before += count.documents;
            if (2 * before >= m_table.documents)
                break;
        }
        m_table.counted = m_countColumn.has_value();
        m_table.lengthColumn = m_columns[m_lengthColumn].name;
        if (m_countColumn)
            m_table.countColumn = m_columns[*m_countColumn].name;
        for (std::size_t k = 0; k < m_columns.size(); ++k)
            if (k != m_lengthColumn && k != m_countColumn && !m_columns[k].name.empty())
                m_table.otherColumns.push_back(m_columns[k].name);
        m_table.encoding = m_file.encoding;
        m_table.compressed = m_file.compressed;
    }

    std::string m_name;
    FileText m_file;
    std::string_view m_text;
    char m_separator = noSeparator;
    std::size_t m_firstLine = 1;
    std::size_t m_headerLine = 0;  ///< 0: without one
    std::size_t m_tableLine = 0;   ///< of the first record
    std::vector<Column> m_columns;
    bool m_unnamed = false;   ///< several columns, no names
    bool m_rowNames = false;  ///< the header row has a cell less than the others
    std::size_t m_rowNamesLine = 0;
    bool m_uniqCounts = true, m_uniqIndented = false;
    std::size_t m_uniqEnd = 0;
    std::size_t m_lengthColumn = 0;
    std::optional<std::size_t> m_countColumn;
    std::optional<std::string> m_doubt;  ///< whether rows are documents, if no length is there twice
    bool m_mustDiffer = false;           ///< counted lengths are each there once
    std::vector<CountedLength> m_counts;
    LengthTable m_table;
};

}  // namespace

LengthTable readLengthTable(const std::filesystem::path& file)
{
    return TableInterpreter(file.string(), readText(file, tableKind)).read();
}

}  // namespace posbias
