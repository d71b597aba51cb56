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

}  // namespace

bool needsStudy(FigureKind kind)
{
    return kind == FigureKind::Learning || kind == FigureKind::Generalization || kind == FigureKind::Level ||
           kind == FigureKind::Sweep;
}

Studies studiesFor(FigureKind kind, const Result& result, const Progress& progress,
                   const std::function<void(const Studies&)>& partial)
{
    const Experiment& experiment = result.experiment;
    Studies studies;
    if (kind == FigureKind::Learning)
        studies.history = std::make_shared<const TrainingHistory>(
            trainingHistory(experiment, result.training, 256, progress));
    else if (kind == FigureKind::Generalization)
        studies.generalization =
            std::make_shared<const Generalization>(generalization(experiment, result.training, progress));
    else if (kind == FigureKind::Level)
        studies.level = std::make_shared<const LevelStudy>(levelStudy(experiment, result.training, progress));
    else if (kind == FigureKind::Sweep)
        studies.sweep = std::make_shared<const Sweep>(
            runSweep(experiment, sweepPlan(experiment), progress, [&](const Sweep& done) {
                if (partial)
                    partial({nullptr, nullptr, nullptr, std::make_shared<const Sweep>(done)});
            }));
    return studies;
}

bool sameStudy(FigureKind kind, const Result& a, const Result& b)
{
    switch (kind) {
    case FigureKind::Learning: return unswept(a.experiment) == unswept(b.experiment);
    case FigureKind::Generalization: return unswept(a.experiment) == unswept(b.experiment) && sameSteps(a, b);
    case FigureKind::Level: return unshifted(a.experiment) == unshifted(b.experiment) && sameSteps(a, b);
    case FigureKind::Sweep: return sameSweep(a.experiment, b.experiment);
    default: return true;
    }
}

}  // namespace posbias
