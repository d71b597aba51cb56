// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The inner loops of content scores: dot products of queries with packed keys, and sums of exponentials. Written four
// numbers at a time, and compiled twice: for every processor, and for those with AVX2 (four to five times as fast).

#include <cstddef>

namespace posbias::content_kernels {

/// Keys are packed in panels: eight keys side by side, entry c of key 8 p + lane at panel[p][c][lane].
inline constexpr std::size_t panelKeys = 8;

/// scores[r][j] = q_r . k_j. panels: (panelCount, dimension, 8); queries: row-major (rows, dimension);
/// scores: row-major, rows `stride` >= 8 panelCount apart.
void dotProducts(const double* panels, std::size_t panelCount, const double* queries, std::size_t rows,
                 std::size_t dimension, double* scores, std::size_t stride);

/// values[j] = values[j] * scale + bias[-j] * biasScale, of j = 0 .. count - 1: offsets fall as keys rise.
/// Returns the largest; -infinity of none.
double toLogits(double* values, const double* bias, std::size_t count, double scale, double biasScale);

/// values[j] = exp(values[j] - reference), relative error below 1e-15; 0 below e^-708. No value may exceed `reference`.
/// Returns their sum.
double toWeights(double* values, std::size_t count, double reference);

double sum(const double* values, std::size_t count);

}  // namespace posbias::content_kernels
