// SPDX-License-Identifier: GPL-3.0-or-later
// What lies under a point of a figure: a cell, an offset, a chart's value.
#include "ui/plot/figure_gestures.h"

#include "ui/plot/layout/cell_ranges.h"
#include "ui/plot/paint/chart_painter.h"

#include <algorithm>
#include <cmath>

namespace posbias::ui {

std::optional<FigureGestures::Target> FigureGestures::targetAt(const QPointF& point) const
{
    const auto& rows = m_context.geometry.rows;
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t p = 0; p < rows[r].size(); ++p)
            if (QRectF(rows[r][p].plot).contains(point))
                return Target{r, p, std::holds_alternative<MapPanel>(m_context.figure.rows[r].panels[p])};
    return std::nullopt;
}

MapScale FigureGestures::scaleOf(const Target& target) const
{
    return {shownCells(), m_context.place(target.row, target.panel).plot};
}

CellRect FigureGestures::shownCells() const
{
    return squareCells(m_context.figure.visible, m_context.figure.length);
}

std::optional<CellPosition> FigureGestures::cellAt(const Target& target, const QPointF& point) const
{
    if (!target.map)
        return std::nullopt;
    const MapScale scale = scaleOf(target);
    const auto whole = [&](double at) {
        return std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(at)), 0, m_context.figure.length - 1);
    };
    const CellPosition cell{whole(scale.queryAt(point.y())), whole(scale.keyAt(point.x()))};
    if (m_context.figure.mask == Mask::Causal && cell.key > cell.query)
        return std::nullopt;
    return cell;
}

std::optional<std::int64_t> FigureGestures::offsetAt(const Target& target, const QPointF& point) const
{
    if (target.map)
        return std::nullopt;
    const PanelPlace& place = m_context.place(target.row, target.panel);
    const Panel& panel = m_context.figure.rows[target.row].panels[target.panel];
    const auto* curves = std::get_if<CurvePanel>(&panel);
    if (!curves && !std::holds_alternative<RibbonPanel>(panel))
        return std::nullopt;
    if (!curves || curves->axis == AxisKind::Offset)
        return OffsetScale(m_context.figure.offsetAxis).offsetAt(offsetX(m_context, place).at(point.x()));
    if (!m_context.rowQuery)
        return std::nullopt;
    const auto key = static_cast<std::int64_t>(std::floor(curveX(m_context, *curves, place).at(point.x())));
    const std::int64_t offset = *m_context.rowQuery - std::clamp<std::int64_t>(key, 0, m_context.figure.length - 1);
    return m_context.figure.offsetAxis.range.contains(offset) ? std::optional(offset) : std::nullopt;
}

std::optional<double> FigureGestures::chartValueAt(const Target& target, const QPointF& point) const
{
    const auto* chart = std::get_if<ChartPanel>(&m_context.figure.rows[target.row].panels[target.panel]);
    if (!chart)
        return std::nullopt;
    const PanelPlace& place = m_context.place(target.row, target.panel);
    const double left = place.plot.x(), right = left + place.plot.width();
    return ChartScale(*chart, place).valueAt(std::clamp(point.x(), left, right));
}

}  // namespace posbias::ui
