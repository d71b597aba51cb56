// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/layout/axis_titles.h"
#include "ui/plot/layout/bar_measures.h"
#include "ui/plot/layout/chart_axis.h"
#include "ui/plot/layout/figure_layout.h"
#include "ui/plot/layout/value_range.h"

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

constexpr double leastMap = 76.0;
constexpr double narrowestMap = 60.0, narrowestPlot = 90.0;
constexpr double leastCurve = 4.2, wantedMap = 16.0;  ///< in lines of tick labels: larger type wants larger pictures
constexpr double leastChart = 6.5;                    ///< likewise
constexpr double betweenParts = 0.8;                  ///< of bars, likewise
constexpr double columnGap = 20.0;
constexpr double leastRibbon = 20.0, mostRibbon = 42.0;

/// In lines of tick labels. `crosshair`: its words take one more.
double leastLines(const FigureRow& row, bool crosshair)
{
    double least = leastCurve;
    for (const Panel& panel : row.panels) {
        if (crosshair && std::holds_alternative<CurvePanel>(panel))
            least = std::max(least, leastCurve + 1.0);
        if (std::holds_alternative<ChartPanel>(panel))
            least = std::max(least, leastChart);
        if (const auto* bars = std::get_if<BarPanel>(&panel); bars && !bars->bars.empty())
            least = std::max(least, (static_cast<double>(std::max(bars->bars.size(), linesOfBarNames)) + betweenParts) *
                                            static_cast<double>(bars->bars.front().parts.size() + 1) -
                                        1.0);
    }
    return least;
}

double ribbonHeight(double count, double each)
{
    return count * each + (count - 1.0) * 7.0;
}

}  // namespace

double FigureLayout::labelsLeftOf(const Panel& panel) const
{
    // Half of the first offset's label is left of its place.
    const auto* offsets = std::get_if<CurvePanel>(&panel);
    const bool alongOffsets =
        std::holds_alternative<RibbonPanel>(panel) || (offsets && offsets->axis == AxisKind::Offset);
    const double first = static_cast<double>(m_figure.offsetAxis.range.first);
    double need = alongOffsets ? textWidth(m_fonts.tick, tickText(first)) / 2.0 : 0.0;
    const auto add = [&](const std::vector<Tick>& ticks) {
        for (const Tick& tick : ticks)
            need = std::max(need, labelWidth(m_fonts.tick, tick) + tickLength + 3.0);
    };
    if (std::holds_alternative<MapPanel>(panel)) {
        const QString widest = tickText(static_cast<double>(m_figure.length));
        need = textWidth(m_fonts.tick, widest) + tickLength + 3.0 + 1.2 * m_tick;  // its axis has a title
    } else if (const auto* ribbons = std::get_if<RibbonPanel>(&panel)) {
        for (const Ribbon& ribbon : ribbons->ribbons)
            need = std::max(need, textWidth(m_fonts.section, QString::fromStdString(ribbon.letter)) + 9.0);
    } else if (const auto* curves = std::get_if<CurvePanel>(&panel)) {
        add(curveTicks(*curves, valueRange(*curves), 300.0));
    } else if (const auto* chart = std::get_if<ChartPanel>(&panel)) {
        add({decadeTick(-5.0)});  // so that little moves when values come
        add(chartTicksY(*chart, chartRangeY(*chart), 300.0));
    }
    return need;
}

double FigureLayout::leftNeed() const
{
    double need = 0.0;
    for (const FigureRow& row : rows())
        if (!row.panels.empty())
            need = std::max(need, labelsLeftOf(row.panels.front()));
    return most(LayoutNeeds::Left, m_column.first, 0, need);
}

