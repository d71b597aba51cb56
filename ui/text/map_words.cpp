// SPDX-License-Identifier: GPL-3.0-or-later
// What is on a map, from its values.
#include "ui/text/numbers.h"
#include "ui/text/panel_words.h"

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

/// Rows of a map that are looked at, and values of each, when it is not known by its offsets.
constexpr std::int64_t rowsLookedAt = 17;
constexpr int valuesOfRow = 1024;
constexpr std::size_t mostRuns = std::size_t{1} << 20;

struct Extremes {
    double min = HUGE_VAL, max = -HUGE_VAL;
    bool exact = true;

    void add(double value)
    {
        min = std::min(min, value);
        max = std::max(max, value);
    }
};

/// Of what is shown of a map.
Extremes extremesOf(const MapSource& map, const CellRect& rect)
{
    Extremes extremes;
    const auto first = static_cast<std::int64_t>(std::floor(rect.firstQuery - rect.lastKey)) + 1;
    const auto last = static_cast<std::int64_t>(std::ceil(rect.lastQuery - rect.firstKey)) - 1;
    for (const ValueRun& run : map.runs({first, last}, mostRuns))
        extremes.add(run.value);
    if (extremes.min <= extremes.max)
        return extremes;
    const auto firstRow = static_cast<std::int64_t>(std::floor(rect.firstQuery));
    const auto rows = std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(rect.lastQuery)) - firstRow);
    const auto columns = std::max(1.0, std::ceil(rect.lastKey) - std::floor(rect.firstKey));
    const int width = static_cast<int>(std::min<double>(columns, valuesOfRow));
    extremes.exact = rows <= rowsLookedAt && columns <= valuesOfRow;
    for (std::int64_t k = 0; k < std::min(rows, rowsLookedAt); ++k) {
        const std::int64_t row = rows <= rowsLookedAt ? k : k * (rows - 1) / (rowsLookedAt - 1);
        const auto i = static_cast<double>(firstRow + row);
        const PixelGrid grid = map.pixels({rect.firstKey, rect.lastKey, i, i + 1.0}, width, 1);
        for (std::size_t p = 0; p < grid.value.size(); ++p)
            if (grid.coverage[p] > 0.0f)
                extremes.add(grid.value[p]);
    }
    return extremes;
}

}  // namespace

CellRect shownCells(const Figure& figure)
{
    const auto n = static_cast<double>(figure.length);
    return figure.visible.value_or(CellRect{0.0, n, 0.0, n});
}

QString mapValues(const MapPanel& panel, const Figure& figure)
{
    const Extremes extremes = extremesOf(*panel.source, shownCells(figure));
    if (!(extremes.min <= extremes.max))
        return Alternative::tr("no cell is shown");
    if (panel.parameters)
        return Alternative::tr("each cell shows which parameter it uses, from number %1 to %2")
            .arg(number(extremes.min), number(extremes.max));
    const bool differences = panel.scale < figure.scales.size() && figure.scales[panel.scale].differences;
    if (differences && extremes.min == 0.0 && extremes.max == 0.0)
        return Alternative::tr("no difference in any cell");
    const QString what = panel.scale < figure.scales.size() ? plainLine(figure.scales[panel.scale].label) : QString();
    const QString from = extremes.min == extremes.max ? number(extremes.min)
                                                      : (extremes.exact ? Alternative::tr("from %1 to %2")
                                                                        : Alternative::tr("from about %1 to %2"))
                                                            .arg(number(extremes.min), number(extremes.max));
    return (what + QLatin1Char(' ') + from).trimmed();
}

}  // namespace posbias::ui
