// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Dense n x n matrices for other programs: .npy (float64 or float32, C order) and .csv. Streamed, never held.

#include "core/base/offsets.h"
#include "core/base/progress.h"
#include "core/io/atomic_file.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>

namespace posbias {

enum class NpyType { Float64, Float32 };

/// Writes row i into `row`, shape (columns). Called for several rows at once, from several threads.
using RowWriter = std::function<void(std::int64_t i, std::span<double> row)>;

/// A matrix's file (rows >= 0, columns >= 1), then its rows by one of the two writers. Atomic: a failed or cancelled
/// export leaves what was there. CSV: shortest text that reads back to the same double, "-inf" for masked.
class MatrixFile {
public:
    /// The format comes from the name's ending (.npy, .csv); another ending is an InputError (subject "-o").
    /// Throws FailureError when the file would not fit on the disk, naming both sizes and then `instead`: what a
    /// person can do without the file. Nothing is worth computing before this has returned.
    MatrixFile(const std::filesystem::path& file, std::int64_t rows, std::int64_t columns,
               NpyType type = NpyType::Float64, const std::string& instead = {}, Existing existing = Existing::Replace);

    void writeRows(const RowWriter& row, const Progress& progress = {});
    /// Cell (i, j) holds the value of offset i - j, or -infinity where `values` has none (masked). A row is a copy of
    /// neighbouring bytes: no number is converted twice.
    void writeToeplitz(const OffsetValues& values, const Progress& progress = {});

private:
    /// Appends the file's bytes of some neighbouring rows.
    using RowsBytes = std::function<void(std::int64_t first, std::int64_t last, std::string& bytes)>;
    void write(const RowsBytes& rowsBytes, std::size_t blockCount, const Progress& progress);
    void appendCells(std::span<const double> values, std::string& bytes) const;

    bool m_csv;
    NpyType m_type;
    std::int64_t m_rows, m_columns;
    AtomicFile m_target;
};

}  // namespace posbias
