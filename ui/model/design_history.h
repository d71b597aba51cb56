// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The design of a figure while somebody works on it, and the designs that it was before: undone by itself, not with the
// experiment.

#include "core/design/figure_design.h"

#include <QObject>
#include <QString>

#include <functional>
#include <vector>

namespace posbias::ui {

class DesignHistory : public QObject {
    Q_OBJECT
public:
    using Edit = std::function<void(FigureDesign&)>;

    explicit DesignHistory(FigureDesign first, QObject* parent = nullptr);

    const FigureDesign& design() const { return m_steps[m_now].design; }
    /// Changes of one field that follow each other are one step; one that comes home leaves none. Without a field it is
    /// a step of its own.
    void change(const QString& field, const Edit& edit);
    bool canUndo() const { return m_now > 0; }
    bool canRedo() const { return m_now + 1 < m_steps.size(); }
    void undo();
    void redo();

Q_SIGNALS:
    void changed();

private:
    struct Step {
        FigureDesign design;
        QString field;  ///< that led here
    };
    std::vector<Step> m_steps;
    std::size_t m_now = 0;
};

}  // namespace posbias::ui
