// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What lies behind and before the curves of a panel: tint, grid, axes, words.

#include "ui/plot/line_labels.h"
#include "ui/plot/plot_context.h"

namespace posbias::ui {

/// Under maps and rows of attention.
QString keyAxisTitle();
/// Under curves, and under ribbons (no panel).
QString offsetAxisTitle(const Figure& figure, const CurvePanel* panel);

void paintCurveBackground(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t panel);
void paintCurveWords(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t panel);
/// Tint, dashed training length and words of a ribbon panel, and its own axis if it has one.
void paintRibbonBackground(QPainter& painter, const PlotContext& context, std::size_t row);
void paintRibbonWords(QPainter& painter, const PlotContext& context, std::size_t row);

/// Where dashed lines stand for the training length, in pixels.
std::vector<double> trainingLines(const PlotContext& context, const PanelPlace& place, const CurvePanel* panel);
std::vector<LineLabel> lineLabels(const PlotContext& context, const PanelPlace& place, const CurvePanel* panel,
                                  double top);

}  // namespace posbias::ui
