// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Single cells of a map that are large enough to be told apart: their borders, their numbers, the chosen one.

#include "ui/plot/paint/map_painter.h"

namespace posbias::ui {

/// From this size on (pixels) cells have borders, and axes name cells instead of borders between them.
inline constexpr double borderedCell = 12.0;

void paintCellBorders(QPainter& painter, const PlotContext& context, const QRect& plot);
/// Where a line would meet them, with their cell's own colour behind.
void paintCellNumbers(QPainter& painter, const PlotContext& context, const MapAt& at);
/// Where the numbers of an offset's cells stand, or those of all cells: lines over them are interrupted there.
std::vector<QRectF> cellNumberRects(const PlotContext& context, const MapAt& at,
                                    std::optional<std::int64_t> offset = {});
/// Whether numbers are drawn at all: marks then leave the middle of cells free.
bool hasCellNumbers(const PlotContext& context, const MapAt& at);

}  // namespace posbias::ui
