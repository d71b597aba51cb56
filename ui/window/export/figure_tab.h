// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the figure shows, and the words about it.

#include "ui/window/export/design_tab.h"

namespace posbias::ui {

class FigureTab : public DesignTab {
    Q_OBJECT
public:
    /// `asShown`: the window's zoom and axis, offered when they are not the default.
    FigureTab(DesignHistory* history, const FigureOptions& asShown);

Q_SIGNALS:
    /// Somebody chose another view.
    void viewChosen(posbias::FigureKind view);

private:
    QComboBox* viewChoice();
    QCheckBox* zoomedBox(const FigureOptions& asShown);
    QComboBox* barChoice();
};

}  // namespace posbias::ui
