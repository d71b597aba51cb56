// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Single cells of a map that are large enough to be told apart: their borders, their numbers, the chosen one.

#include "ui/plot/map_painter.h"

namespace posbias::ui {

/// From this size on (pixels) cells have borders, and axes name cells instead of borders between them.
inline constexpr double borderedCell = 12.0;

void paintCellBorders(QPainter& painter, const PlotContext& context, const QRect& plot);
/// On hatched cells with their own colour behind.
void paintCellNumbers(QPainter& painter, const PlotContext& context, const MapAt& at);
/// Once more over the crosshair's diagonal.
void paintCellNumbersOf(QPainter& painter, const PlotContext& context, const MapAt& at, std::int64_t offset);
/// Whether numbers are drawn at all: marks then leave the middle of cells free.
bool hasCellNumbers(const PlotContext& context, const MapAt& at);

}  // namespace posbias::ui
