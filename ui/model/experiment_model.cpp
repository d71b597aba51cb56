// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/experiment_model.h"

#include "core/experiment/presets.h"
#include "core/learning/corpus.h"
#include "ui/model/change_experiment.h"
#include "ui/model/experiment_model_private.h"
#include "ui/text/field_names.h"

#include <algorithm>

namespace posbias::ui {

namespace {

std::optional<FieldDescription> fieldAt(const Experiment& experiment, const QString& path)
{
    for (FieldDescription& field : describeForWindow(experiment)) {
        if (field.path == path.toStdString())
            return std::move(field);
    }
    return std::nullopt;
}

/// withField(), and the window's own limits.
Experiment changed(const Experiment& experiment, const FieldDescription& field, const FieldValue& value)
{
    const auto* whole = std::get_if<std::int64_t>(&value);
    if (whole && field.type == FieldType::Integer && *whole > static_cast<std::int64_t>(field.max))
        throw InputError(field.path, "beyond the window's limit");
    return withField(experiment, field.path, value);
}

/// Listed document lengths are a person's own: where there were none they begin with the documents that training read.
Experiment withItsDocumentsListed(const Experiment& before, Experiment now)
{
    if (std::holds_alternative<ListedLengths>(now.corpus.lengths) &&
        !std::holds_alternative<ListedLengths>(before.corpus.lengths))
        now.corpus.lengths = listedDocuments(before.corpus, before.trainingLength);
    return now;
}

bool isValidForWindow(const Experiment& experiment)
{
    try {
        validateForWindow(experiment);
        return true;
    } catch (const InputError&) {
        return false;
    }
}

/// Of the steps that are done; a document begins with a valid one.
Experiment newestValid(const QUndoStack& steps)
{
    for (int i = steps.index() - 1; i >= 0; --i) {
        const QUndoCommand* step = steps.command(i);
        for (int part = -1; part < step->childCount(); ++part) {
            const auto* change = dynamic_cast<const ChangeExperiment*>(part < 0 ? step : step->child(part));
            if (change && isValidForWindow(*change->other()))
                return *change->other();
        }
    }
    return presets().front().experiment;
}

}  // namespace

ExperimentModel::ExperimentModel(QObject* parent) : QObject(parent), d(std::make_unique<Private>(this))
{
    connect(&d->evaluator, &Evaluator::finished, this,
            [this](const std::shared_ptr<const Result>& result, double milliseconds) {
                d->milliseconds = milliseconds;
                d->adopt(result);
            });
    connect(&d->evaluator, &Evaluator::failed, this, &ExperimentModel::failed);
    connect(&d->evaluator, &Evaluator::busyChanged, this, &ExperimentModel::busyChanged);
    connect(&d->evaluator, &Evaluator::progressChanged, this, &ExperimentModel::progressChanged);
}

ExperimentModel::~ExperimentModel()
{
    // The undo stack's signals must not reach listeners that are half gone.
    d->undoStack.disconnect();
    d->evaluator.disconnect();
}

const Experiment& ExperimentModel::experiment() const
{
    return d->experiment;
}

std::shared_ptr<const Result> ExperimentModel::result() const
{
    return d->result;
}

std::optional<Problem> ExperimentModel::problem() const
{
    return d->problem;
}

QUndoStack* ExperimentModel::undoStack()
{
    return &d->undoStack;
}

bool ExperimentModel::hasRefusedValue() const
{
    return d->refused;
}

bool ExperimentModel::canUndo() const
{
    return d->refused || d->undoStack.canUndo();
}

void ExperimentModel::undo()
{
    d->edited.clear();
    if (d->refused)
        d->revalidate();
    else
        d->undoStack.undo();
}

void ExperimentModel::setField(const QString& path, const FieldValue& value)
{
    const std::optional<FieldDescription> field = fieldAt(d->experiment, path);
    Experiment next;
    d->edited = path;
    try {
        next = field ? changed(d->experiment, *field, value) : withField(d->experiment, path.toStdString(), value);
        if (path == QLatin1String("corpus.lengths"))
            next = withItsDocumentsListed(d->experiment, std::move(next));
    } catch (const InputError& error) {
        d->refused = true;
        d->setProblem(field ? refusedValue(*field, value, error) : Problem{path, QString::fromUtf8(error.what()), {}});
        return;
    }
    if (next.length != d->experiment.length || next.mask != d->experiment.mask)
        next.view = d->viewOf(next);
    const QString label = field ? fieldLabel(*field) : path;
    d->push(next, tr("Change %1").arg(label), path, d->gesture);
}

void ExperimentModel::endGesture()
{
    ++d->gesture;
}

void ExperimentModel::change(const Experiment& next, const QString& stepName)
{
    endGesture();
    d->edited.clear();
    d->push(next, stepName, QString(), d->gesture);
}

void ExperimentModel::replace(const Experiment& experiment, const QString& stepName)
{
    d->moveTo(std::nullopt);
    change(experiment, stepName);
    d->rememberCell(true);
}

void ExperimentModel::load(const Experiment& experiment)
{
    endGesture();
    d->undoStack.clear();
    d->hovered.reset();
    d->edited.clear();
    d->refused = false;
    d->experiment = experiment;
    d->rememberCell(true);
    Q_EMIT experimentChanged();
    d->moveTo(std::nullopt);
    d->setProblem(std::nullopt);
    d->request(true);
    d->tellCrosshair();
}

void ExperimentModel::restore(const Experiment& experiment, const std::function<void()>& fillHistory)
{
    endGesture();
    d->undoStack.clear();
    d->hovered.reset();
    d->edited.clear();
    d->experiment = experiment;
    d->rememberCell(true);
    d->restoring = true;
    fillHistory();
    d->restoring = false;
    Q_EMIT experimentChanged();
    d->moveTo(std::nullopt);
    d->revalidate();
    d->requested = Request{d->problem ? newestValid(d->undoStack) : d->experiment, std::nullopt, d->shelf};
    d->evaluator.restart(*d->requested);
    d->tellCrosshair();
}

QUndoCommand* ExperimentModel::recordedStep(const SharedValue<Experiment>& other, bool movesView, const QString& name,
                                            QUndoCommand* parent)
{
    return new ChangeExperiment(
        [this](SharedValue<Experiment>& swapped, bool moves) { d->swapExperiment(swapped, moves); }, other, movesView,
        name, parent);
}

std::optional<std::int64_t> ExperimentModel::step() const
{
    return d->step;
}

void ExperimentModel::setStep(std::optional<std::int64_t> step)
{
    d->moveTo(d->keepsStep(step) ? step : std::nullopt);
    if (!d->problem)
        d->compute();
}

std::optional<std::int64_t> ExperimentModel::steps() const
{
    return stepsOf(d->experiment.learning);
}

std::int64_t ExperimentModel::shownStep() const
{
    std::int64_t latest = 0;
    if (d->result) {
        for (const auto& scheme : d->result->training.schemes)
            latest = std::max(latest, scheme->step);
    }
    return latest;
}

CellPosition ExperimentModel::crosshair() const
{
    if (d->hovered)
        return *d->hovered;
    const CellPosition pinned = cellOf(d->experiment.view);
    if (d->result && !insideMask(d->result->experiment, pinned))
        return cellOf(d->result->experiment.view);
    return pinned;
}

bool ExperimentModel::hovering() const
{
    return d->hovered.has_value();
}

void ExperimentModel::hover(std::optional<CellPosition> cell)
{
    if (cell == d->hovered || (cell && (!d->result || !insideMask(d->result->experiment, *cell))))
        return;
    d->hovered = cell;
    d->tellCrosshair();
}

void ExperimentModel::pin(CellPosition cell)
{
    if (!d->result || !insideMask(d->result->experiment, cell))
        return;
    // While another length is being computed the cell may lie outside the sequence to come: then it cannot be kept.
    if (!insideMask(d->experiment, cell))
        return;
    d->hovered.reset();
    const CellChoice view = {cell.query, cell.query - cell.key};
    if (view != d->experiment.view) {
        d->experiment.view = view;
        d->chosen = view;
        Q_EMIT experimentChanged();
        if (!d->evaluator.busy() && upToDate())
            d->adopt(d->result);
    }
    d->tellCrosshair();
}

bool ExperimentModel::busy() const
{
    return d->evaluator.busy();
}

double ExperimentModel::progress() const
{
    return d->evaluator.progress();
}

void ExperimentModel::cancel()
{
    d->evaluator.cancel();
}

bool ExperimentModel::upToDate() const
{
    return d->result && d->result->step == d->step && sameComputation(d->result->experiment, d->experiment);
}

void ExperimentModel::recompute()
{
    if (!d->problem && !upToDate())
        d->request(false);
}

void ExperimentModel::keepTrainings(std::shared_ptr<StateShelf> shelf)
{
    d->shelf = std::move(shelf);
    if (!busy())
        return;
    d->requested->shelf = d->shelf;  // what has just begun begins again
    d->evaluator.restart(*d->requested);
}

double ExperimentModel::lastComputationMilliseconds() const
{
    return d->milliseconds;
}

}  // namespace posbias::ui
