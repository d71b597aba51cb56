// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figure/figure_data.h"

namespace posbias {

void writeFigureCsv(const Figure&, const TextSink&, const Progress&) {}

void writeFigureNpy(const Figure&, const TextSink&, const Progress&) {}

}  // namespace posbias
