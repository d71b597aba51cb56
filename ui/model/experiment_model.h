// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The one model of the window: the open experiment, its undo stack, its computed result and the crosshair.
// Widgets talk to it and never to each other.

#include "core/base/shared_value.h"
#include "core/evaluation/result.h"
#include "core/experiment/fields.h"
#include "core/figure/figure.h"
#include "ui/model/problem.h"
#include "ui/model/window_limits.h"

#include <QObject>
#include <QString>
#include <QUndoStack>

#include <functional>
#include <memory>
#include <optional>

namespace posbias::ui {

class ExperimentModel : public QObject {
    Q_OBJECT
public:
    explicit ExperimentModel(QObject* parent = nullptr);
    ~ExperimentModel() override;

    const Experiment& experiment() const;
    /// Of the last valid experiment; null only before the first is computed.
    std::shared_ptr<const Result> result() const;
    /// Set while the experiment is invalid or a value was refused: the last valid result stays. It is told at the field
    /// that was changed last if that is one of those it is about.
    std::optional<Problem> problem() const;
    QUndoStack* undoStack();
    /// A value was refused and is still to be mended: the experiment never took it.
    bool hasRefusedValue() const;
    bool canUndo() const;
    /// Drops a refused value if there is one, else goes one step back.
    void undo();

    /// One undoable change. Successive changes of the same path within one gesture merge into one step;
    /// a gesture that returns home leaves none. A value that is refused sets problem() and changes nothing else.
    void setField(const QString& path, const FieldValue& value);
    /// Ends the gesture: the next setField of the same path is a step of its own.
    void endGesture();
    /// One undoable step of several fields at once.
    void change(const Experiment& next, const QString& stepName);
    /// One undoable step that swaps everything (a preset).
    void replace(const Experiment& experiment, const QString& stepName);
    /// A new document: clears the undo stack.
    void load(const Experiment& experiment);
    /// A document as it was left: `fillHistory` pushes the steps that undo and redo can take and goes to the place among
    /// them, and no step changes anything meanwhile. The experiment may be invalid: then the newest valid one before it
    /// is computed.
    void restore(const Experiment& experiment, const std::function<void()>& fillHistory);
    /// For restore(): a step that swaps in `other`.
    QUndoCommand* recordedStep(const SharedValue<Experiment>& other, bool movesView, const QString& name,
                               QUndoCommand* parent = nullptr);

    /// The moment of training that everything is to show, in steps; nothing: its end. Part of neither the file nor the
    /// undo stack; it goes back to the end with another document, and where training has no such step.
    std::optional<std::int64_t> step() const;
    /// Moments that training does not have lead to its end.
    void setStep(std::optional<std::int64_t> step);
    /// Steps that training takes; nothing for `exact`.
    std::optional<std::int64_t> steps() const;
    /// The step that the result shows: with early stopping the latest that any scheme's end is at.
    std::int64_t shownStep() const;

    /// The cell everything points at: hovered, else pinned (experiment().view). Always inside result()'s sequence, which
    /// may be another than the experiment's while a computation runs.
    CellPosition crosshair() const;
    bool hovering() const;
    void hover(std::optional<CellPosition> cell);  ///< ignored outside the mask
    /// Saved with the experiment, but no change of it: no undo step.
    void pin(CellPosition cell);

    bool busy() const;
    double progress() const;  ///< 0..1 while busy
    void cancel();            ///< stops the running computation; the last result stays
    bool upToDate() const;    ///< result() is experiment()'s (not after cancel() or a failure)
    void recompute();         ///< after cancel() or a failure
    /// From now on long trainings keep their states there, and go on from what is there.
    void keepTrainings(std::shared_ptr<StateShelf> shelf);
    double lastComputationMilliseconds() const;  ///< of what result() shows

Q_SIGNALS:
    void experimentChanged();
    void problemChanged();
    void stepChanged();
    void resultChanged();
    void crosshairChanged();
    void busyChanged();
    void progressChanged();
    void failed(const QString& message);  ///< a computation could not be done (a fit that diverged)

private:
    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace posbias::ui
