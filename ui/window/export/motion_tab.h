// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A figure that moves: a picture for each of several lengths, bucket counts or steps of training.

#include "ui/window/export/design_tab.h"

namespace posbias::ui {

class MotionTab : public DesignTab {
    Q_OBJECT
public:
    explicit MotionTab(DesignHistory* history);

private:
    QComboBox* overChoice();
    NumberField* number(const QString& name, std::int64_t least, std::int64_t most, std::int64_t Frames::*member);
    NumberField* seconds();
    void bindFrames(NumberField* field, const QString& name, const std::function<double(const Frames&)>& read,
                    const std::function<void(Frames&, double)>& write);
};

}  // namespace posbias::ui
