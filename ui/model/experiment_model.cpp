// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/experiment_model.h"

#include "ui/model/change_experiment.h"
#include "ui/model/evaluator.h"

#include <algorithm>
#include <utility>

namespace posbias::ui {

namespace {

/// Differences that need no computation: where the crosshair is and what the experiment is called.
bool sameComputation(const Experiment& a, const Experiment& b)
{
    Experiment c = a;
    c.view = b.view;
    c.title = b.title;
    return c == b;
}

bool insideMask(const Result& result, CellPosition cell)
{
    const std::int64_t n = result.experiment.length;
    return cell.query >= 0 && cell.query < n && cell.key >= 0 && cell.key < n
        && (result.experiment.mask == Mask::Bidirectional || cell.key <= cell.query);
}

CellPosition cellOf(const CellChoice& view)
{
    return {view.query, view.query - view.offset};
}

QString labelOf(const Experiment& experiment, const QString& path)
{
    for (const FieldDescription& field : describeFields(experiment)) {
        if (field.path == path.toStdString())
            return QString::fromStdString(field.label);
    }
    return path;
}

bool sameTraining(const std::shared_ptr<const Result>& a, const std::shared_ptr<const Result>& b)
{
    return a && b && a->training.corpus == b->training.corpus && a->training.schemes == b->training.schemes;
}

constexpr quint64 alwaysOneGesture = 0;

}  // namespace

void validateForWindow(const Experiment& experiment)
{
    validate(experiment);
    const auto check = [](const char* path, const char* name, std::int64_t value) {
        if (value > longestInWindow) {
            throw InputError(path, std::string(name) + " is " + std::to_string(value) + "; the window shows up to "
                                       + std::to_string(longestInWindow) + ", the command line more.");
        }
    };
    check("trainingLength", "The training length", experiment.trainingLength);
    check("length", "The length shown", experiment.length);
}

struct ExperimentModel::Private {
    explicit Private(ExperimentModel* q_) : q(q_), evaluator(&evaluate) {}

    void swapExperiment(Experiment& other);
    void push(const Experiment& next, const QString& text, const QString& key, quint64 gestureId);
    void experimentSwapped();
    void setProblem(std::optional<Problem> next);
    void compute();
    void request(bool newDocument);
    void adopt(const std::shared_ptr<const Result>& next);
    void dropHoverOutside();
    void tellCrosshair();

    ExperimentModel* q;
    Experiment experiment;
    std::optional<Experiment> requested;  ///< what the last computation asked for is of
    std::shared_ptr<const Result> result;
    std::optional<Problem> problem;
    std::optional<CellPosition> hovered;
    std::optional<CellPosition> told;  ///< the crosshair that listeners know
    quint64 gesture = 1;
    double trainingMilliseconds = 0.0;
    QUndoStack undoStack;
    Evaluator evaluator;
};

void ExperimentModel::Private::swapExperiment(Experiment& other)
{
    std::swap(experiment, other);
    experimentSwapped();
}

void ExperimentModel::Private::push(const Experiment& next, const QString& text, const QString& key,
                                    quint64 gestureId)
{
    if (next == experiment) {
        experimentSwapped();  // a value that was refused before may have come back
        return;
    }
    undoStack.push(new ChangeExperiment([this](Experiment& other) { swapExperiment(other); }, experiment, next, text,
                                        key, gestureId));
}

/// Tells everybody; the cheap half of a computation is done at once, the other is asked for.
void ExperimentModel::Private::experimentSwapped()
{
    std::optional<Problem> found;
    try {
        validateForWindow(experiment);
    } catch (const InputError& error) {
        found = Problem{QString::fromStdString(error.subject()), QString::fromStdString(error.what())};
    }
    Q_EMIT q->experimentChanged();
    setProblem(found);
    if (!found)
        compute();
    tellCrosshair();
}

void ExperimentModel::Private::setProblem(std::optional<Problem> next)
{
    const auto same = [](const std::optional<Problem>& a, const std::optional<Problem>& b) {
        return a.has_value() == b.has_value() && (!a || (a->path == b->path && a->message == b->message));
    };
    if (same(problem, next))
        return;
    problem = std::move(next);
    Q_EMIT q->problemChanged();
}

void ExperimentModel::Private::compute()
{
    // The same computation is not asked for twice: it is under way, or it was cancelled or failed.
    const bool asked = requested && sameComputation(*requested, experiment);
    if (!asked)
        request(false);
    else if (!evaluator.busy() && q->upToDate())
        adopt(result);
}

void ExperimentModel::Private::request(bool newDocument)
{
    requested = experiment;
    if (newDocument)
        evaluator.restart(experiment);
    else
        evaluator.request(experiment);
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
    if (hovered && !insideMask(*result, *hovered))
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

ExperimentModel::ExperimentModel(QObject* parent) : QObject(parent), d(std::make_unique<Private>(this))
{
    connect(&d->evaluator, &Evaluator::finished, this,
            [this](const std::shared_ptr<const Result>& result, double milliseconds) {
                if (!sameTraining(d->result, result))
                    d->trainingMilliseconds = milliseconds;
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

void ExperimentModel::setField(const QString& path, const FieldValue& value)
{
    Experiment next;
    try {
        next = withField(d->experiment, path.toStdString(), value);
    } catch (const InputError& error) {
        d->setProblem(Problem{path, QString::fromStdString(error.what())});
        return;
    }
    d->push(next, tr("Change %1").arg(labelOf(next, path)), path, d->gesture);
}

void ExperimentModel::endGesture()
{
    ++d->gesture;
}

void ExperimentModel::replace(const Experiment& experiment, const QString& stepName)
{
    ++d->gesture;
    d->push(experiment, stepName, QString(), d->gesture);
}

void ExperimentModel::load(const Experiment& experiment)
{
    ++d->gesture;
    d->undoStack.clear();
    d->hovered.reset();
    d->experiment = experiment;
    Q_EMIT experimentChanged();
    d->setProblem(std::nullopt);
    d->request(true);
    d->tellCrosshair();
}

CellPosition ExperimentModel::crosshair() const
{
    if (d->hovered)
        return *d->hovered;
    const CellPosition pinned = cellOf(d->experiment.view);
    if (d->result && !insideMask(*d->result, pinned))
        return cellOf(d->result->experiment.view);
    return pinned;
}

bool ExperimentModel::hovering() const
{
    return d->hovered.has_value();
}

void ExperimentModel::hover(std::optional<CellPosition> cell)
{
    if (cell == d->hovered || (cell && (!d->result || !insideMask(*d->result, *cell))))
        return;
    d->hovered = cell;
    d->tellCrosshair();
}

void ExperimentModel::pin(CellPosition cell)
{
    if (!d->result || !insideMask(*d->result, cell))
        return;
    Experiment next = d->experiment;
    // While another length is being computed the cell may lie outside the sequence to come: then it cannot be kept.
    if (cell.query >= next.length || cell.key >= next.length)
        return;
    next.view = {cell.query, cell.query - cell.key};
    d->hovered.reset();
    if (next != d->experiment)
        d->push(next, tr("Move the crosshair"), QStringLiteral("view"), alwaysOneGesture);
    else
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
    return d->result && sameComputation(d->result->experiment, d->experiment);
}

void ExperimentModel::recompute()
{
    if (!d->problem && !upToDate())
        d->request(false);
}

double ExperimentModel::lastTrainingMilliseconds() const
{
    return d->trainingMilliseconds;
}

}  // namespace posbias::ui
