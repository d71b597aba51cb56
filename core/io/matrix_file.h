// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Dense n x n matrices for other programs: .npy (float64 or float32, C order) and .csv. Streamed row by row.

#include "core/base/progress.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>

namespace posbias {

enum class NpyType { Float64, Float32 };

/// Writes row i into `row`, shape (columns). Masked biases are -infinity, masked attention 0.
using RowWriter = std::function<void(std::int64_t i, std::span<double> row)>;

/// The format comes from the name's ending (.npy, .csv); another ending is an InputError (subject "-o").
/// Throws FailureError before anything is written when the file would not fit on the disk, naming both sizes.
/// Atomic; a cancelled export leaves no file. CSV: shortest text that reads back to the same double, "-inf" for masked.
void writeMatrix(const std::filesystem::path& file, std::int64_t rows, std::int64_t columns, const RowWriter& row,
                 NpyType type = NpyType::Float64, const Progress& progress = {});

}  // namespace posbias
