// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Preset, undo, redo | views | Present, Export figure; while presenting: panels | views | Leave. The views stay in the
// middle of the window while there is room; with less, everything gets narrower, and what menus have as well goes.

#include "ui/window/commands/actions.h"

#include <QWidget>

class QToolButton;

namespace posbias::ui {

class TitleButton;
class ViewSwitch;

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
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* leftGroup(const Actions& actions);
    QWidget* rightGroup(const Actions& actions);
    void fit();

    TitleButton* m_preset = nullptr;
    QWidget* m_panels = nullptr;
    QList<QToolButton*> m_steps;  ///< undo, redo
    ViewSwitch* m_views = nullptr;
    QToolButton *m_present = nullptr, *m_export = nullptr;
    QWidget *m_left = nullptr, *m_right = nullptr;
    bool m_presenting = false;
};

}  // namespace posbias::ui