std::pair<double, double> FigureLayout::plotSides(const FigureRow& row, std::size_t panel) const
{
    const double count = static_cast<double>(row.panels.size());
    const double width = (m_geometry.size.width() - 2.0 * m_margin - (count - 1.0) * columnGap) / count;
    const double first = m_margin + static_cast<double>(panel) * (width + columnGap);
    double left = panel == 0 ? m_left : first;
    if (panel > 0 && !std::holds_alternative<BarPanel>(row.panels[panel])) {
        double need = 0.0;  // panels above each other are aligned
        for (const FigureRow& other : rows())
            if (other.panels.size() == row.panels.size())
                need = std::max(need, labelsLeftOf(other.panels[panel]));
        const auto place = static_cast<std::size_t>(&row - m_figure.rows.data());
        left = std::ceil(first + most(LayoutNeeds::Left, place, panel, need));
    }
    const double right = panel + 1 == row.panels.size() ? m_right : std::floor(first + width - rightNeed());
    return {left, std::max(right, left + 1.0)};
}

double FigureLayout::rightNeed() const
{
    const bool offsets = std::ranges::any_of(rows(), [](const FigureRow& row) { return !isMapRow(row); });
    return offsets || m_figure.bars != BarPlacement::Right
               ? most(LayoutNeeds::Right, m_column.first, 0,
                      textWidth(m_fonts.tick, tickText(static_cast<double>(m_figure.length))) / 2.0)
               : 0.0;
}

double FigureLayout::mapsRight(const FigureRow& row) const
{
    // Beside the maps, labels of keys end under the colour bars.
    return m_figure.bars == BarPlacement::Right ? m_right + rightNeed() - barsWidth(row) : m_right;
}

void FigureLayout::measureMaps()
{
    const double widest = textWidth(m_fonts.tick, tickText(static_cast<double>(m_figure.length)));
    m_mapGap = most(LayoutNeeds::MapGap, m_column.first, 0, std::ceil(std::max(20.0, widest + 8.0)));
    m_sideByWidth = m_column.mostSide;
    for (const FigureRow& row : rows())
        if (isMapRow(row)) {
            const double count = static_cast<double>(row.panels.size());
            m_sideByWidth =
                std::min(m_sideByWidth, std::floor((mapsRight(row) - m_left - (count - 1.0) * m_mapGap) / count));
        }
    m_side = m_sideByWidth = std::max(m_sideByWidth, 8.0);
}

double FigureLayout::leastWidth() const
{
    const double width = m_geometry.size.width();
    const double narrowest = std::max(narrowestMap, textWidth(m_fonts.tick, keyAxisTitle()));
    double least = 0.0;
    for (const FigureRow& row : rows()) {
        const double count = static_cast<double>(row.panels.size());
        if (isMapRow(row)) {
            const double maps = count * std::max(narrowest, leastSideForBars(row)) + (count - 1.0) * m_mapGap;
            least = std::max(least, width + maps - mapsRight(row) + m_left);
        } else {
            for (std::size_t p = 0; p < row.panels.size(); ++p) {
                const auto [left, right] = plotSides(row, p);
                least = std::max(least, width + count * (leastPlotWidth(row.panels[p]) - right + left));
            }
        }
    }
    return std::ceil(least + 2.0);  // plots end at whole units
}

/// Words that are set on one line: of the axis, of bars.
double FigureLayout::leastPlotWidth(const Panel& panel) const
{
    if (const auto* bars = std::get_if<BarPanel>(&panel))
        return std::max(narrowestPlot, leastBarsWidth(*bars, m_fonts));
    const auto* chart = std::get_if<ChartPanel>(&panel);
    const QString title =
        chart ? QString::fromStdString(chart->x.title) : offsetAxisTitle(m_figure, std::get_if<CurvePanel>(&panel));
    // Each name of a line or a point wants room of its own.
    constexpr double named = 3.0, forEach = 1.0;  // lines of type
    const double names = chart ? static_cast<double>(std::ranges::count_if(chart->marks,
                                                                           [](const ChartMark& mark) {
                                                                               return !mark.label.empty() &&
                                                                                      mark.kind != MarkKind::Handle &&
                                                                                      mark.kind != MarkKind::Point;
                                                                           }))
                               : 0.0;
    return std::max(narrowestPlot, textWidth(m_fonts.tick, title)) + std::max(0.0, names - named) * forEach * m_tick;
}

