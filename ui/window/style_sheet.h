// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The one style sheet of the application, made from a theme. Sizes are in px of a 13 px base font.

#include "ui/plot/ink/theme.h"

#include <QString>

namespace posbias::ui {

/// Widgets opt in by dynamic properties: `primary` (the one important button), `segment` ("first", "middle", "last",
/// "only") for the parts of a segmented control, `faint` (secondary text), `surface` ("panel", "stage").
QString styleSheet(const Theme& theme);

}  // namespace posbias::ui
