// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/experiment_model_private.h"

#include "core/learning/learn.h"
#include "ui/model/change_experiment.h"

#include <utility>

namespace posbias::ui {

/// Differences that need no computation: where the crosshair is and what the experiment is called.
bool sameComputation(const Experiment& a, const Experiment& b)
{
    Experiment c = a;
    c.view = b.view;
    c.title = b.title;
    return c == b;
}
bool insideMask(const Experiment& experiment, CellPosition cell)
{
    const std::int64_t n = experiment.length;
    return cell.query >= 0 && cell.query < n && cell.key >= 0 && cell.key < n &&
           (experiment.mask == Mask::Bidirectional || cell.key <= cell.query);
}

CellPosition cellOf(const CellChoice& view)
{
    return {view.query, view.query - view.offset};
}

void ExperimentModel::Private::swapExperiment(SharedValue<Experiment>& other, bool movesView)
{
    if (restoring)
        return;
    Experiment next = *other;
    if (!movesView && insideMask(next, cellOf(experiment.view)))
        next.view = experiment.view;
    other = std::exchange(experiment, std::move(next));
    rememberCell(false);
    experimentSwapped();
}

/// The person's cell where the sequence has it, else a telling one.
CellChoice ExperimentModel::Private::viewOf(const Experiment& next) const
{
    return chosen && insideMask(next, cellOf(*chosen)) ? *chosen : defaultView(next.length);
}

void ExperimentModel::Private::rememberCell(bool whole)
{
    if (experiment.view != defaultView(experiment.length))
        chosen = experiment.view;
    else if (whole)
        chosen.reset();
}

void ExperimentModel::Private::push(const Experiment& next, const QString& text, const QString& key, quint64 gestureId)
{
    if (next == experiment) {
        experimentSwapped();  // a value that was refused before may have come back
        return;
    }
    const auto swap = [this](SharedValue<Experiment>& other, bool movesView) { swapExperiment(other, movesView); };
    undoStack.push(new ChangeExperiment(swap, experiment, next, text, key, gestureId));
}

/// Tells everybody; the cheap half of a computation is done at once, the other is asked for.
void ExperimentModel::Private::experimentSwapped()
{
    Q_EMIT q->experimentChanged();
    if (!keepsStep(step))
        moveTo(std::nullopt);
    revalidate();
    if (!problem)
        compute();
    tellCrosshair();
}

/// Whether the experiment's training has that moment, and it is another than its end.
bool ExperimentModel::Private::keepsStep(std::optional<std::int64_t> moment) const
{
    const std::optional<std::int64_t> steps = stepsOf(experiment.learning);
    if (!moment || !steps || *moment < 0)
        return false;
    return stopsEarly(experiment.corpus, experiment.learning) ? *moment <= *steps : *moment < *steps;
}

void ExperimentModel::Private::moveTo(std::optional<std::int64_t> moment)
{
    if (step == moment)
        return;
    step = moment;
    Q_EMIT q->stepChanged();
}

/// The problem is that of the experiment itself: a refused value is forgotten.
void ExperimentModel::Private::revalidate()
{
    std::optional<Problem> found;
    try {
        validateForWindow(experiment);
    } catch (const InputError& error) {
        found = invalidExperiment(experiment, error);
        if (concerns(*found, edited))
            found->path = edited;
    }
    refused = false;
    setProblem(std::move(found));
}

void ExperimentModel::Private::setProblem(std::optional<Problem> next)
{
    if (problem == next)
        return;
    problem = std::move(next);
    Q_EMIT q->problemChanged();
}

void ExperimentModel::Private::compute()
{
    // The same computation is not asked for twice: it is under way, or it was cancelled or failed.
    const bool asked = requested && requested->step == step && sameComputation(requested->experiment, experiment);
    if (!asked)
        request(false);
    else if (!evaluator.busy() && q->upToDate())
        adopt(result);
}

void ExperimentModel::Private::request(bool newDocument)
{
    requested = Request{experiment, step, shelf};
    if (newDocument)
        evaluator.restart(*requested);
    else
        evaluator.request(*requested);
}

/// `next` becomes the result, with the crosshair and title as they are now if it is of the present experiment.
void ExperimentModel::Private::adopt(const std::shared_ptr<const Result>& next)
{
    std::shared_ptr<const Result> adopted = next;
    if (next->experiment != experiment && sameComputation(next->experiment, experiment)) {
        auto copy = std::make_shared<Result>(*next);
        copy->experiment.view = experiment.view;
        copy->experiment.title = experiment.title;
        adopted = copy;
    }
    if (adopted == result)
        return;
    result = adopted;
    dropHoverOutside();
    Q_EMIT q->resultChanged();
    tellCrosshair();
}

void ExperimentModel::Private::dropHoverOutside()
{
    if (hovered && !insideMask(result->experiment, *hovered))
        hovered.reset();
}

void ExperimentModel::Private::tellCrosshair()
{
    const CellPosition now = q->crosshair();
    if (told == now)
        return;
    told = now;
    Q_EMIT q->crosshairChanged();
}

}  // namespace posbias::ui
