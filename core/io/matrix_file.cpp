// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/matrix_file.h"

#include "core/base/error.h"
#include "core/base/npy_header.h"
#include "core/base/parallel.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstdio>
#include <limits>
#include <string>
#include <system_error>
#include <vector>

namespace posbias {
namespace fs = std::filesystem;
namespace {

static_assert(std::endian::native == std::endian::little, ".npy files are written in the machine's byte order, '<'");

/// What is handed to the system at once: small enough to stay in a core's cache, large enough for calls not to matter.
constexpr std::size_t blockBytes = std::size_t{1} << 19;

bool isCsv(const fs::path& file)
{
    std::string ending = file.extension().string();
    std::ranges::transform(ending, ending.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (ending == ".csv")
        return true;
    if (ending == ".npy")
        return false;
    throw InputError("-o", "The matrix file " + file.string() + " ends in " + (ending.empty() ? "nothing" : ending) +
                               ", but must end in .npy or .csv");
}

std::string inWords(std::uintmax_t bytes)
{
    static constexpr const char* units[] = {"bytes", "kB", "MB", "GB", "TB", "PB"};
    double value = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (; value >= 1000.0 && unit + 1 < std::size(units); ++unit)
        value /= 1000.0;
    char text[32];
    std::snprintf(text, sizeof text, "%.*f %s", unit == 0 ? 0 : 1, value, units[unit]);
    return text;
}

/// A .csv has at least a digit and a separator for each cell; how much more only writing tells.
std::size_t leastBytesOfCell(bool csv, NpyType type)
{
    return csv ? 2 : type == NpyType::Float64 ? 8 : 4;
}

/// The same file, once it is known to have room.
const fs::path& withRoom(const fs::path& file, bool csv, std::uintmax_t needed, const std::string& instead)
{
    std::error_code error;
    const fs::file_status status = fs::status(file, error);
    if (fs::exists(status) && !fs::is_regular_file(status))
        return file;
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    const fs::space_info disk = fs::space(folder, error);
    if (!error && needed > disk.available)
        throw FailureError("Could not write " + file.string() + ": it needs " + (csv ? "more than " : "") +
                           inWords(needed) + ", but the disk has " + inWords(disk.available) +
                           " left. Nothing was changed." + (instead.empty() ? "" : " " + instead));
    return file;
}

template <typename Number>
void appendBytes(std::span<const Number> numbers, std::string& bytes)
{
    bytes.append(reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes());
}

/// Each with a comma behind it.
void appendTexts(std::span<const double> values, std::string& bytes)
{
    char text[32];
    for (const double value : values) {
        char* const end = std::to_chars(text, text + sizeof text, value).ptr;
        *end = ',';
        bytes.append(text, end + 1);
    }
}

}  // namespace

MatrixFile::MatrixFile(const fs::path& file, std::int64_t rows, std::int64_t columns, NpyType type,
                       const std::string& instead, Existing existing)
    : m_csv(isCsv(file)),
      m_type(type),
      m_rows(rows),
      m_columns(columns),
      m_target(withRoom(file, m_csv,
                        static_cast<std::uintmax_t>(rows) * static_cast<std::uintmax_t>(columns) *
                            leastBytesOfCell(m_csv, type),
                        instead),
               existing)
{
    if (!m_csv)
        m_target.write(npyHeader({rows, columns}, type == NpyType::Float64 ? "<f8" : "<f4"));
}

void MatrixFile::appendCells(std::span<const double> values, std::string& bytes) const
{
    if (m_csv)
        appendTexts(values, bytes);
    else if (m_type == NpyType::Float64)
        appendBytes(values, bytes);
    else
        appendBytes<float>(std::vector<float>(values.begin(), values.end()), bytes);
}

void MatrixFile::writeRows(const RowWriter& row, const Progress& progress)
{
    const auto rowsBytes = [&](std::int64_t first, std::int64_t last, std::string& bytes) {
        std::vector<double> values(static_cast<std::size_t>(m_columns));
        for (std::int64_t i = first; i <= last; ++i) {
            progress.check();
            row(i, values);
            appendCells(values, bytes);
            if (m_csv)
                bytes.back() = '\n';
        }
    };
    write(rowsBytes, WorkPool::shared().cores(), progress);
}

// Row i runs from offset i down to i - (columns - 1). The bytes of all offsets from rows - 1 down to -(columns - 1),
// one after the other, hold each row as a slice that begins at place rows - 1 - i.
void MatrixFile::writeToeplitz(const OffsetValues& values, const Progress& progress)
{
    std::string cells;
    std::vector<std::size_t> starts = {0};
    for (std::int64_t d = m_rows - 1; d > -m_columns; --d) {
        const double value = values.range().contains(d) ? values[d] : -std::numeric_limits<double>::infinity();
        appendCells({&value, 1}, cells);
        starts.push_back(cells.size());
    }
    const auto rowsBytes = [&](std::int64_t first, std::int64_t last, std::string& bytes) {
        for (std::int64_t i = first; i <= last; ++i) {
            const auto place = static_cast<std::size_t>(m_rows - 1 - i);
            const std::size_t start = starts[place];
            bytes.append(cells, start, starts[place + static_cast<std::size_t>(m_columns)] - start);
            if (m_csv)
                bytes.back() = '\n';
        }
    };
    write(rowsBytes, 1, progress);  // as fast as the system takes it: a second core would have nothing to do
}

/// Makes a few blocks at a time, each on a core of its own, and writes them in order.
void MatrixFile::write(const RowsBytes& rowsBytes, std::size_t blockCount, const Progress& progress)
{
    const auto columns = static_cast<std::size_t>(m_columns);
    const std::size_t rowsOfBlock = std::max<std::size_t>(1, blockBytes / (columns * leastBytesOfCell(m_csv, m_type)));
    const auto step = static_cast<std::int64_t>(rowsOfBlock);
    std::vector<std::string> blocks(blockCount);
    const std::int64_t stepOfAll = step * static_cast<std::int64_t>(blockCount);
    for (std::int64_t first = 0; first < m_rows; first += stepOfAll) {
        const std::int64_t end = std::min(first + stepOfAll, m_rows);
        const auto used = static_cast<std::size_t>((end - first + step - 1) / step);
        inParallel(used, [&](std::size_t k) {
            const std::int64_t firstOfBlock = first + static_cast<std::int64_t>(k) * step;
            blocks[k].clear();
            rowsBytes(firstOfBlock, std::min(firstOfBlock + step, end) - 1, blocks[k]);
        });
        for (std::size_t k = 0; k < used; ++k)
            m_target.write(blocks[k]);
        progress.at(static_cast<double>(end) / static_cast<double>(m_rows));
    }
    m_target.commit();
}

}  // namespace posbias
