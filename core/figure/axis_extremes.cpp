// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figure/axis_extremes.h"

#include <algorithm>
#include <cmath>

namespace posbias {
namespace {

constexpr double mostDecades = 10.0;                    ///< of values beside one another
constexpr double distanceShare = 0.12, leastDistance = 0.25;  ///< from the decades to floor and ceiling; in decades

template <typename Use> void forEachY(const ChartPanel& chart, Use use)
{
    for (const Series& series : chart.series)
        std::ranges::for_each(series.y, use);
    for (const ChartMark& mark : chart.marks)
        if (mark.kind == MarkKind::Best || mark.kind == MarkKind::Point)
            use(mark.y);
}

struct Extremes {
    double least = HUGE_VAL, most = 0.0;   ///< of what is above 0 and finite
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

}  // namespace

void placeExtremes(const std::vector<ChartPanel*>& charts)
{
    if (charts.empty() || charts.front()->y.scale != AxisScale::Logarithmic)
        return;
    const Extremes found = extremesOf(charts);
    std::optional<AxisSpan> span = charts.front()->y.span;
    const double beside = found.most * std::pow(10.0, -mostDecades);
    if (!span && found.least < beside) {
        double least = found.most;
        for (const ChartPanel* chart : charts)
            forEachY(*chart, [&](double y) { least = y >= beside ? std::min(least, y) : least; });
        span = AxisSpan{least, found.most};
    }
    const bool small = span && found.least < span->min;
    const double low = span ? span->min : found.least, high = span ? span->max : found.most;
    const bool any = high > 0.0 && low <= high;
    const double from = any ? std::log10(low) : 0.0, to = any ? std::log10(high) : 0.0;
    const double distance = std::max(leastDistance, distanceShare * (to - from));
    for (ChartPanel* chart : charts) {
        chart->y.span = span;
        chart->y.floor.reset();  // of an earlier axis, of its own values alone
        chart->y.ceiling.reset();
        if (found.zero || small)
            chart->y.floor = AxisFloor{from - distance, any ? from : HUGE_VAL, small ? low : 0.0};
        if (found.infinite)
            chart->y.ceiling = AxisCeiling{to + distance, to};
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
    const bool zero = boundsAbove(-HUGE_VAL).min <= 0.0;
    std::optional<AxisSpan> span = panels.front()->span;
    const double beside = positive.empty() ? 0.0 : positive.max * std::pow(10.0, -mostDecades);
    if (!span && !positive.empty() && positive.min < beside)
        span = AxisSpan{boundsAbove(beside).min, positive.max};
    const bool small = span && !positive.empty() && positive.min < span->min;
    const bool any = span || !positive.empty();
    const double low = span ? span->min : positive.min, high = span ? span->max : positive.max;
    const double from = any ? std::log10(low) : 0.0, to = any ? std::log10(high) : 0.0;
    for (CurvePanel* panel : panels) {
        panel->span = span;
        panel->floor.reset();
        if (zero || small)
            panel->floor = AxisFloor{from - std::max(leastDistance, distanceShare * (to - from)), any ? from : HUGE_VAL,
                                     small ? low : 0.0};
    }
}

}  // namespace posbias
