// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Document lengths from a table: read, shown, agreed to, and one undo step.

#include "ui/model/experiment_model.h"

class QWidget;

namespace posbias::ui {

/// A table by its name: .csv, .tsv, .txt, also with .gz behind.
bool isLengthTable(const QString& file);
/// Returns at once; the file is read off the GUI thread. What was understood is shown before it is used, with Cancel. A bad
/// file is told in a message and changes nothing. `model` outlives `window`.
void loadLengths(ExperimentModel& model, const QString& file, QWidget* window);
void loadLengthsByDialog(ExperimentModel& model, QWidget* window);

}  // namespace posbias::ui
