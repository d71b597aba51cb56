// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which of an experiment's fields the form shows and in which order.

#include "core/experiment/fields.h"
#include "core/figure/figure.h"

#include <string>
#include <vector>

namespace posbias::ui {

std::vector<FieldDescription> formFields(const Experiment& experiment);
/// Rarely changed: behind "More".
bool isRare(const FieldDescription& field);
/// Groups that are folded until somebody wants them.
bool isFoldable(const std::string& group);
/// The group that a view is about; empty: none in particular.
std::string groupOf(FigureKind view);

}  // namespace posbias::ui
