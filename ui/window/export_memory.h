// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Size, resolution and theme that a person exported a kind of figure with last.

#include "ui/plot/figure_export.h"

namespace posbias::ui {

/// What is remembered, else the default of the kind.
ExportSettings rememberedExportSettings(FigureKind kind);
void rememberExportSettings(FigureKind kind, const ExportSettings& chosen);

}  // namespace posbias::ui
