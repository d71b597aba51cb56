// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The commands that zoom: where each leads, and why one cannot be had.

#include "ui/model/experiment_model.h"
#include "ui/window/commands/actions.h"

namespace posbias::ui {

class Stage;

void connectZoomCommands(const Actions& actions, Stage& stage, const ExperimentModel& model);

}  // namespace posbias::ui
