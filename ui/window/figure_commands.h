// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What can be done with the picture on the stage: export, copy, the menu of a right click.

#include "ui/model/experiment_model.h"
#include "ui/model/study_model.h"
#include "ui/window/commands/actions.h"
#include "ui/window/export/export_dialog.h"

#include <functional>
#include <optional>

namespace posbias::ui {

class ProgressStrip;
class Stage;

/// The window's experiment with what is known of it, and the design of `view` that was exported last, as it suits the
/// document's own figures `kept`.
ExportProposal proposalOf(const ExperimentModel& model, const StudyModel& studies, const Stage& stage,
                          const QString& suggestedName, const std::vector<FigureDesign>& kept);
/// As the stage shows it, in the size it was exported with last; `done` is called once it is on the clipboard.
void copyFigure(const ExperimentModel& model, const Stage& stage, ProgressStrip& strip, std::function<void()> done);
void showFigureMenu(const ExperimentModel& model, const Actions& actions, std::optional<CellPosition> cell,
                    const QPoint& globalPosition, QWidget* window);

}  // namespace posbias::ui
