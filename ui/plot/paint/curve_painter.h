// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What lies behind and before the curves of a panel: tint, grid, axes, words.

#include "ui/plot/paint/plot_context.h"

namespace posbias::ui {

void paintCurveBackground(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t panel);
void paintCurveWords(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t panel);
/// Tint and words of a ribbon panel, and its own axis if it has one.
void paintRibbonBackground(QPainter& painter, const PlotContext& context, std::size_t row);
void paintRibbonWords(QPainter& painter, const PlotContext& context, std::size_t row);

/// Where dashed lines stand for the training length, in pixels; `panel` null: over ribbons.
std::vector<double> trainingLines(const PlotContext& context, const PanelPlace& place, const CurvePanel* panel);
/// Those lines, interrupted at words.
void paintDashes(QPainter& painter, const PlotContext& context, const QRectF& area, const std::vector<double>& at,
                 const std::vector<QRectF>& gaps = {});

/// Whether a curve passes through a rectangle of its plot (a label there would hide it).
bool curveCrosses(const Curve& curve, bool yLogarithmic, double fromX, double toX, double fromY, double toY,
                  const std::optional<AxisFloor>& floor = {});

/// A panel of curves with everything that is drawn in it but words and the crosshair.
LabelRoom curveRoom(const PlotContext& context, std::size_t row, std::size_t panel);
/// `area`: of the room.
std::vector<LabelWish> curveWishes(const PlotContext& context, std::size_t row, std::size_t panel, const QRectF& area);
/// What lies above ribbons, and the ribbons.
LabelRoom ribbonRoom(const PlotContext& context, std::size_t row);
std::vector<LabelWish> ribbonWishes(const PlotContext& context, std::size_t row);

}  // namespace posbias::ui
