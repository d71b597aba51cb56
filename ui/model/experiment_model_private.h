// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the model keeps, and the way every change takes: swapped, validated, told, computed.

#include "ui/model/evaluator.h"
#include "ui/model/experiment_model.h"

namespace posbias::ui {

bool sameComputation(const Experiment& a, const Experiment& b);
bool insideMask(const Experiment& experiment, CellPosition cell);
CellPosition cellOf(const CellChoice& view);

struct ExperimentModel::Private {
    explicit Private(ExperimentModel* q_)
        : q(q_), evaluator([](const Request& asked, const Progress& progress, std::shared_ptr<const Result> previous) {
              return evaluate(asked.experiment, progress, std::move(previous), asked.step, asked.shelf.get());
          })
    {
    }

    void swapExperiment(SharedValue<Experiment>& other, bool movesView);
    CellChoice viewOf(const Experiment& next) const;
    void rememberCell(bool whole);
    void push(const Experiment& next, const QString& text, const QString& key, quint64 gestureId);
    void experimentSwapped();
    void revalidate();
    void setProblem(std::optional<Problem> next);
    bool keepsStep(std::optional<std::int64_t> moment) const;
    void moveTo(std::optional<std::int64_t> moment);
    void compute();
    void request(bool newDocument);
    void adopt(const std::shared_ptr<const Result>& next);
    void dropHoverOutside();
    void tellCrosshair();

    ExperimentModel* q;
    Experiment experiment;
    std::optional<std::int64_t> step;   ///< the moment of training that is asked for; nothing: its end
    std::shared_ptr<StateShelf> shelf;  ///< where long trainings keep their states
    std::optional<Request> requested;   ///< what the last computation asked for is of
    std::shared_ptr<const Result> result;
    std::optional<Problem> problem;
    bool refused = false;              ///< the problem is of a value that the experiment did not take
    QString edited;                    ///< the field changed last
    std::optional<CellChoice> chosen;  ///< a person's cell: it returns when the sequence is long enough again
    std::optional<CellPosition> hovered;
    std::optional<CellPosition> told;  ///< the crosshair that listeners know
    quint64 gesture = 1;
    bool restoring = false;  ///< steps are put on the undo stack as they were recorded: none is taken
    double milliseconds = 0.0;
    QUndoStack undoStack;
    Evaluator evaluator;
};

}  // namespace posbias::ui
