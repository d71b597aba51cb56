// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What some kinds of figures show beyond the result, and what computes it.

#include "core/evaluation/generalization.h"
#include "core/evaluation/history.h"
#include "core/evaluation/level.h"
#include "core/evaluation/sweep.h"
#include "core/figure/figure.h"

namespace posbias {

enum class StudyKind { History, Generalization, Level, Sweep };

/// Null: not computed.
struct Studies {
    std::shared_ptr<const TrainingHistory> history;
    std::shared_ptr<const Generalization> generalization;
    std::shared_ptr<const LevelStudy> level;
    std::shared_ptr<const Sweep> sweep;
};

/// What a panel shows beyond the result.
std::optional<StudyKind> studyOf(PanelKind kind);
/// Complete.
bool hasStudy(const Studies& studies, StudyKind kind);
void copyStudy(const Studies& from, StudyKind kind, Studies& to);
/// Computes it; what is done so far reaches `partial` (sweeps).
void addStudy(Studies& studies, StudyKind kind, const Result& result, const Progress& progress = {},
              const std::function<void(const Studies&)>& partial = {});
/// Whether a study of `a` serves `b` as well.
bool sameStudy(StudyKind kind, const Result& a, const Result& b);

bool needsStudy(FigureKind kind);
/// Computes what this kind of figure needs, and nothing else; what is done so far reaches `partial` (sweeps).
Studies studiesFor(FigureKind kind, const Result& result, const Progress& progress = {},
                   const std::function<void(const Studies&)>& partial = {});
/// Whether studies of this kind for `a` serve `b` as well.
bool sameStudy(FigureKind kind, const Result& a, const Result& b);

}  // namespace posbias
