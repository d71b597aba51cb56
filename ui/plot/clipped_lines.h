// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Lines and bands that end at the sides of their plot by arithmetic (SVG knows no clipping here).

#include <QPainter>
#include <QPolygonF>

#include <vector>

namespace posbias::ui {

/// The parts of a line within a rectangle. Points that are not finite are gaps.
std::vector<QPolygonF> clipped(const std::vector<QPointF>& points, const QRectF& area);

/// Between two lines with the same x; filled where both are finite, or infinite on their own side.
void fillBand(QPainter& painter, const QColor& colour, const std::vector<double>& x, const std::vector<double>& high,
              const std::vector<double>& low, const QRectF& area);

}  // namespace posbias::ui
