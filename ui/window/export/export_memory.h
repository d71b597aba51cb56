// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The design that a person exported a view with last.

#include "core/design/figure_design.h"

#include <QString>

#include <vector>

namespace posbias::ui {

/// What is remembered of the view, as far as it fits the experiment, else the default. Words and annotations are kept
/// for the experiment that they were written for; size and formats for experiments of one title: another begins with
/// those of the last of its own figures `kept` that shows the view, else with the view's own. Name, options and step are
/// not remembered.
FigureDesign rememberedDesign(FigureKind view, const Experiment& experiment,
                              const std::vector<FigureDesign>& kept = {});
void rememberDesign(const Recipe& recipe);

/// As nobody has chosen anything yet.
FigureDesign standardDesign(FigureKind view);
/// "title-attention"; stays what a person made it.
std::string nameForView(const FigureDesign& design, FigureKind next);
/// A name for files that validate() takes: "Past the training length" -> "past-the-training-length".
std::string fileNameFrom(const QString& title);

}  // namespace posbias::ui
