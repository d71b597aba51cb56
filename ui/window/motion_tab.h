// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A figure that moves: a picture for each of several lengths, bucket counts or steps of training.

#include "ui/window/design_tab.h"

namespace posbias::ui {

class MotionTab : public DesignTab {
    Q_OBJECT
public:
    explicit MotionTab(DesignHistory* history);

private:
    QComboBox* overChoice();
    QSpinBox* number(const QString& name, int most, std::int64_t Frames::*member);
    QDoubleSpinBox* seconds();
};

}  // namespace posbias::ui
