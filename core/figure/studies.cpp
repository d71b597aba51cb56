// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figure/studies.h"

#include <algorithm>

namespace posbias {
namespace {

/// Without what no study depends on.
Experiment bare(Experiment experiment)
{
    experiment.title.clear();
    experiment.view = {};
    experiment.content = NoContent{};
    experiment.scaling = Scaling::Unscaled;
    return experiment;
}

/// Without what only a sweep depends on.
Experiment unswept(Experiment experiment)
{
    experiment.sweep = {};
    return bare(std::move(experiment));
}

Experiment unshifted(Experiment experiment)
{
    experiment.level = {};
    return unswept(std::move(experiment));
}

bool sameSteps(const Result& a, const Result& b)
{
    return std::ranges::equal(a.training.schemes, b.training.schemes, {}, &TrainedScheme::step, &TrainedScheme::step);
}

/// Without the setting that the sweep itself changes.
Experiment unset(Experiment experiment, SweepOver over)
{
    if (over == SweepOver::Documents)
        experiment.corpus.documents = 1;
    for (Scheme& scheme : experiment.schemes)
        if (auto* t5 = std::get_if<T5>(&scheme); t5 && over != SweepOver::Documents)
            (over == SweepOver::Buckets ? t5->buckets : t5->maxDistance) = 0;
    return bare(std::move(experiment));
}

bool sameSweep(const Experiment& a, const Experiment& b)
{
    const SweepPlan planA = sweepPlan(a), planB = sweepPlan(b);
    return planA.over == planB.over && planA.values == planB.values && planA.lengths == planB.lengths &&
           planA.seeds == planB.seeds && unset(a, planA.over) == unset(b, planB.over);
}

/// Of a view: each has one study at most.
std::optional<StudyKind> studyOfView(FigureKind kind)
{
    FigureDesign design;
    design.view = kind;
    for (const auto& row : panelsOf(design))
        for (const PanelDesign& panel : row)
            if (const auto study = studyOf(panel.show))
                return study;
    return {};
}

}  // namespace

std::optional<StudyKind> studyOf(PanelKind kind)
{
    switch (kind) {
    case PanelKind::Losses:
    case PanelKind::DistanceBySteps: return StudyKind::History;
    case PanelKind::DistanceByLength:
    case PanelKind::UntrainedByLength:
    case PanelKind::DistanceByQuery:
    case PanelKind::Causes: return StudyKind::Generalization;
    case PanelKind::Level: return StudyKind::Level;
    case PanelKind::SweepWithin:
    case PanelKind::SweepAtLength: return StudyKind::Sweep;
    default: return {};
    }
}

bool hasStudy(const Studies& studies, StudyKind kind)
{
    switch (kind) {
    case StudyKind::History: return studies.history != nullptr;
    case StudyKind::Generalization: return studies.generalization != nullptr;
    case StudyKind::Level: return studies.level != nullptr;
    case StudyKind::Sweep: return studies.sweep && studies.sweep->done == studies.sweep->trainings;
    }
    return false;
}

void copyStudy(const Studies& from, StudyKind kind, Studies& to)
{
    switch (kind) {
    case StudyKind::History: to.history = from.history; break;
    case StudyKind::Generalization: to.generalization = from.generalization; break;
    case StudyKind::Level: to.level = from.level; break;
    case StudyKind::Sweep: to.sweep = from.sweep; break;
    }
}

void addStudy(Studies& studies, StudyKind kind, const Result& result, const Progress& progress,
              const std::function<void(const Studies&)>& partial)
{
    const Experiment& experiment = result.experiment;
    switch (kind) {
    case StudyKind::History:
        studies.history =
            std::make_shared<const TrainingHistory>(trainingHistory(experiment, result.training, 256, progress));
        break;
    case StudyKind::Generalization:
        studies.generalization =
            std::make_shared<const Generalization>(generalization(experiment, result.training, progress));
        break;
    case StudyKind::Level:
        studies.level = std::make_shared<const LevelStudy>(levelStudy(experiment, result.training, progress));
        break;
    case StudyKind::Sweep:
        studies.sweep =
            std::make_shared<const Sweep>(runSweep(experiment, sweepPlan(experiment), progress, [&](const Sweep& done) {
                if (partial)
                    partial({nullptr, nullptr, nullptr, std::make_shared<const Sweep>(done)});
            }));
        break;
    }
}

bool sameStudy(StudyKind kind, const Result& a, const Result& b)
{
    switch (kind) {
    case StudyKind::History: return unswept(a.experiment) == unswept(b.experiment);
    case StudyKind::Generalization: return unswept(a.experiment) == unswept(b.experiment) && sameSteps(a, b);
    case StudyKind::Level: return unshifted(a.experiment) == unshifted(b.experiment) && sameSteps(a, b);
    case StudyKind::Sweep: return sameSweep(a.experiment, b.experiment);
    }
    return false;
}

bool needsStudy(FigureKind kind)
{
    return studyOfView(kind).has_value();
}

Studies studiesFor(FigureKind kind, const Result& result, const Progress& progress,
                   const std::function<void(const Studies&)>& partial)
{
    Studies studies;
    if (const auto study = studyOfView(kind))
        addStudy(studies, *study, result, progress, partial);
    return studies;
}

bool sameStudy(FigureKind kind, const Result& a, const Result& b)
{
    const auto study = studyOfView(kind);
    return !study || sameStudy(*study, a, b);
}

}  // namespace posbias
