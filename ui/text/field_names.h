// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What settings are called: in the form, and wherever words speak of what is set there.

#include "core/experiment/fields.h"

#include <QString>

#include <optional>
#include <string>

namespace posbias::ui {

/// 1 of "scheme.1".
std::optional<std::size_t> schemeOf(const std::string& group);
/// "Scheme B", "Training data"; empty for what stands in no group.
QString groupTitle(const std::string& group);
/// "Max distance": as its row in the form is called.
QString fieldLabel(const FieldDescription& field);
/// "Scheme B: Max distance": two groups may have rows of one name.
QString fieldName(const FieldDescription& field);

}  // namespace posbias::ui
