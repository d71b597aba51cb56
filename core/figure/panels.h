// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The parts that figures are put together from (makeFigure in figure.h). `schemes`: those that a panel shows, in order.

#include "core/base/grouped.h"
#include "core/figure/figure.h"

namespace posbias {

using SchemeList = std::vector<std::size_t>;

/// A and B are solid; further schemes have dashes, too.
SeriesLine schemeLine(std::size_t scheme);
/// "A Per-offset"; where several schemes are of one kind, with the numbers that tell them apart: "B T5 buckets 32 / 128".
std::string schemeLabel(const Result& result, std::size_t scheme);
/// Maximal stretches of visible offsets that training never touched.
std::vector<OffsetRange> untrainedOffsets(const Result& result, std::size_t scheme);
/// "512 parameters; offsets past 511 untrained".
std::string trainingSubtitle(const Result& result, std::size_t scheme);

RibbonPanel ribbons(const Result& result, const SchemeList& schemes);
/// b(d) - b(0) of each and of the teacher, with one standard error to either side (raw: as they are, without) over the
/// offset axis.
CurvePanel biasProfile(const Result& result, const SchemeList& schemes, bool raw);
/// Training pairs of an offset, and of the parameter it uses.
CurvePanel exposureProfile(const Result& result, const SchemeList& schemes);
/// Its effective sample size (core/evaluation/exposure.h), beside that of an offset alone.
CurvePanel effectiveProfile(const Result& result, const SchemeList& schemes);
/// A[query, j] of each and of the data over keys, at the crosshair's query.
CurvePanel attentionRow(const Result& result, const SchemeList& schemes);
/// Parameters against the training length.
ChartPanel parameterCounts(const Result& result, const SchemeList& schemes);

}  // namespace posbias
