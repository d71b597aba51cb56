// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The one undo step: it swaps whole experiments.

#include "core/base/shared_value.h"
#include "core/experiment/experiment.h"

#include <QString>
#include <QUndoCommand>

#include <functional>

namespace posbias::ui {

/// Swaps the whole experiment with the one it keeps. Changes of one field within one gesture merge; one that
/// ends where it began is obsolete. The crosshair's cell is no step: a change that did not move it leaves it alone.
class ChangeExperiment : public QUndoCommand {
public:
    using Swap = std::function<void(SharedValue<Experiment>& other, bool movesView)>;
    /// `current`: the one that `swap` swaps, which lives as long as the step.
    ChangeExperiment(Swap swap, const Experiment& current, const Experiment& next, const QString& text, QString key,
                     quint64 gesture)
        : QUndoCommand(text),
          m_swap(std::move(swap)),
          m_other(next),
          m_current(&current),
          m_movesView(current.view != next.view),
          m_key(std::move(key)),
          m_gesture(gesture)
    {
    }
    /// A step as it was recorded; it merges with none.
    ChangeExperiment(Swap swap, const SharedValue<Experiment>& other, bool movesView, const QString& text,
                     QUndoCommand* parent)
        : QUndoCommand(text, parent), m_swap(std::move(swap)), m_other(other), m_movesView(movesView)
    {
    }
    void undo() override { m_swap(m_other, m_movesView); }
    void redo() override { m_swap(m_other, m_movesView); }
    /// What it swaps in when it is undone, or redone.
    const SharedValue<Experiment>& other() const { return m_other; }
    bool movesView() const { return m_movesView; }
    int id() const override { return m_key.isEmpty() ? -1 : 1; }
    bool mergeWith(const QUndoCommand* other) override
    {
        // id() guarantees the type. The newer command's redo() has already swapped: what it led to stands now, and
        // this one still keeps what stood before the gesture.
        const auto* newer = static_cast<const ChangeExperiment*>(other);
        if (newer->m_key != m_key || newer->m_gesture != m_gesture)
            return false;
        m_movesView = m_other->view != m_current->view;
        setObsolete(*m_current == *m_other);
        return true;
    }

private:
    Swap m_swap;
    SharedValue<Experiment> m_other;
    const Experiment* m_current = nullptr;  ///< nullptr: it merges with none
    bool m_movesView;
    QString m_key;
    quint64 m_gesture = 0;
};

}  // namespace posbias::ui
