// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/design_history.h"

namespace posbias::ui {

DesignHistory::DesignHistory(FigureDesign first, QObject* parent) : QObject(parent), m_steps{{std::move(first), {}}} {}

void DesignHistory::change(const QString& field, const Edit& edit)
{
    FigureDesign next = design();
    edit(next);
    if (next == design())
        return;
    m_steps.resize(m_now + 1);
    const bool merges = m_now > 0 && !field.isEmpty() && m_steps[m_now].field == field;
    if (!merges) {
        m_steps.push_back({std::move(next), field});
        ++m_now;
    } else if (m_steps[m_now - 1].design == next) {
        m_steps.pop_back();
        --m_now;
    } else {
        m_steps[m_now].design = std::move(next);
    }
    Q_EMIT changed();
}

void DesignHistory::undo()
{
    if (!canUndo())
        return;
    --m_now;
    Q_EMIT changed();
}

void DesignHistory::redo()
{
    if (!canRedo())
        return;
    ++m_now;
    Q_EMIT changed();
}

}  // namespace posbias::ui
