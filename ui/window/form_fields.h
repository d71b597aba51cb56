// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which of an experiment's fields the form shows, in which order, and what its groups are called.

#include "core/experiment/fields.h"

#include <QString>

#include <optional>

namespace posbias::ui {

std::vector<FieldDescription> formFields(const Experiment& experiment);
/// 1 of "scheme.1".
std::optional<std::size_t> schemeOf(const std::string& group);
/// "Scheme B", "Training data".
QString groupTitle(const std::string& group);

}  // namespace posbias::ui