double FigureLayout::spareWidth(const FigureRow& row, double gap) const
{
    const double count = static_cast<double>(row.panels.size());
    return mapsRight(row) - m_left - count * m_side - (count - 1.0) * gap;
}

/// Maps that their height keeps small stand further apart, under each other in all rows.
double FigureLayout::mapGap() const
{
    double wider = 0.35 * m_side;
    bool neighbours = false;
    for (const FigureRow& row : rows())
        if (isMapRow(row) && row.panels.size() > 1) {
            const double spare = spareWidth(row, m_mapGap) / (static_cast<double>(row.panels.size()) - 1.0);
            wider = std::clamp(spare, 0.0, wider);
            neighbours = true;
        }
    return neighbours ? m_mapGap + std::floor(wider) : m_mapGap;
}

/// Where no other panels ask to be aligned with, maps stand in the middle of the page.
double FigureLayout::firstMap() const
{
    if (!std::ranges::all_of(rows(), isMapRow))
        return m_left;
    const double gap = mapGap();
    double spare = 1e9;
    for (const FigureRow& row : rows())
        spare = std::min(spare, spareWidth(row, gap));
    return m_left + std::floor(std::max(0.0, spare) / 2.0);
}

QFont FigureLayout::mapTitleFont(std::size_t r) const
{
    const FigureRow& row = m_figure.rows[r];
    QFont font = m_fonts.mapTitle;
    const auto tooLong = [&] {
        for (std::size_t p = 0; p < row.panels.size(); ++p)
            if (textWidth(font, panelHeading(m_figure, r, p)) > titleWidth(row, p))
                return true;
        return false;
    };
    while (font.pixelSize() > m_fonts.tick.pixelSize() && tooLong())
        font.setPixelSize(font.pixelSize() - 1);
    return font;
}

double FigureLayout::mapHeader(std::size_t r) const
{
    const FigureRow& row = m_figure.rows[r];
    const QFont font = mapTitleFont(r);
    double height = textHeight(m_fonts.mapTitle);
    for (std::size_t p = 0; p < row.panels.size(); ++p) {
        const auto lines = wrapped(font, panelHeading(m_figure, r, p), titleWidth(row, p)).size();
        height = std::max(height, static_cast<double>(lines) * textHeight(font));
    }
    return most(LayoutNeeds::Header, r, 0, height);
}

double FigureLayout::linesOfLabels(const Panel& panel, const QRect& plot) const
{
    constexpr double lowest = 5.0, low = 9.0;  // lines of type; a window may leave fewer than any page
    const auto* curves = std::get_if<CurvePanel>(&panel);
    if (!curves || !m_figure.crosshair || plot.height() < lowest * m_tick)
        return 1.0;
    if (plot.height() < low * m_tick)
        return 2.0;
    const OffsetScale scale(m_figure.offsetAxis);
    const double length = static_cast<double>(m_figure.trainingLength);
    if (curves->axis != AxisKind::Offset || length <= 0.0 || scale.position(length) >= scale.upper())
        return 1.0;
    const QString words = QStringLiteral("d = ") + tickText(static_cast<double>(m_figure.length - 1));
    const double beyond = (scale.upper() - scale.position(length)) / (scale.upper() - scale.lower()) * plot.width();
    return beyond < textWidth(m_fonts.tick, words) + 16.0 ? 2.0 : 1.0;
}

