// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Preset, undo, redo | views | Present, Export figure; while presenting: panels | views | Leave. The views stay in the
// middle of the window.

#include "ui/window/actions.h"

#include <QWidget>

class QToolButton;

namespace posbias::ui {

class TitleButton;

class ToolBar : public QWidget {
    Q_OBJECT
public:
    ToolBar(const Actions& actions, QWidget* parent = nullptr);
    /// Of the open experiment.
    void setTitle(const QString& title);
    /// The title of a preset that is not as it came.
    static QString changedTitle(const QString& title);
    /// Only what a presenter needs: panels, views and the way out.
    void setPresenting(bool presenting);

private:
    QWidget* leftGroup(const Actions& actions);
    QWidget* rightGroup(const Actions& actions);

    TitleButton* m_preset = nullptr;
    QWidget* m_panels = nullptr;
    QList<QWidget*> m_notPresenting;
    QToolButton* m_present = nullptr;
};

}  // namespace posbias::ui
