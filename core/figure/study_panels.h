// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The rows of the learning lab's figures (makeFigure in figure.h). A study that is not computed yet (null) leaves its
// charts empty.

#include "core/figure/panels.h"
#include "core/figure/studies.h"

namespace posbias {

/// The profile with standard errors at the step shown; losses and distances over the steps.
std::vector<FigureRow> learningRows(const Result& result, const TrainingHistory* history, bool rawBias);
/// Distance from the data against length, attention on untrained offsets, distance by query, and where it comes from.
std::vector<FigureRow> generalizationRows(const Result& result, const Generalization* study);
/// Raw profile, and the distance against the level, which hands can shift.
std::vector<FigureRow> levelRows(const Result& result, const LevelStudy* study);
/// Distance against the setting, within the training length and at n.
std::vector<FigureRow> sweepRows(const Result& result, const Sweep* sweep);

/// A and B are solid; further schemes are told apart by their dashes, not by colour.
SeriesLine schemeLine(std::size_t scheme);
/// Of a scheme: its letter as name, its title in the legend.
Series schemeSeries(const Result& result, std::size_t scheme);
/// An entry in the legend alone: what this kind of line means in every colour.
Series lineMeaning(std::string label, SeriesLine line);
/// "Over 1000 tokens".
std::string overTokens(std::int64_t length);

}  // namespace posbias