RowHeights FigureLayout::measured(std::size_t r)
{
    const FigureRow& row = m_figure.rows[r];
    RowHeights heights;
    if (isMapRow(row)) {
        qsizetype lines = 0;
        for (std::size_t p = 0; p < row.panels.size(); ++p)
            if (const auto* map = std::get_if<MapPanel>(&row.panels[p]))
                lines = std::max(
                    lines, wrapped(m_fonts.tick, QString::fromStdString(map->subtitle), titleWidth(row, p)).size());
        heights.above = mapHeader(r) + static_cast<double>(lines) * m_tick + 5.0;
        heights.below = axisHeight() + barsHeight(row);
        heights.weight = row.weight;
    } else if (const RibbonPanel* panel = ribbonsOf(row)) {
        const double count = static_cast<double>(panel->ribbons.size());
        const bool axis = ribbonHasAxis(m_figure, r);
        PanelPlace ignored;
        heights.above = placeRibbonHeading(r, ignored, 0.0) + 4.0 + aboveRibbons(m_figure, r, m_fonts);
        heights.below = axis ? axisHeight() : 0.0;
        heights.picture = ribbonHeight(count, leastRibbon);
        heights.most = row.weight > 0.0 ? ribbonHeight(count, mostRibbon) - heights.picture : 0.0;
    } else if (isPlotRow(row)) {
        for (std::size_t p = 0; p < row.panels.size(); ++p) {
            PanelPlace ignored;
            const auto [left, right] = plotSides(row, p);
            heights.above = std::max(heights.above, placeHeading(r, p, ignored, left, right, 0.0) + 5.0);
        }
        heights.below = axisHeight();
        heights.weight = row.weight;
    }
    heights.above = most(LayoutNeeds::Above, r, 0, heights.above);
    heights.below = most(LayoutNeeds::BarsHeight, r, 0, heights.below);
    return heights;
}

void FigureLayout::measureRows()
{
    m_heights.resize(m_figure.rows.size());
    for (std::size_t r = m_column.first; r < end(); ++r) {
        const double above = m_heights[r].above;
        m_heights[r] = measured(r);
        m_heights[r].above = std::max(m_heights[r].above, above);  // what was needed at a larger side is needed still
    }
}

/// Maps are squares: what their width does not let them use goes to the curves, or is split above and below.
void FigureLayout::shareHeight()
{
    const double gaps = m_rowGap * std::max(0.0, static_cast<double>(m_column.count) - 1.0);
    double fixed = m_top + m_margin + gaps + m_titleHeight + m_captionHeight;
    double mapWeight = 0.0, curveWeight = 0.0, maps = 0.0, curves = 0.0, leastPlots = 0.0;
    double leastSide = leastMap;
    for (std::size_t r = m_column.first; r < end(); ++r) {
        fixed += m_heights[r].all();
        const bool map = isMapRow(m_figure.rows[r]);
        leastSide = map ? std::max(leastSide, leastSideForBars(m_figure.rows[r])) : leastSide;
        (map ? mapWeight : curveWeight) += m_heights[r].weight;
        (map ? maps : curves) += m_heights[r].weight > 0.0 ? 1.0 : 0.0;
        leastPlots +=
            isPlotRow(m_figure.rows[r]) ? leastLines(m_figure.rows[r], m_figure.crosshair.has_value()) * m_tick : 0.0;
    }
    m_geometry.leastHeight = fixed + std::min(leastSide, m_sideByWidth) * maps + leastPlots;
    const double room = std::max(0.0, m_geometry.size.height() - fixed);
    if (maps > 0.0) {
        const double share = room * mapWeight / (mapWeight + curveWeight) / maps;
        const double wanted = std::min(wantedMap * m_tick, (room - leastPlots) / maps);
        m_side = std::floor(std::clamp(std::max(share, wanted), 8.0, m_sideByWidth));
    }
    double left = std::max(0.0, room - maps * m_side);
    for (RowHeights& heights : m_heights) {
        const double grown = std::floor(std::min(heights.most, left));
        heights.picture += grown;
        left -= grown;
    }
    for (std::size_t r = m_column.first; r < end(); ++r)
        if (m_heights[r].weight > 0.0)
            m_heights[r].picture = isMapRow(m_figure.rows[r])
                                       ? m_side
                                       : std::max(8.0, std::floor(left * m_heights[r].weight / curveWeight));
    m_above = curves > 0.0 || maps == 0.0 || !m_column.words ? 0.0 : std::floor(left / 2.0);
}

}  // namespace posbias::ui
