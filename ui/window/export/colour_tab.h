// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The colours of maps.

#include "ui/plot/ink/colour_vision.h"
#include "ui/window/export/design_tab.h"

class QLabel;

namespace posbias::ui {

class ColourTab : public DesignTab {
    Q_OBJECT
public:
    explicit ColourTab(DesignHistory* history);

Q_SIGNALS:
    /// Of the preview alone: the figure stays as it is.
    void visionChosen(posbias::ui::Vision vision);

private:
    QComboBox* visionChoice();
    QLabel* greyNote();
    QComboBox* mapChoice(bool differences);
};

}  // namespace posbias::ui
