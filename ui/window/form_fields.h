// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which of an experiment's fields the form shows, in which order, and what its groups are called.

#include "core/experiment/fields.h"
#include "core/figure/figure.h"

#include <QString>

#include <optional>

namespace posbias::ui {

std::vector<FieldDescription> formFields(const Experiment& experiment);
/// Rarely changed: behind "More".
bool isRare(const FieldDescription& field);
/// Groups that are folded until somebody wants them.
bool isFoldable(const std::string& group);
/// The group that a view is about; empty: none in particular.
std::string groupOf(FigureKind view);
/// 1 of "scheme.1".
std::optional<std::size_t> schemeOf(const std::string& group);
/// "Scheme B", "Training data".
QString groupTitle(const std::string& group);

}  // namespace posbias::ui
