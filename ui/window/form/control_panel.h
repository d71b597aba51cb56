// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The experiment as a form, made from core's description of its fields.

#include "ui/model/experiment_model.h"
#include "ui/plot/ink/theme.h"

#include <QScrollArea>

namespace posbias::ui {

class ControlPanel : public QScrollArea {
    Q_OBJECT
public:
    explicit ControlPanel(ExperimentModel* model, QWidget* parent = nullptr);
    ~ControlPanel() override;
    void setTheme(const Theme& theme);
    /// Unfolds and shows the settings that a view is about; folds those of the view before.
    void setView(FigureKind view);
    /// Scrolls to the field that is wrong.
    void revealProblem();

Q_SIGNALS:
    /// The button of a group was pressed: "level", "data".
    void actionAsked(const QString& group);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace posbias::ui
