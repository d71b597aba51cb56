// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How training is modelled, to read beside the window.

class QWidget;

namespace posbias::ui {

void showTrainingHelp(QWidget* window);

}  // namespace posbias::ui
