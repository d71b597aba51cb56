// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a preset shows, in two or three sentences whose numbers were measured.

#include "core/evaluation/findings.h"

#include <QString>

namespace posbias::ui {

/// Plain text. What it says follows the numbers, also where they turn out otherwise than expected.
QString caption(const Findings& findings);

}  // namespace posbias::ui
