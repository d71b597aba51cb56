// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/clipped_lines.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace posbias::ui {
namespace {

/// Liang and Barsky (1984).
std::optional<QLineF> within(const QLineF& line, const QRectF& area)
{
    double from = 0.0, to = 1.0;
    const auto cut = [&](double step, double room) {
        if (step == 0.0)
            return room >= 0.0;
        const double at = room / step;
        (step < 0.0 ? from : to) = step < 0.0 ? std::max(from, at) : std::min(to, at);
        return from <= to;
    };
    const bool any = cut(-line.dx(), line.x1() - area.left()) && cut(line.dx(), area.right() - line.x1()) &&
                     cut(-line.dy(), line.y1() - area.top()) && cut(line.dy(), area.bottom() - line.y1());
    if (!any)
        return {};
    return QLineF(line.pointAt(from), line.pointAt(to));
}

bool finite(const QPointF& point)
{
    return std::isfinite(point.x()) && std::isfinite(point.y());
}

}  // namespace

std::vector<QPolygonF> clipped(const std::vector<QPointF>& points, const QRectF& area)
{
    std::vector<QPolygonF> parts;
    bool open = false;
    for (std::size_t k = 1; k < points.size(); ++k) {
        const bool line = finite(points[k - 1]) && finite(points[k]);
        const auto piece = line ? within(QLineF(points[k - 1], points[k]), area) : std::nullopt;
        if (!piece) {
            open = false;
            continue;
        }
        if (!open || parts.back().last() != piece->p1())
            parts.push_back(QPolygonF{piece->p1()});
        parts.back().append(piece->p2());
        open = piece->p2() == points[k];
    }
    return parts;
}

void fillBand(QPainter& painter, const QColor& colour, const std::vector<double>& x, const std::vector<double>& high,
              const std::vector<double>& low, const QRectF& area)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    QPolygonF above, below;
    const auto flush = [&] {
        if (above.size() > 1) {
            std::reverse(below.begin(), below.end());
            painter.drawPolygon(above + below);
        }
        above.clear();
        below.clear();
    };
    for (std::size_t k = 0; k < x.size(); ++k) {
        if (std::isnan(x[k]) || std::isnan(high[k]) || std::isnan(low[k])) {
            flush();
            continue;
        }
        const double at = std::clamp(x[k], area.left(), area.right());
        above.append(QPointF(at, std::clamp(high[k], area.top(), area.bottom())));
        below.append(QPointF(at, std::clamp(low[k], area.top(), area.bottom())));
    }
    flush();
}

}  // namespace posbias::ui
