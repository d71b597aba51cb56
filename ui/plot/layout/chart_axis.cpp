// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/layout/chart_axis.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace posbias::ui {
namespace {

class RangeFinder {
public:
    explicit RangeFinder(const ChartAxis& axis) : m_axis(axis) {}

    void add(double value)
    {
        const double at = axisPosition(m_axis, value);
        if (!std::isfinite(at))
            return;
        m_min = std::min(m_min, at);
        m_max = std::max(m_max, at);
    }
    void add(const std::vector<double>& values)
    {
        for (const double value : values)
            add(value);
    }
    ValueRange range() const
    {
        if (m_min > m_max)
            return {};
        return readableRange(m_min, m_max);
    }

private:
    const ChartAxis& m_axis;
    double m_min = std::numeric_limits<double>::infinity(), m_max = -std::numeric_limits<double>::infinity();
};

bool hasHeight(const ChartMark& mark)
{
    return mark.kind == MarkKind::Best || mark.kind == MarkKind::Point;
}

bool isEmpty(const ChartPanel& panel)
{
    return std::ranges::all_of(panel.series, [](const Series& series) { return series.y.empty(); });
}

/// 0, and powers of ten both ways as far as their labels stay clear of it.
std::vector<Tick> signedTicks(const ChartAxis& axis, const ValueRange& range, double pixels, double spacing)
{
    std::vector<Tick> ticks{{0.0, QStringLiteral("0"), {}}};
    const double perUnit = pixels / (range.max - range.min);
    for (const double sign : {1.0, -1.0}) {
        double last = 0.0;
        for (int decade = -3; decade < 6; ++decade) {
            const double value = sign * std::pow(10.0, decade), at = axisPosition(axis, value);
            if (at < range.min || at > range.max || std::abs(at - last) * perUnit < spacing)
                continue;
            ticks.push_back({at, tickText(value), {}});
            last = at;
        }
    }
    std::erase_if(ticks, [&](const Tick& tick) { return tick.at < range.min || tick.at > range.max; });
    return ticks;
}

}  // namespace

double axisPosition(const ChartAxis& axis, double value)
{
    if (axis.scale != AxisScale::Logarithmic)
        return scalePosition(axis.scale, value);
    if (axis.ceiling && value == std::numeric_limits<double>::infinity())
        return axis.ceiling->at;
    return curvePosition(true, axis.floor, value);
}

double axisValue(const ChartAxis& axis, double position)
{
    double value = position;
    if (axis.scale == AxisScale::Logarithmic)
        value = std::pow(10.0, position);
    else if (axis.scale == AxisScale::FromZero)
        value = std::expm1(position * std::numbers::ln10);
    else if (axis.scale == AxisScale::Signed)
        value = evenReach * std::sinh(position * std::numbers::ln10);
    return axis.span ? std::clamp(value, axis.span->min, axis.span->max) : value;
}

ValueRange chartRangeX(const ChartPanel& panel)
{
    RangeFinder finder(panel.x);
    if (panel.x.span) {
        finder.add(panel.x.span->min);
        finder.add(panel.x.span->max);
        return finder.range();
    }
    for (const Series& series : panel.series)
        finder.add(series.x);
    for (const ChartMark& mark : panel.marks)
        finder.add(mark.x);
    return finder.range();
}

ValueRange chartRangeY(const ChartPanel& panel)
{
    RangeFinder finder(panel.y);
    if (panel.y.floor)
        finder.add(0.0);
    if (panel.y.ceiling)
        finder.add(std::numeric_limits<double>::infinity());
    if (panel.y.span) {
        finder.add(panel.y.span->min);
        finder.add(panel.y.span->max);
        return finder.range();
    }
    for (const Series& series : panel.series)
        for (const std::vector<double>* values : {&series.y, &series.low, &series.high})
            finder.add(*values);
    for (const ChartMark& mark : panel.marks)
        if (hasHeight(mark))
            finder.add(mark.y);
    return finder.range();
}

std::vector<Tick> chartTicksX(const ChartAxis& axis, const ValueRange& range, double pixels, const TextWidth& width)
{
    if (axis.scale != AxisScale::Linear)
        return countTicks(range.min, range.max, axis.scale == AxisScale::FromZero, pixels, width);
    if (axis.wholeNumbers)
        return cellTicks(range.min, range.max, cellStep(range.min, range.max, pixels, width), false, pixels, width);
    const double spacing = std::max(46.0, 1.6 * width(QStringLiteral("\u221210.5")));
    std::vector<Tick> ticks = valueTicks(range.min, range.max, pixels, spacing);
    double widest = 0.0;
    for (const Tick& tick : ticks)
        widest = std::max(widest, width(tick.text));
    return widest + 10.0 > spacing ? valueTicks(range.min, range.max, pixels, widest + 10.0) : ticks;
}

std::vector<Tick> chartTicksY(const ChartPanel& panel, const ValueRange& range, double pixels)
{
    constexpr double spacing = 20.0;
    if (isEmpty(panel) && !panel.y.span)
        return {};
    if (panel.y.scale == AxisScale::Linear)
        return valueTicks(range.min, range.max, pixels, 1.6 * spacing);
    if (panel.y.scale == AxisScale::Signed)
        return signedTicks(panel.y, range, pixels, spacing);
    return logarithmicTicks(panel.y.floor, panel.y.ceiling, range, pixels, spacing);
}

std::vector<int> gripLevels(const std::vector<double>& pixels)
{
    std::vector<int> levels;
    const auto isTaken = [&](double x, int level) {
        for (std::size_t other = 0; other < levels.size(); ++other)
            if (levels[other] == level && std::abs(pixels[other] - x) < gripWidth + 2.0 * gripArrow)
                return true;
        return false;
    };
    for (const double x : pixels) {
        int level = 0;
        while (isTaken(x, level))
            ++level;
        levels.push_back(level);
    }
    return levels;
}

double handleRoom(const ChartPanel& panel, double width)
{
    const ValueRange range = chartRangeX(panel);
    std::vector<double> pixels;
    for (const ChartMark& mark : panel.marks)
        if (mark.kind == MarkKind::Handle)
            pixels.push_back((mark.x - range.min) / (range.max - range.min) * width);
    if (pixels.empty())
        return 0.0;
    const std::vector<int> levels = gripLevels(pixels);
    return (1.0 + *std::ranges::max_element(levels)) * (gripHeight + gripGap) + gripGap;
}

}  // namespace posbias::ui
