// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Lines and bands that end at the sides of their plot by arithmetic (SVG knows no clipping here).

#include <QLineF>
#include <QPainter>
#include <QPolygonF>

#include <span>
#include <vector>

namespace posbias::ui {

/// The parts of a line within a rectangle. Points that are not finite are gaps.
std::vector<QPolygonF> clipped(const std::vector<QPointF>& points, const QRectF& area);

bool crosses(const QLineF& line, const QRectF& area);
/// How much of a line runs through an area; its points follow each other to the right.
double lengthWithin(const QPolygonF& line, const QRectF& area);
/// What is left of a line where it is interrupted.
std::vector<QLineF> interrupted(const QLineF& line, std::span<const QRectF> gaps);

/// Between two lines with the same x; filled where both are finite, or infinite on their own side.
void fillBand(QPainter& painter, const QColor& colour, const std::vector<double>& x, const std::vector<double>& high,
              const std::vector<double>& low, const QRectF& area);

}  // namespace posbias::ui
