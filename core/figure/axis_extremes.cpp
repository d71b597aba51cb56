// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figure/axis_extremes.h"

#include <algorithm>
#include <cmath>

namespace posbias {
namespace {

constexpr double mostDecades = 10.0;                          ///< of values beside one another
constexpr double distanceShare = 0.12, leastDistance = 0.25;  ///< from the decades to floor and ceiling; in decades

template <typename Use>
void forEachY(const ChartPanel& chart, Use use)
{
    for (const Series& series : chart.series)
        std::ranges::for_each(series.y, use);
    for (const ChartMark& mark : chart.marks)
        if (mark.kind == MarkKind::Best || mark.kind == MarkKind::Point)
            use(mark.y);
}

struct Extremes {
    double least = HUGE_VAL, most = 0.0;  ///< of what is above 0 and finite
    bool zero = false, infinite = false;
};

Extremes extremesOf(const std::vector<ChartPanel*>& charts)
{
    Extremes found;
    for (const ChartPanel* chart : charts)
        forEachY(*chart, [&](double y) {
            found.zero = found.zero || y <= 0.0;  // a distance of -1e-17 is none
            found.infinite = found.infinite || y == HUGE_VAL;
            if (y > 0.0 && std::isfinite(y)) {
                found.least = std::min(found.least, y);
                found.most = std::max(found.most, y);
            }
        });
    return found;
}

struct PlacedAxis {
    std::optional<AxisSpan> span;
    std::optional<AxisFloor> floor;
    std::optional<AxisCeiling> ceiling;
};

/// `span`: what the axis has already. `leastFrom`: the least of the values from a given one on.
template <typename LeastFrom>
PlacedAxis placedAxis(const Extremes& found, std::optional<AxisSpan> span, LeastFrom leastFrom)
{
    const double beside = found.most * std::pow(10.0, -mostDecades);
    if (!span && found.least < beside)
        span = AxisSpan{leastFrom(beside), found.most};
    const bool small = span && found.least < span->min;
    const double low = span ? span->min : found.least, high = span ? span->max : found.most;
    const bool any = high > 0.0 && low <= high;
    const double from = any ? std::log10(low) : 0.0, to = any ? std::log10(high) : 0.0;
    const double distance = std::max(leastDistance, distanceShare * (to - from));
    PlacedAxis axis{span, {}, {}};
    if (found.zero || small)
        axis.floor = AxisFloor{from - distance, any ? from : HUGE_VAL, small ? low : 0.0};
    if (found.infinite)
        axis.ceiling = AxisCeiling{to + distance, to};
    return axis;
}

}  // namespace

void placeExtremes(const std::vector<ChartPanel*>& charts)
{
    if (charts.empty() || charts.front()->y.scale != AxisScale::Logarithmic)
        return;
    const Extremes found = extremesOf(charts);
    const PlacedAxis axis = placedAxis(found, charts.front()->y.span, [&](double from) {
        double least = found.most;
        for (const ChartPanel* chart : charts)
            forEachY(*chart, [&](double y) { least = y >= from ? std::min(least, y) : least; });
        return least;
    });
    for (ChartPanel* chart : charts) {
        chart->y.span = axis.span;
        chart->y.floor = axis.floor;
        chart->y.ceiling = axis.ceiling;
    }
}

void placeExtremes(const std::vector<CurvePanel*>& panels)
{
    if (panels.empty() || !panels.front()->yLogarithmic)
        return;
    const auto boundsAbove = [&](double above) {
        Bounds bounds;
        for (const CurvePanel* panel : panels)
            for (const Curve& curve : panel->curves)
                bounds.add(curve.source->boundsAbove(above, curve.source->range()));
        return bounds;
    };
    const Bounds positive = boundsAbove(0.0);
    Extremes found;
    if (!positive.empty())
        found = {positive.min, positive.max};
    found.zero = boundsAbove(-HUGE_VAL).min <= 0.0;
    const PlacedAxis axis = placedAxis(found, panels.front()->span, [&](double from) { return boundsAbove(from).min; });
    for (CurvePanel* panel : panels) {
        panel->span = axis.span;
        panel->floor = axis.floor;
    }
}

}  // namespace posbias
