// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/layout/value_range.h"

#include "ui/text/numbers.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace posbias::ui {
namespace {

/// Where a sign matters.
QString plus(const ColourScale& scale, double value)
{
    return scale.differences && value > 0.0 ? QStringLiteral("+") : QString();
}

/// Three significant digits.
QString endText(const ColourScale& scale, double value)
{
    return plus(scale, value) + number(value, 3).replace(QChar(0x202f), QChar(0x2009));
}

std::vector<Tick> innerTicks(const ColourScale& scale, double pixels, double line)
{
    if (scale.logarithmic)
        return decadeTicks(std::log10(scale.min), std::log10(scale.max), pixels, 1.6 * line);
    std::vector<Tick> ticks = valueTicks(scale.min, scale.max, pixels, 2.4 * line);
    for (Tick& tick : ticks)
        tick.text.prepend(plus(scale, tick.at));
    return ticks;
}

Tick endTick(const ColourScale& scale, double value)
{
    if (!scale.logarithmic)
        return {scaleShare(scale, value), endText(scale, value), {}};
    const double decade = std::log10(value), whole = std::round(decade);
    if (std::fabs(decade - whole) < 1e-9) {
        Tick tick = decadeTick(whole);
        tick.at = scaleShare(scale, value);
        return tick;
    }
    return {scaleShare(scale, value), endText(scale, value), {}};
}

/// "0"; "<10^-7" of what is smaller than the decades
Tick floorTick(const AxisFloor& floor)
{
    if (floor.below == 0.0)
        return {floor.at, QStringLiteral("0"), {}};
    Tick tick = decadeTick(std::ceil(std::log10(floor.below) - 1e-9));
    tick.at = floor.at;
    tick.text.prepend(u'<');
    return tick;
}

}  // namespace

ValueRange readableRange(double min, double max)
{
    constexpr double telling = 1e-7;  // of the values: labels have nine digits
    const double least = telling * std::max(std::fabs(min), std::fabs(max)), aside = std::max(0.5, least);
    return max - min > least ? ValueRange{min, max} : ValueRange{min - aside, max + aside};
}

double curvePosition(bool yLogarithmic, const std::optional<AxisFloor>& floor, double value)
{
    if (!yLogarithmic)
        return value;
    if (floor && (value <= 0.0 || value < floor->below))
        return floor->at;
    return value > 0.0 ? std::log10(value) : std::numeric_limits<double>::quiet_NaN();
}

namespace {

/// Standard errors are shown whole where that leaves most of the height to the curves.
ValueRange withBands(const CurvePanel& panel, const ValueRange& range)
{
    constexpr double most = 0.2;  // of the curves' range, on either side
    const double reach = most * (range.max - range.min);
    ValueRange wider = range;
    for (const Curve& curve : panel.curves) {
        if (!curve.low || !curve.high || curve.low->range().size() == 0)
            continue;
        const Bounds low = curve.low->bounds(curve.low->range()), high = curve.high->bounds(curve.high->range());
        if (!low.empty())
            wider.min = std::min(wider.min, std::max(low.min, range.min - reach));
        if (!high.empty())
            wider.max = std::max(wider.max, std::min(high.max, range.max + reach));
    }
    return wider;
}

ValueRange withFloor(const CurvePanel& panel, const ValueRange& range)
{
    return panel.floor ? ValueRange{std::min(range.min, panel.floor->at), range.max} : range;
}

}  // namespace

ValueRange valueRange(const CurvePanel& panel)
{
    const auto place = [&](double value) { return curvePosition(panel.yLogarithmic, {}, value); };
    if (panel.span)
        return withFloor(panel, readableRange(place(panel.span->min), place(panel.span->max)));
    const double least = panel.yLogarithmic ? 0.0 : -std::numeric_limits<double>::infinity();
    Bounds bounds;
    for (const Curve& curve : panel.curves)
        bounds.add(curve.source->boundsAbove(least, curve.source->range()));
    if (bounds.empty())  // nothing but zeros stands on the floor
        return panel.floor ? readableRange(panel.floor->at, panel.floor->at) : ValueRange();
    const ValueRange ofCurves = readableRange(place(bounds.min), place(bounds.max));
    return withFloor(panel, panel.yLogarithmic ? ofCurves : withBands(panel, ofCurves));
}

std::vector<Tick> logarithmicTicks(const std::optional<AxisFloor>& floor, const std::optional<AxisCeiling>& ceiling,
                                   const ValueRange& range, double pixels, double spacing)
{
    const double perUnit = pixels / (range.max - range.min);
    const double lower = floor ? floor->decades : range.min;
    const double upper = ceiling ? ceiling->decades : range.max;
    std::vector<Tick> ticks;
    if (upper > lower)
        ticks = logTicks(lower, upper, perUnit * (upper - lower), spacing);
    const auto meets = [&](double at) {
        return [=](const Tick& tick) { return std::abs(tick.at - at) * perUnit < 0.7 * spacing; };
    };
    if (floor) {
        std::erase_if(ticks, meets(floor->at));
        ticks.insert(ticks.begin(), floorTick(*floor));
    }
    if (ceiling) {
        std::erase_if(ticks, meets(ceiling->at));
        ticks.push_back({ceiling->at, QString(QChar(0x221e)), {}});
    }
    return ticks;
}

std::vector<Tick> curveTicks(const CurvePanel& panel, const ValueRange& range, double pixels)
{
    return panel.yLogarithmic ? logarithmicTicks(panel.floor, {}, range, pixels, 24.0)
                              : valueTicks(range.min, range.max, pixels, 44.0);
}

double scaleShare(const ColourScale& scale, double value)
{
    if (scale.logarithmic)
        return std::log(value / scale.min) / std::log(scale.max / scale.min);
    return (value - scale.min) / (scale.max - scale.min);
}

std::vector<Tick> scaleTicks(const ColourScale& scale, double pixels, double line)
{
    std::vector<Tick> ticks{endTick(scale, scale.min), endTick(scale, scale.max)};
    for (Tick tick : innerTicks(scale, pixels, line)) {
        tick.at = scaleShare(scale, scale.logarithmic ? std::pow(10.0, tick.at) : tick.at);
        if (std::min(tick.at, 1.0 - tick.at) * pixels > 1.1 * line)
            ticks.push_back(tick);
    }
    std::ranges::sort(ticks, {}, &Tick::at);
    return ticks;
}

}  // namespace posbias::ui
