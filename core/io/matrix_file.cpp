// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/matrix_file.h"

#include "core/base/error.h"
#include "core/io/atomic_file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdio>
#include <string>
#include <system_error>
#include <vector>

namespace posbias {
namespace fs = std::filesystem;
namespace {

static_assert(std::endian::native == std::endian::little, ".npy files are written in the machine's byte order, '<'");

enum class Format { Npy, Csv };

constexpr std::size_t blockBytes = std::size_t{1} << 20;

Format formatOf(const fs::path& file)
{
    std::string ending = file.extension().string();
    std::ranges::transform(ending, ending.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (ending == ".npy")
        return Format::Npy;
    if (ending == ".csv")
        return Format::Csv;
    throw InputError("-o", "The matrix file " + file.string() + " ends in "
                               + (ending.empty() ? "nothing" : ending) + ", but must end in .npy or .csv");
}

/// NumPy's format 1.0: magic, version, header length (16 bits), a Python dictionary padded so that data start at a
/// multiple of 64.
std::string npyHeader(std::int64_t rows, std::int64_t columns, NpyType type)
{
    std::string dictionary = std::string("{'descr': '") + (type == NpyType::Float64 ? "<f8" : "<f4")
                             + "', 'fortran_order': False, 'shape': (" + std::to_string(rows) + ", "
                             + std::to_string(columns) + "), }";
    constexpr std::size_t prefix = 10;
    const std::size_t unpadded = prefix + dictionary.size() + 1;
    dictionary.append((64 - unpadded % 64) % 64, ' ').push_back('\n');
    std::string header("\x93NUMPY\x01\x00", 8);
    header.push_back(static_cast<char>(dictionary.size() & 0xff));
    header.push_back(static_cast<char>(dictionary.size() >> 8));
    return header + dictionary;
}

template <typename Number>
void appendBinary(std::span<const double> row, std::string& block)
{
    const std::size_t start = block.size();
    block.resize(start + row.size() * sizeof(Number));
    char* out = block.data() + start;
    for (const double value : row) {
        const auto bytes = std::bit_cast<std::array<char, sizeof(Number)>>(static_cast<Number>(value));
        out = std::ranges::copy(bytes, out).out;
    }
}

void appendCsv(std::span<const double> row, std::string& block)
{
    char text[32];
    for (std::size_t j = 0; j < row.size(); ++j) {
        if (j > 0)
            block.push_back(',');
        const auto end = std::to_chars(text, text + sizeof text, row[j]).ptr;
        block.append(text, end);
    }
    block.push_back('\n');
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
void checkSpace(const fs::path& file, Format format, std::uintmax_t cells, NpyType type)
{
    std::error_code error;
    const fs::file_status status = fs::status(file, error);
    if (fs::exists(status) && !fs::is_regular_file(status))
        return;
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    const fs::space_info disk = fs::space(folder, error);
    const std::uintmax_t perCell = format == Format::Csv ? 2 : type == NpyType::Float64 ? 8 : 4;
    const std::uintmax_t needed = cells * perCell;
    if (!error && needed > disk.available)
        throw FailureError("Could not write " + file.string() + ": it needs "
                           + (format == Format::Csv ? "more than " : "") + inWords(needed) + ", but the disk has "
                           + inWords(disk.available) + " left. Nothing was changed.");
}

}  // namespace

void writeMatrix(const fs::path& file, std::int64_t rows, std::int64_t columns, const RowWriter& row, NpyType type,
                 const Progress& progress)
{
    const Format format = formatOf(file);
    checkSpace(file, format, static_cast<std::uintmax_t>(rows) * static_cast<std::uintmax_t>(columns), type);
    AtomicFile target(file);
    std::string block = format == Format::Npy ? npyHeader(rows, columns, type) : std::string();
    std::vector<double> values(static_cast<std::size_t>(columns));
    for (std::int64_t i = 0; i < rows; ++i) {
        progress.check();
        row(i, values);
        if (format == Format::Csv)
            appendCsv(values, block);
        else if (type == NpyType::Float64)
            appendBinary<double>(values, block);
        else
            appendBinary<float>(values, block);
        if (block.size() >= blockBytes) {
            target.write(block);
            block.clear();
            progress.at(static_cast<double>(i + 1) / static_cast<double>(rows));
        }
    }
    target.write(block);
    progress.at(1.0);
    target.commit();
}

}  // namespace posbias
