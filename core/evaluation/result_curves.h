// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What figures need to know of all offsets at once, found out when a result is made.

#include "core/evaluation/result.h"

namespace posbias {

/// The value (shape: parameterCount) of the parameter that an offset uses; `without` where it has none.
std::shared_ptr<const CurveSource> parameterCurve(const ParameterTable& table,
                                                  std::shared_ptr<const std::vector<double>> values, double without,
                                                  OffsetRange shown);
std::shared_ptr<const CurveSource> exposureCurve(const std::shared_ptr<const TrainedScheme>& trained,
                                                 OffsetRange shown);
std::shared_ptr<const CurveSource> pairsCurve(std::shared_ptr<const Corpus> corpus, OffsetRange shown);
/// Of (b_second(d) - b_second(0)) - (b_first(d) - b_first(0)); within rounding, 0.
Bounds biasDifferences(const SchemeResult& first, const SchemeResult& second);
/// What rounding may leave of a difference of their biases.
double biasRounding(const SchemeResult& first, const SchemeResult& second);
std::shared_ptr<const MapSource> biasDifference(const SchemeResult& first, const SchemeResult& second);
/// log10(second / first). `same`: biasDifferences() found none.
std::shared_ptr<const MapSource> attentionRatio(const SchemeResult& first, const SchemeResult& second, bool same);
/// Two rows of either: with content what these cost. Throws Cancelled.
MapRanges mapRanges(const SchemeResult& a, const SchemeResult& b, std::int64_t trainingLength,
                    const Progress& progress = {});

}  // namespace posbias
