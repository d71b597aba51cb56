// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The parts that figures are put together from (makeFigure in figure.h).

#include "core/figure/figure.h"

namespace posbias {

Role schemeRole(std::size_t scheme);
/// "A Per-offset".
std::string schemeLabel(const Result& result, std::size_t scheme);
/// Maximal stretches of visible offsets that training never touched.
std::vector<OffsetRange> untrainedOffsets(const Result& result, std::size_t scheme);
/// "512 parameters; offsets past 511 untrained".
std::string trainingSubtitle(const Result& result, std::size_t scheme);

/// A | B | B - A, adding their two scales to the figure.
FigureRow biasMaps(Figure& figure, const Result& result, bool raw);
/// A | B | log10(B / A), adding their two scales to the figure.
FigureRow attentionMaps(Figure& figure, const Result& result);

RibbonPanel ribbons(const Result& result);
/// b(d) - b(0) of A, B and the teacher, with one standard error to either side (raw: as they are, without) over the
/// offset axis.
CurvePanel biasProfile(const Result& result, bool raw);
/// Training pairs of an offset, and of the parameter it uses.
CurvePanel exposureProfile(const Result& result);
/// Its effective sample size (core/evaluation/exposure.h), beside that of an offset alone.
CurvePanel effectiveProfile(const Result& result);
/// From five digits on in threes, with thin spaces.
std::string grouped(std::int64_t number);
/// A[query, j] of A, B and the data over keys.
CurvePanel attentionRow(const Result& result, std::int64_t query);

}  // namespace posbias
