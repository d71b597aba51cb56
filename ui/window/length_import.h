// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Document lengths from a table: read, checked, and one undo step.

#include "ui/model/experiment_model.h"

class QWidget;

namespace posbias::ui {

/// A table by its name: .csv, .tsv, .txt.
bool isLengthTable(const QString& file);
/// A bad file is told in a message and changes nothing.
void loadLengths(ExperimentModel& model, const QString& file, QWidget* window);
void loadLengthsByDialog(ExperimentModel& model, QWidget* window);

}  // namespace posbias::ui
