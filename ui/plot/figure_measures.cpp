// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/figure_layout.h"
#include "ui/plot/value_range.h"

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

constexpr double leastMap = 90.0;
constexpr double leastCurve = 4.7, wantedMap = 16.0;  ///< in lines of tick labels: larger type wants larger pictures
constexpr double leastRibbon = 20.0, mostRibbon = 42.0;

double ribbonHeight(double count, double each)
{
    return count * each + (count - 1.0) * 7.0;
}

}  // namespace

double FigureLayout::leftNeed() const
{
    const double axisTitle = 1.2 * m_tick;
    double need = 0.0;
    for (const FigureRow& row : m_figure.rows) {
        if (isMapRow(row)) {
            const QString widest = tickText(static_cast<double>(m_figure.length));
            need = std::max(need, textWidth(m_fonts.tick, widest) + tickLength + 3.0 + axisTitle);
        } else if (const RibbonPanel* panel = ribbonsOf(row)) {
            for (const Ribbon& ribbon : panel->ribbons)
                need = std::max(need, textWidth(m_fonts.section, QString::fromStdString(ribbon.letter)) + 9.0);
        } else if (const CurvePanel* curves = curvesOf(row)) {
            for (const Tick& tick : curveTicks(*curves, valueRange(*curves), 300.0))
                need = std::max(need, labelWidth(m_fonts.tick, tick) + tickLength + 3.0);
        }
    }
    return need;
}

double FigureLayout::rightNeed() const
{
    const bool offsets = std::ranges::any_of(m_figure.rows, [](const FigureRow& row) { return !isMapRow(row); });
    return offsets ? textWidth(m_fonts.tick, tickText(static_cast<double>(m_figure.length))) / 2.0 : 0.0;
}

std::vector<std::size_t> FigureLayout::scalesOf(const FigureRow& row) const
{
    std::vector<std::size_t> scales;
    for (const Panel& panel : row.panels)
        if (const auto* map = std::get_if<MapPanel>(&panel);
            map && map->scale < m_figure.scales.size() && std::ranges::find(scales, map->scale) == scales.end())
            scales.push_back(map->scale);
    return scales;
}

double FigureLayout::barsWidth(const FigureRow& row) const
{
    double width = 0.0;
    for (std::size_t s : scalesOf(row)) {
        const ColourScale& scale = m_figure.scales[s];
        width = std::max(width, textWidth(m_fonts.tick, QString::fromStdString(scale.label)));
        for (const Tick& tick : scaleTicks(scale, 100.0, m_tick))
            width = std::max(width, 12.0 + 6.0 + labelWidth(m_fonts.tick, tick));
    }
    return width > 0.0 ? width + 18.0 : 0.0;
}

void FigureLayout::measureMaps()
{
    const double widest = textWidth(m_fonts.tick, tickText(static_cast<double>(m_figure.length)));
    m_mapGap = std::ceil(std::max(20.0, widest + 8.0));
    m_sideByWidth = 1e9;
    for (const FigureRow& row : m_figure.rows)
        if (isMapRow(row)) {
            const double count = static_cast<double>(row.panels.size());
            const double room = m_right + rightNeed() - m_left - barsWidth(row) - (count - 1.0) * m_mapGap;
            m_sideByWidth = std::min(m_sideByWidth, std::floor(room / count));
        }
    m_side = m_sideByWidth = std::max(m_sideByWidth, 8.0);
}

/// Maps that their height keeps small stand further apart.
double FigureLayout::mapGap(const FigureRow& row) const
{
    const double count = static_cast<double>(row.panels.size());
    const double spare = m_right + rightNeed() - m_left - barsWidth(row) - count * m_side - (count - 1.0) * m_mapGap;
    return count > 1.0 ? m_mapGap + std::floor(std::clamp(spare / (count - 1.0), 0.0, 0.35 * m_side)) : m_mapGap;
}

RowHeights FigureLayout::measured(std::size_t r)
{
    const FigureRow& row = m_figure.rows[r];
    RowHeights heights;
    if (isMapRow(row)) {
        qsizetype lines = 0;
        for (const Panel& panel : row.panels)
            if (const auto* map = std::get_if<MapPanel>(&panel))
                lines = std::max(
                    lines, wrapped(m_fonts.tick, QString::fromStdString(map->subtitle), m_side + mapGap(row) - 10.0, 3)
                               .size());
        heights.above = textHeight(m_fonts.mapTitle) + static_cast<double>(lines) * m_tick + 5.0;
        heights.below = axisHeight();
        heights.weight = row.weight;
    } else if (const RibbonPanel* panel = ribbonsOf(row)) {
        const double count = static_cast<double>(panel->ribbons.size());
        const bool axis = ribbonHasAxis(m_figure, r);
        heights.above = m_section + 4.0 + (axis ? 2.0 * labelLine(m_fonts) : 0.0);
        heights.below = axis ? axisHeight() : 0.0;
        heights.picture = ribbonHeight(count, leastRibbon);
        heights.most = row.weight > 0.0 ? ribbonHeight(count, mostRibbon) - heights.picture : 0.0;
    } else if (const CurvePanel* curves = curvesOf(row)) {
        PanelPlace ignored;
        heights.above = legendLines(*curves, ignored, m_left, m_right, 0.0) * m_section + 5.0;
        heights.below = axisHeight();
        heights.weight = row.weight;
    }
    return heights;
}

void FigureLayout::measureRows()
{
    m_heights.clear();
    for (std::size_t r = 0; r < m_figure.rows.size(); ++r)
        m_heights.push_back(measured(r));
}

/// Maps are squares: what their width does not let them use goes to the curves, or is split above and below.
void FigureLayout::shareHeight()
{
    const double gaps = m_rowGap * std::max(0.0, static_cast<double>(m_heights.size()) - 1.0);
    double fixed = m_top + m_margin + gaps, mapWeight = 0.0, curveWeight = 0.0, maps = 0.0, curves = 0.0;
    for (std::size_t r = 0; r < m_heights.size(); ++r) {
        fixed += m_heights[r].all();
        const bool map = isMapRow(m_figure.rows[r]);
        (map ? mapWeight : curveWeight) += m_heights[r].weight;
        (map ? maps : curves) += m_heights[r].weight > 0.0 ? 1.0 : 0.0;
    }
    m_geometry.leastHeight = fixed + leastMap * maps + leastCurve * m_tick * curves;
    const double room = std::max(0.0, m_geometry.size.height() - fixed);
    if (maps > 0.0) {
        const double share = room * mapWeight / (mapWeight + curveWeight) / maps;
        const double wanted = std::min(wantedMap * m_tick, (room - curves * leastCurve * m_tick) / maps);
        m_side = std::floor(std::clamp(std::max(share, wanted), 8.0, m_sideByWidth));
    }
    double left = std::max(0.0, room - maps * m_side);
    for (RowHeights& heights : m_heights) {
        const double grown = std::floor(std::min(heights.most, left));
        heights.picture += grown;
        left -= grown;
    }
    for (std::size_t r = 0; r < m_heights.size(); ++r)
        if (m_heights[r].weight > 0.0)
            m_heights[r].picture = isMapRow(m_figure.rows[r])
                                       ? m_side
                                       : std::max(8.0, std::floor(left * m_heights[r].weight / curveWeight));
    m_above = curves > 0.0 ? 0.0 : std::floor(left / 2.0);
}

}  // namespace posbias::ui
