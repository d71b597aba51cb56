// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The first lines of curves, charts and bars: title, unit, legend.

#include "ui/plot/paint/plot_context.h"

namespace posbias::ui {

void paintHeading(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t panel);

/// The bar of a scheme: full, or an outline about a pale area for every second one, which grey print shows, too.
void paintBarShape(QPainter& painter, const PlotContext& context, const Bar& bar, const QRectF& rect);

QPen curvePen(const PlotContext& context, const Curve& curve);
QPen seriesPen(const PlotContext& context, const Series& series);
/// Neutral series are grey: they are no data of A or B.
QColor seriesColour(const PlotContext& context, const Series& series);
/// Of the band about a line of this colour.
QColor bandColour(const QColor& line);

}  // namespace posbias::ui
