// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a click or a drag in a chart changes in the experiment.

#include "ui/model/experiment_model.h"
#include "ui/model/study_model.h"

namespace posbias::ui {

/// Goes to the length, the step, or the swept setting at x, where the chart is over what the other views show of it
/// (its line says which that is). Returns why it cannot be; empty otherwise.
QString chooseInChart(FigureKind view, const Figure& figure, std::size_t row, std::size_t panel, double x,
                      ExperimentModel& model, const StudyModel& studies);
/// Shifts the scheme's trained biases so that their level is at x, within what the setting allows.
void dragLevel(Role role, double x, ExperimentModel& model, const StudyModel& studies);

}  // namespace posbias::ui
