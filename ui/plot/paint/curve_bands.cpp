// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/paint/curve_bands.h"

#include "ui/plot/paint/clipped_lines.h"
#include "ui/plot/paint/hatching.h"
#include "ui/plot/paint/panel_heading.h"

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

/// A band by the pixel: from the lowest to the highest within each column, as steps of one pixel.
void paintBand(QPainter& painter, const PlotContext& context, const Curve& curve, const PanelPlace& place)
{
    const OffsetScale offsets(context.figure.offsetAxis);
    const PlotX toPixels = offsetX(context, place);
    const double unit = place.plot.height() / (place.upper - place.lower);
    const auto height = [&](double value) { return place.plot.y() + (place.upper - value) * unit; };
    const OffsetRange range = curve.low->range();
    std::vector<double> x, high, low;
    const auto add = [&](double at, const Bounds& above, const Bounds& below) {
        x.push_back(at);
        high.push_back(height(above.max));
        low.push_back(height(below.min));
    };
    for (std::int64_t d = range.first; d <= range.last;) {
        // One offset where it is wider than a pixel, else all that share the pixel.
        const double left = toPixels(offsets.position(static_cast<double>(d)));
        const double right = toPixels(offsets.position(static_cast<double>(d + 1)));
        std::int64_t last = d;
        if (right - left < 1.0)
            last = std::clamp(offsets.offsetAt(toPixels.at(left + 1.0)), d, range.last);
        const double end = toPixels(offsets.position(static_cast<double>(last + 1)));
        const Bounds above = curve.high->bounds({d, last}), below = curve.low->bounds({d, last});
        add(left, above, below);
        add(end, above, below);
        d = last + 1;
    }
    fillBand(painter, bandColour(context.theme.of(curve.role)), x, high, low, place.plot);
}

}  // namespace

void paintCurveBands(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t p)
{
    for (const Curve& curve : context.panel<CurvePanel>(row, p).curves)
        if (curve.low && curve.high && curve.low->range().size() > 0)
            paintBand(painter, context, curve, context.place(row, p));
}

std::vector<std::vector<QRectF>> hatchedStrips(const PlotContext& context, const CurvePanel& panel,
                                               const PanelPlace& place)
{
    const OffsetScale offsets(context.figure.offsetAxis);
    const PlotX toPixels = offsetX(context, place);
    const double line = textHeight(context.fonts.tick);
    double bottom = place.plot.y() + place.plot.height() - 1.0;
    std::vector<std::vector<QRectF>> strips;
    for (const HatchedOffsets& hatched : panel.hatched) {
        std::vector<QRectF>& own = strips.emplace_back();
        for (const OffsetRange& range : hatched.offsets) {
            const QRectF whole(QPointF(toPixels(offsets.position(static_cast<double>(range.first))), bottom - line),
                               QPointF(toPixels(offsets.position(static_cast<double>(range.last + 1))), bottom));
            if (const QRectF strip = whole & QRectF(place.plot); !strip.isEmpty())
                own.push_back(strip);
        }
        bottom -= line + 3.0;
    }
    return strips;
}

void paintHatched(QPainter& painter, const PlotContext& context, const QRectF& rect, Role role)
{
    drawHatch(painter, context.theme.hatch, hatchLines(rect));
    painter.setPen(QPen(context.theme.of(role), 1.0));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
}

void paintHatchedOffsets(QPainter& painter, const PlotContext& context, std::size_t row, std::size_t p)
{
    const CurvePanel& panel = context.panel<CurvePanel>(row, p);
    const PanelPlace& place = context.place(row, p);
    const auto strips = hatchedStrips(context, panel, place);
    for (std::size_t h = 0; h < strips.size(); ++h)
        for (const QRectF& strip : strips[h])
            paintHatched(painter, context, strip, panel.hatched[h].role);
}

}  // namespace posbias::ui
