// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The parts of study_words.h, one for each view.

#include "ui/text/study_words.h"

namespace posbias::ui {

StudyWords exposureWords(const Result& result, const Inks& inks);
StudyWords learningWords(const Result& result, const TrainingHistory& history, const Inks& inks);
StudyWords generalizationWords(const Result& result, const Generalization& study, const Inks& inks);
StudyWords levelWords(const Result& result, const LevelStudy& study, const Inks& inks);
StudyWords sweepWords(const Result& result, const Sweep& sweep, const Inks& inks);

/// Between the parts of a detail line.
QString betweenParts();

}  // namespace posbias::ui
