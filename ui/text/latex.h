// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A cell's arithmetic as LaTeX source, for slides and papers.

#include "core/evaluation/explanation.h"
#include "core/evaluation/result.h"

#include <QString>

namespace posbias::ui {

/// "b(700) = \min\left(...\right) = 31, \quad u_{31} = -4.09, \quad A_{850,150} = 1.28 \times 10^{-4}", without
/// dollar signs.
QString cellLatex(const Result& result, std::size_t scheme, std::int64_t query, std::int64_t key);
/// "1.28 \times 10^{-4}".
QString latexNumber(double value);

}  // namespace posbias::ui
