// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The cell under the crosshair: its arithmetic with its own numbers, for A and B, and where its query's attention goes.

#include "ui/model/experiment_model.h"
#include "ui/plot/ink/theme.h"

#include <QScrollArea>

namespace posbias::ui {

class Inspector : public QScrollArea {
    Q_OBJECT
public:
    explicit Inspector(ExperimentModel* model, QWidget* parent = nullptr);
    ~Inspector() override;
    void setTheme(const Theme& theme);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace posbias::ui
