// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The panels of the learning lab (makeFigure in figure.h). A study that is not computed yet (null) leaves its chart
// empty.

#include "core/figure/panels.h"
#include "core/figure/studies.h"

namespace posbias {

ChartPanel lossChart(const Result& result, const SchemeList& schemes, const TrainingHistory* history);
ChartPanel distanceBySteps(const Result& result, const SchemeList& schemes, const TrainingHistory* history);
ChartPanel distanceByLength(const Result& result, const SchemeList& schemes, const Generalization* study);
ChartPanel untrainedByLength(const Result& result, const SchemeList& schemes, const Generalization* study);
ChartPanel distanceByQuery(const Result& result, const SchemeList& schemes, const Generalization* study);
BarPanel causes(const Result& result, const SchemeList& schemes, const Generalization* study);
/// The distance against the level, which hands can shift. Throws InputError for schemes beyond B.
ChartPanel levelChart(const Result& result, const SchemeList& schemes, const LevelStudy* study);
enum class SweepLength { Training, Shown };  ///< L, n
/// Distance over so many tokens against the setting.
ChartPanel sweepChart(const Result& result, const SchemeList& schemes, const Sweep* sweep, SweepLength over);

/// Of a scheme: its letter as name, its title in the legend.
Series schemeSeries(const Result& result, std::size_t scheme);
/// An entry in the legend alone: what this kind of line means in every colour.
Series lineMeaning(std::string label, SeriesLine line);
/// Says of curves that lie under others everywhere, which no reader sees.
void addCoincidence(ChartPanel& panel);
/// "Over 1000 tokens".
std::string overTokens(std::int64_t length);
ChartMark trainingLengthMark(const Experiment& experiment);

}  // namespace posbias
