// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Size, resolution and theme that a person exported a kind of figure with last.

#include "ui/plot/figure_export.h"

namespace posbias::ui {

/// What is remembered, else the default of the kind.
Page rememberedPage(FigureKind kind);
void rememberPage(FigureKind kind, const Page& chosen);

}  // namespace posbias::ui
