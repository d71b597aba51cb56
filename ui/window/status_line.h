// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The status bar: the cell under the crosshair in one line; how long the picture took.

#include "ui/model/experiment_model.h"
#include "ui/window/calm_update.h"

#include <QStatusBar>

class QAction;
class QLabel;

namespace posbias::ui {

class StatusLine : public QStatusBar {
    Q_OBJECT
public:
    StatusLine(ExperimentModel* model, QAction* palette, QWidget* parent = nullptr);
    void setRawBias(bool raw);
    void setPinned(bool pinned);

private:
    void updateCell();
    void updateComputation();

    ExperimentModel* m_model;
    QLabel *m_cell, *m_computation;
    bool m_raw = false;
    bool m_pinned = false;
    CalmUpdate m_calm;
};

}  // namespace posbias::ui
