// SPDX-License-Identifier: GPL-3.0-or-later
// A document as a journal, and back: with its file, its figures and every step of undo and redo.
#include "ui/model/change_experiment.h"
#include "ui/window/document.h"
#include "ui/window/document_steps.h"

#include <memory>

namespace posbias::ui {

Journal Document::journal() const
{
    const auto record = [](const QUndoCommand& part, JournalStep& step) {
        if (const auto* change = dynamic_cast<const ChangeExperiment*>(&part)) {
            step.experiment = change->other();
            step.movesCrosshair = change->movesView();
        } else if (const auto* origin = dynamic_cast<const ChangeOrigin*>(&part)) {
            step.origin = origin->other();
        } else if (const auto* figures = dynamic_cast<const ChangeFigures*>(&part)) {
            step.figures = figures->other();
        }
    };
    const QUndoStack& steps = *m_model->undoStack();
    Journal journal{m_model->experiment(), m_origin, {}, static_cast<std::size_t>(steps.index()), {}};
    for (int i = 0; i < steps.count(); ++i) {
        const QUndoCommand& command = *steps.command(i);
        JournalStep& step = journal.steps.emplace_back();
        step.name = command.text().toStdString();
        record(command, step);
        for (int part = 0; part < command.childCount(); ++part)
            record(*command.child(part), step);
    }
    if (steps.cleanIndex() >= 0)
        journal.saved = static_cast<std::size_t>(steps.cleanIndex());
    return journal;
}

void Document::restore(const Journal& journal)
{
    stopOpening();
    m_restoring = true;
    m_origin = journal.origin;
    m_model->restore(journal.experiment, [&] {
        QUndoStack& steps = *m_model->undoStack();
        for (const JournalStep& step : journal.steps) {
            auto whole = std::make_unique<QUndoCommand>(QString::fromStdString(step.name));
            if (step.origin)
                new ChangeOrigin(this, step.origin, whole.get());
            if (step.experiment)
                m_model->recordedStep(step.experiment, step.movesCrosshair, whole->text(), whole.get());
            if (step.figures)
                new ChangeFigures(this, step.figures, whole->text(), whole.get());
            steps.push(whole.release());
        }
        // Written as it was saved last, the file was gone: the document is the only copy, before anybody looked again.
        if (journal.saved && journal.saved != journal.position) {
            steps.setIndex(static_cast<int>(*journal.saved));
            steps.setClean();
        } else {
            steps.resetClean();
        }
        steps.setIndex(static_cast<int>(journal.position));
    });
    m_restoring = false;
    Q_EMIT loaded();
    originChanged();
}

}  // namespace posbias::ui
