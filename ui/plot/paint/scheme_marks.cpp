// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/paint/scheme_marks.h"

#include "ui/plot/layout/value_range.h"
#include "ui/plot/paint/panel_heading.h"

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

constexpr double markRadius = 3.1;                 ///< at tick labels of 11 units
constexpr double distance = 72.0, closest = 26.0;  ///< between marks of a scheme, likewise

double typeScale(const PlotContext& context)
{
    return std::max(1.0, context.fonts.tick.pixelSize() / 11.0);
}

/// In the middle of the plot's first stretch and on; each scheme's begin at another place.
template <typename Height>
void paintMarks(QPainter& painter, const PlotContext& context, std::size_t scheme, const QColor& colour,
                const QRectF& plot, Height height)
{
    if (schemeMark(scheme).shape == SchemeMark::None)
        return;
    const double step = std::clamp(plot.width() / 5.0, closest, distance) * typeScale(context),
                 edge = markRadius * typeScale(context);
    const double golden = 0.382 * static_cast<double>(scheme);  // no two of a few are near each other
    for (double x = plot.left() + step * (golden - std::floor(golden)); x < plot.right() - edge; x += step) {
        const double y = x > plot.left() + edge ? height(x) : NAN;
        if (y > plot.top() - edge && y < plot.bottom() + edge)
            paintSchemeMark(painter, context, scheme, colour, {x, y});
    }
}

}  // namespace

void paintSchemeMark(QPainter& painter, const PlotContext& context, std::size_t scheme, const QColor& colour,
                     const QPointF& at)
{
    const SchemeMark mark = schemeMark(scheme);
    const double r = markRadius * typeScale(context), line = 1.3 * typeScale(context);
    const bool strokes = mark.shape == SchemeMark::Cross || mark.shape == SchemeMark::Plus;
    painter.setPen(QPen(mark.filled && !strokes ? context.theme.stage : colour, mark.filled && !strokes ? 0.8 : line));
    painter.setBrush(mark.filled ? colour : context.theme.stage);
    const auto polygon = [&](std::initializer_list<QPointF> corners) {
        QPolygonF shape;
        for (const QPointF& corner : corners)
            shape << at + r * corner;
        painter.drawPolygon(shape);
    };
    switch (mark.shape) {
    case SchemeMark::None: break;
    case SchemeMark::Diamond: polygon({{0.0, -1.35}, {1.35, 0.0}, {0.0, 1.35}, {-1.35, 0.0}}); break;
    case SchemeMark::Square: polygon({{-1.0, -1.0}, {1.0, -1.0}, {1.0, 1.0}, {-1.0, 1.0}}); break;
    case SchemeMark::UpTriangle: polygon({{0.0, -1.3}, {1.2, 0.9}, {-1.2, 0.9}}); break;
    case SchemeMark::DownTriangle: polygon({{0.0, 1.3}, {1.2, -0.9}, {-1.2, -0.9}}); break;
    case SchemeMark::Circle: painter.drawEllipse(at, 1.1 * r, 1.1 * r); break;
    case SchemeMark::Cross:
        painter.drawLine(QLineF(at + QPointF(-r, -r), at + QPointF(r, r)));
        painter.drawLine(QLineF(at + QPointF(-r, r), at + QPointF(r, -r)));
        break;
    case SchemeMark::Plus:
        painter.drawLine(QLineF(at + QPointF(-1.2 * r, 0.0), at + QPointF(1.2 * r, 0.0)));
        painter.drawLine(QLineF(at + QPointF(0.0, -1.2 * r), at + QPointF(0.0, 1.2 * r)));
        break;
    }
}

void paintCurveMarks(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t p)
{
    const CurvePanel& panel = context.panel<CurvePanel>(row, p);
    const PanelPlace& place = context.place(row, p);
    const PlotX toPixels = curveX(context, panel, place);
    const OffsetScale offsets(context.figure.offsetAxis);
    const double unit = place.plot.height() / (place.upper - place.lower);
    for (const Curve& curve : panel.curves) {
        const auto height = [&](double x) {
            const double at = toPixels.at(x);
            const std::int64_t position =
                panel.axis == AxisKind::Offset ? offsets.offsetAt(at) : static_cast<std::int64_t>(std::floor(at));
            if (!curve.source->range().contains(position))
                return static_cast<double>(NAN);
            const double value = curve.source->at(position);
            return place.plot.y() + (place.upper - curvePosition(panel.yLogarithmic, panel.floor, value)) * unit;
        };
        paintMarks(painter, context, curve.scheme, context.theme.of(curve.role), place.plot, height);
    }
}

void paintLineMarks(QPainter& painter, const PlotContext& context, std::size_t scheme, const QColor& colour,
                    const std::vector<QPointF>& points, const QRectF& plot)
{
    paintMarks(painter, context, scheme, colour, plot, [&](double x) {
        const auto after = std::ranges::lower_bound(points, x, {}, [](const QPointF& point) { return point.x(); });
        if (after == points.begin() || after == points.end())
            return static_cast<double>(NAN);
        const QPointF& before = *std::prev(after);
        return before.y() + (after->y() - before.y()) * (x - before.x()) / (after->x() - before.x());
    });
}

}  // namespace posbias::ui
