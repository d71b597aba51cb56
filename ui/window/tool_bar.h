// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Preset, undo, redo | views | Present, Export figure. The views stay in the middle of the window.

#include "ui/window/actions.h"

#include <QWidget>

class QToolButton;

namespace posbias::ui {

class ToolBar : public QWidget {
    Q_OBJECT
public:
    ToolBar(const Actions& actions, QWidget* parent = nullptr);
    void setTitle(const QString& title);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* leftGroup(const Actions& actions);
    QWidget* rightGroup(const Actions& actions);
    void elideTitle();

    QString m_title;
    QToolButton* m_preset = nullptr;
};

}  // namespace posbias::ui
