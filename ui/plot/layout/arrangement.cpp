// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/layout/arrangement.h"

#include "ui/plot/layout/figure_layout.h"

#include <algorithm>
#include <set>

namespace posbias::ui {
namespace {

using Shares = std::vector<double>;

/// A row and, of rows that were broken, where it comes from.
struct Line {
    FigureRow row;
    std::size_t from = 0;
};

std::size_t linesOf(const FigureRow& row, const Arrangement& arrangement)
{
    const std::size_t most = isMapRow(row) ? arrangement.mapsPerRow : arrangement.plotsPerRow;
    return most == 0 ? 1 : std::max<std::size_t>(1, (row.panels.size() + most - 1) / most);
}

/// As even as possible: six in fours are two lines of three.
std::vector<Line> brokenRows(std::vector<FigureRow> rows, const Arrangement& arrangement)
{
    std::vector<Line> out;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const std::size_t count = rows[r].panels.size(), lines = linesOf(rows[r], arrangement);
        for (std::size_t line = 0; line < lines; ++line) {
            const auto at = [&](std::size_t k) {
                return rows[r].panels.begin() + static_cast<std::ptrdiff_t>((k * count + lines - 1) / lines);
            };
            out.push_back({{{std::move_iterator(at(line)), std::move_iterator(at(line + 1))}, rows[r].weight}, r});
        }
    }
    return out;
}

/// Rows that stay under each other: maps to compare, and ribbons with the curves that share their axis.
bool isTied(const Line& above, const Line& below)
{
    if (isMapRow(above.row) && isMapRow(below.row))
        return true;
    const CurvePanel* curves = curvesOf(below.row);
    return ribbonsOf(above.row) && curves && curves->axis == AxisKind::Offset;
}

/// All ways to put the lines into columns of these shares.
void addColumns(const std::vector<Line>& lines, const Arrangement& broken, const std::vector<Shares>& choices,
                std::vector<Arrangement>& out)
{
    const std::size_t count = choices.front().size();
    std::vector<std::size_t> firsts(count, 0);
    const auto use = [&](auto&& self, std::size_t column) -> void {
        if (column == count) {
            Arrangement arrangement = broken;
            arrangement.columnOfRow.assign(lines.size(), 0);
            for (std::size_t c = 0; c < count; ++c)
                std::fill(arrangement.columnOfRow.begin() + static_cast<std::ptrdiff_t>(firsts[c]),
                          arrangement.columnOfRow.end(), c);
            for (const Shares& shares : choices) {
                arrangement.columns = shares;
                out.push_back(arrangement);
            }
            return;
        }
        for (std::size_t first = firsts[column - 1] + 1; first + (count - column) <= lines.size(); ++first)
            if (!isTied(lines[first - 1], lines[first])) {
                firsts[column] = first;
                self(self, column + 1);
            }
    };
    use(use, 1);
}

/// The lines' own labels, for each panel that has a legend.
template <typename Call>
void forEachLabel(Panel& panel, const Call& call)
{
    if (auto* curves = std::get_if<CurvePanel>(&panel)) {
        for (Curve& curve : curves->curves)
            call(curve.label);
        call(curves->bandLabel);
    } else if (auto* chart = std::get_if<ChartPanel>(&panel)) {
        for (Series& series : chart->series)
            call(series.label);
    } else if (auto* bars = std::get_if<BarPanel>(&panel)) {
        for (Bar& bar : bars->bars)
            call(bar.label);
    }
}

/// Empties labels that an earlier panel has. Returns whether there are any.
bool nameOnce(Figure& figure)
{
    std::set<std::string> named;
    bool any = false;
    for (FigureRow& row : figure.rows)
        for (Panel& panel : row.panels)
            forEachLabel(panel, [&](std::string& label) {
                if (label.empty() || named.insert(label).second)
                    return;
                label.clear();
                any = true;
            });
    return any;
}

std::size_t widestRow(const Figure& figure, bool ofMaps)
{
    std::size_t widest = 1;
    for (const FigureRow& row : figure.rows)
        if (isMapRow(row) == ofMaps)
            widest = std::max(widest, row.panels.size());
    return widest;
}

/// All ways to break rows, in one column and in more.
void addBroken(const Figure& figure, const Arrangement& dress, std::vector<Arrangement>& out)
{
    constexpr std::size_t mostRowsInThree = 8;
    static const std::vector<Shares> two = {{0.5, 0.5},   {0.42, 0.58}, {0.58, 0.42}, {0.34, 0.66},
                                            {0.66, 0.34}, {0.27, 0.73}, {0.73, 0.27}};
    static const std::vector<Shares> three = {
        {1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0}, {0.5, 0.25, 0.25}, {0.25, 0.5, 0.25}, {0.25, 0.25, 0.5}};
    const std::size_t maps = widestRow(figure, true), plots = widestRow(figure, false);
    std::set<std::vector<std::size_t>> seen;  // of six, fours and fives make the lines that threes make
    for (std::size_t mapsPerRow = maps; mapsPerRow >= 1; --mapsPerRow)
        for (std::size_t plotsPerRow = plots; plotsPerRow >= 1; --plotsPerRow) {
            Arrangement broken = dress;
            broken.mapsPerRow = mapsPerRow < maps ? mapsPerRow : 0;
            broken.plotsPerRow = plotsPerRow < plots ? plotsPerRow : 0;
            const std::vector<Line> lines = brokenRows(figure.rows, broken);
            std::vector<std::size_t> sizes;
            for (const Line& line : lines)
                sizes.push_back(line.row.panels.size());
            if (!seen.insert(sizes).second)
                continue;
            out.push_back(broken);
            if (lines.size() > 1)
                addColumns(lines, broken, two, out);
            if (lines.size() > 2 && lines.size() <= mostRowsInThree)
                addColumns(lines, broken, three, out);
        }
}

}  // namespace

Figure arranged(Figure figure, const Arrangement& arrangement)
{
    std::vector<Line> lines = brokenRows(std::move(figure.rows), arrangement);
    figure.rows.clear();
    for (Line& line : lines)
        figure.rows.push_back(std::move(line.row));
    figure.columns = arrangement.columns;
    if (arrangement.columnOfRow.size() == figure.rows.size())
        for (std::size_t r = 0; r < figure.rows.size(); ++r)
            figure.rows[r].column = arrangement.columnOfRow[r];
    else  // made for a figure with other panels
        figure.columns.clear();
    if (arrangement.barsBelow)
        figure.bars = BarPlacement::Below;
    if (arrangement.legendsOnce)
        nameOnce(figure);
    return figure;
}

std::vector<Arrangement> arrangementsOf(const Figure& figure)
{
    const bool hasBars = figure.bars == BarPlacement::Right && std::ranges::any_of(figure.rows, isMapRow);
    std::vector<Arrangement> all;
    addBroken(figure, {}, all);
    Arrangement below;
    below.barsBelow = true;
    if (hasBars)
        addBroken(figure, below, all);
    return all;
}

bool repeatsLegends(Figure figure)
{
    return nameOnce(figure);
}

}  // namespace posbias::ui
