// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The marks along curves that say whose they are without colour.

#include "ui/plot/paint/plot_context.h"

namespace posbias::ui {

/// One, centred.
void paintSchemeMark(QPainter& painter, const PlotContext& context, std::size_t scheme, const QColor& colour,
                     const QPointF& at);
/// Along a curve of a panel, at even distances; those of two schemes stand between each other.
void paintCurveMarks(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t panel);
/// The same along a line of points from left to right, within the plot.
void paintLineMarks(QPainter& painter, const PlotContext& context, std::size_t scheme, const QColor& colour,
                    const std::vector<QPointF>& points, const QRectF& plot);

}  // namespace posbias::ui
