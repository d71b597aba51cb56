// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What can be done with the picture on the stage: export, copy, the menu of a right click.

#include "ui/model/experiment_model.h"
#include "ui/model/study_model.h"
#include "ui/window/actions.h"

#include <functional>
#include <optional>

namespace posbias::ui {

class FigureRendering;
class ProgressStrip;
class Stage;

void exportFigure(const ExperimentModel& model, const StudyModel& studies, const Stage& stage,
                  const QString& suggestedName, QWidget* window);
/// As the stage shows it, in the size it was exported with last; `done` is called once it is on the clipboard.
void copyFigure(const ExperimentModel& model, const Stage& stage, ProgressStrip& strip, std::function<void()> done);
/// An encoded PNG, so that pasting takes no time.
void toClipboard(const FigureRendering& rendering);
void showFigureMenu(const ExperimentModel& model, const Actions& actions, std::optional<CellPosition> cell,
                    const QPoint& globalPosition, QWidget* window);

}  // namespace posbias::ui
