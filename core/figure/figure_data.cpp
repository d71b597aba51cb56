// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figure/figure_data.h"

#include "core/base/error.h"
#include "core/base/joint_progress.h"
#include "core/base/parallel.h"

#include <algorithm>
#include <set>

namespace posbias {
namespace {

/// An experiment of a figure before it is evaluated.
struct PartPlan {
    std::vector<FieldSetting> set;
    Experiment experiment;
    std::set<StudyKind> studies;
};

/// The recipe's own first, then one for each distinct set of changes.
std::vector<PartPlan> partPlans(const Recipe& recipe)
{
    std::vector<PartPlan> plans{{{}, recipe.experiment, {}}};
    for (const auto& row : panelsOf(recipe.design))
        for (const PanelDesign& panel : row) {
            auto plan = std::ranges::find(plans, panel.set, &PartPlan::set);
            if (plan == plans.end())
                plan = plans.insert(plans.end(), {panel.set, experimentOf(panel, recipe.experiment), {}});
            if (const auto study = studyOf(panel.show))
                plan->studies.insert(*study);
        }
    return plans;
}

class FigureEvaluator {
public:
    FigureEvaluator(const Recipe& recipe, const Progress& progress, const FigureData* known)
        : m_plans(partPlans(recipe)), m_step(recipe.design.step), m_known(known), m_progress(progress, m_plans.size())
    {
        m_data.design = recipe.design;
        m_data.parts.resize(m_plans.size());
    }

    FigureData run()
    {
        evaluatePart(0);
        inParallel(m_plans.size() - 1, [this](std::size_t k) { evaluatePart(k + 1); });
        return std::move(m_data);
    }

private:
    void evaluatePart(std::size_t k)
    {
        const PartPlan& plan = m_plans[k];
        const Progress progress = m_progress.part(k);
        const std::size_t tasks = 1 + plan.studies.size();
        FigurePart& part = m_data.parts[k];
        part.set = plan.set;
        part.result = resultOf(k, progress.part(0, tasks));
        std::size_t task = 1;
        for (const StudyKind study : plan.studies)
            addKnownOrNew(part, study, progress.part(task++, tasks));
        progress.at(1.0);
    }

    /// What was trained for the recipe's own experiment serves the others as far as it goes.
    std::shared_ptr<const Result> resultOf(std::size_t k, const Progress& progress) const
    {
        const PartPlan& plan = m_plans[k];
        std::shared_ptr<const Result> previous = k > 0 ? m_data.parts.front().result : nullptr;
        for (const FigurePart& part : m_known ? m_known->parts : std::vector<FigurePart>()) {
            if (part.result->experiment == plan.experiment && part.result->step == m_step)
                return part.result;
            if (part.set == plan.set)
                previous = part.result;
        }
        return evaluate(plan.experiment, progress, previous, m_step);
    }

    void addKnownOrNew(FigurePart& part, StudyKind study, const Progress& progress) const
    {
        for (const FigurePart& known : m_known ? m_known->parts : std::vector<FigurePart>())
            if (hasStudy(known.studies, study) && sameStudy(study, *known.result, *part.result))
                return copyStudy(known.studies, study, part.studies);
        addStudy(part.studies, study, *part.result, progress);
    }

    std::vector<PartPlan> m_plans;
    std::optional<std::int64_t> m_step;
    const FigureData* m_known;
    JointProgress m_progress;
    FigureData m_data;
};

}  // namespace

const FigurePart& FigureData::of(const PanelDesign& panel) const
{
    const auto part = std::ranges::find(parts, panel.set, &FigurePart::set);
    if (part == parts.end())
        throw FailureError("the panel \"" + panelId(panel.show) + "\" was not evaluated with its settings");
    return *part;
}

FigureData evaluateFigure(const Recipe& recipe, const Progress& progress, const FigureData* known)
{
    return FigureEvaluator(recipe, progress, known).run();
}

}  // namespace posbias
