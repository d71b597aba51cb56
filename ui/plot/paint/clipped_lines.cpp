// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/paint/clipped_lines.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <optional>

namespace posbias::ui {
namespace {

constexpr double sideWidth = 1e-6;  ///< pixels: lines along a side of the plot are inside
constexpr double farAway = 1e6;     ///< pixels: infinity, for arithmetic

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

/// What lies inside a rectangle of a polygon; edges along its sides may double. Sutherland and Hodgman (1974).
QPolygonF within(QPolygonF polygon, const QRectF& area)
{
    // Of each side: how far inside a point is.
    const std::array<std::function<double(const QPointF&)>, 4> rooms = {
        [&](const QPointF& p) { return p.x() - area.left(); }, [&](const QPointF& p) { return area.right() - p.x(); },
        [&](const QPointF& p) { return p.y() - area.top(); }, [&](const QPointF& p) { return area.bottom() - p.y(); }};
    for (const auto& room : rooms) {
        QPolygonF inside;
        for (qsizetype k = 0; k < polygon.size(); ++k) {
            const QPointF &from = polygon[k > 0 ? k - 1 : polygon.size() - 1], &to = polygon[k];
            const double before = room(from), here = room(to);
            if ((before < 0.0) != (here < 0.0))
                inside << from + (to - from) * (before / (before - here));
            if (here >= 0.0)
                inside << to;
        }
        polygon = std::move(inside);
    }
    return polygon;
}

bool finite(const QPointF& point)
{
    return std::isfinite(point.x()) && std::isfinite(point.y());
}

}  // namespace

std::vector<QPolygonF> clipped(const std::vector<QPointF>& points, const QRectF& area)
{
    const QRectF roomy = area.adjusted(-sideWidth, -sideWidth, sideWidth, sideWidth);
    const auto onSide = [&](const QPointF& point) {
        return QPointF(std::clamp(point.x(), area.left(), area.right()),
                       std::clamp(point.y(), area.top(), area.bottom()));
    };
    std::vector<QPolygonF> parts;
    bool open = false;
    for (std::size_t k = 1; k < points.size(); ++k) {
        const bool line = finite(points[k - 1]) && finite(points[k]);
        const auto piece = line ? within(QLineF(points[k - 1], points[k]), roomy) : std::nullopt;
        if (!piece) {
            open = false;
            continue;
        }
        if (!open || parts.back().last() != onSide(piece->p1()))
            parts.push_back(QPolygonF{onSide(piece->p1())});
        parts.back().append(onSide(piece->p2()));
        open = piece->p2() == points[k];
    }
    return parts;
}

bool crosses(const QLineF& line, const QRectF& area)
{
    return within(line, area).has_value();
}

double lengthWithin(const QPolygonF& line, const QRectF& area)
{
    auto point = std::ranges::lower_bound(line, area.left(), {}, [](const QPointF& p) { return p.x(); });
    if (point != line.begin())
        --point;
    double length = 0.0;
    for (; point != line.end() && std::next(point) != line.end() && point->x() <= area.right(); ++point)
        if (const auto inside = within(QLineF(*point, *std::next(point)), area))
            length += inside->length();
    return length;
}

std::vector<QLineF> interrupted(const QLineF& line, std::span<const QRectF> gaps)
{
    std::vector<QLineF> left{line};
    for (const QRectF& gap : gaps) {
        const auto inside = within(line, gap);
        if (!inside)
            continue;
        const double from = QLineF(line.p1(), inside->p1()).length(), to = QLineF(line.p1(), inside->p2()).length();
        std::vector<QLineF> pieces;
        for (const QLineF& piece : left) {
            const double first = QLineF(line.p1(), piece.p1()).length(), last = QLineF(line.p1(), piece.p2()).length();
            const auto keep = [&](double start, double end) {
                if (end > start)
                    pieces.emplace_back(line.pointAt(start / line.length()), line.pointAt(end / line.length()));
            };
            keep(first, std::min(last, from));
            keep(std::max(first, to), last);
        }
        left = std::move(pieces);
    }
    return left;
}

void fillBand(QPainter& painter, const QColor& colour, const std::vector<double>& x, const std::vector<double>& high,
              const std::vector<double>& low, const QRectF& area)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    QPolygonF above, below;
    const auto flush = [&] {
        std::reverse(below.begin(), below.end());
        if (const QPolygonF shown = within(above + below, area); shown.size() > 2)
            painter.drawPolygon(shown);
        above.clear();
        below.clear();
    };
    for (std::size_t k = 0; k < x.size(); ++k) {
        if (std::isnan(x[k]) || std::isnan(high[k]) || std::isnan(low[k])) {
            flush();
            continue;
        }
        above.append(QPointF(x[k], std::clamp(high[k], area.top() - farAway, area.bottom() + farAway)));
        below.append(QPointF(x[k], std::clamp(low[k], area.top() - farAway, area.bottom() + farAway)));
    }
    flush();
}

}  // namespace posbias::ui
