// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/figure_geometry.h"

#include "ui/plot/figure_layout.h"
#include "ui/plot/value_range.h"

#include <algorithm>
#include <cmath>

namespace posbias::ui {

void FigureLayout::placeRows()
{
    double top = m_top + m_above;
    m_geometry.rows.resize(m_figure.rows.size());
    for (std::size_t r = 0; r < m_figure.rows.size(); ++r) {
        if (isMapRow(m_figure.rows[r]))
            placeMaps(r, top);
        else if (ribbonsOf(m_figure.rows[r]))
            placeRibbons(r, top);
        else if (curvesOf(m_figure.rows[r]))
            placeCurves(r, top);
        top += m_heights[r].all() + m_rowGap;
    }
}

void FigureLayout::placeMaps(std::size_t r, double top)
{
    const FigureRow& row = m_figure.rows[r];
    const double count = static_cast<double>(row.panels.size());
    const double gap = mapGap(row);
    const double spare = m_right + rightNeed() - m_left - barsWidth(row) - count * m_side - (count - 1.0) * gap;
    const bool alone = std::ranges::all_of(m_figure.rows, isMapRow);
    double x = m_left + (alone ? std::floor(std::max(0.0, spare) / 2.0) : 0.0);
    for (std::size_t p = 0; p < row.panels.size(); ++p) {
        PanelPlace place;
        const double y = std::round(top + m_heights[r].above);
        place.plot =
            QRect(static_cast<int>(x), static_cast<int>(y), static_cast<int>(m_side), static_cast<int>(m_side));
        place.header = QRectF(x, top, m_side + gap - 10.0, textHeight(m_fonts.mapTitle));
        if (const auto* map = std::get_if<MapPanel>(&row.panels[p]))
            place.subtitle = wrapped(m_fonts.tick, QString::fromStdString(map->subtitle), place.header.width(), 3);
        place.leftLabels = p == 0;
        place.bottomLabels = true;
        place.bottomTitle = p == (row.panels.size() - 1) / 2;
        m_geometry.rows[r].push_back(place);
        x += m_side + gap;
    }
    placeBars(row, m_geometry.rows[r].back().plot);
}

void FigureLayout::placeBars(const FigureRow& row, const QRect& lastMap)
{
    const std::vector<std::size_t> scales = scalesOf(row);
    constexpr int between = 16;
    const int count = static_cast<int>(scales.size()), left = lastMap.x() + lastMap.width() + 18;
    for (int s = 0; s < count; ++s) {
        const int top = lastMap.y() + s * (lastMap.height() + between) / count;
        const int bottom = lastMap.y() + (s + 1) * (lastMap.height() + between) / count - between;
        const int label = static_cast<int>(m_tick) + 5;
        BarPlace place;
        place.scale = scales[static_cast<std::size_t>(s)];
        place.label = QRectF(left, top - 4.0, 100.0, m_tick);
        place.bar = QRect(left, top + label, 12, std::max(4, bottom - top - label));
        m_geometry.bars.push_back(place);
    }
}

void FigureLayout::placeRibbons(std::size_t r, double top)
{
    PanelPlace place;
    const bool axis = ribbonHasAxis(m_figure, r);
    place.header = QRectF(m_left, top, m_right - m_left, m_section);
    place.plot = QRect(static_cast<int>(m_left), static_cast<int>(std::round(top + m_heights[r].above)),
                       static_cast<int>(m_right - m_left), static_cast<int>(m_heights[r].picture));
    place.bottomLabels = place.bottomTitle = axis;
    m_geometry.rows[r].push_back(place);
}

void FigureLayout::placeCurves(std::size_t r, double top)
{
    const CurvePanel& panel = *curvesOf(m_figure.rows[r]);
    PanelPlace place;
    place.header = QRectF(m_left, top, m_right - m_left, m_section);
    legendLines(panel, place, m_left, m_right, top);
    place.plot = QRect(static_cast<int>(m_left), static_cast<int>(std::round(top + m_heights[r].above)),
                       static_cast<int>(m_right - m_left), static_cast<int>(m_heights[r].picture));
    place.leftLabels = place.bottomLabels = place.bottomTitle = true;
    // Room for the labels at the top, and a little for the lines' width.
    const double height = place.plot.height();
    const double above = std::min(labelLine(m_fonts) + 3.0, 0.25 * height), below = std::min(6.0, 0.1 * height);
    const ValueRange values = valueRange(panel);
    const double unit = (values.max - values.min) / (height - above - below);
    place.lower = values.min - below * unit;
    place.upper = values.max + above * unit;
    m_geometry.rows[r].push_back(place);
}

int FigureLayout::legendLines(const CurvePanel& panel, PanelPlace& place, double left, double right, double top) const
{
    double x = left + textWidth(m_fonts.section, QString::fromStdString(panel.title)) + 26.0;
    int line = 0;
    for (std::size_t c = 0; c < panel.curves.size(); ++c) {
        const double width = 24.0 + textWidth(m_fonts.tick, QString::fromStdString(panel.curves[c].label));
        if (x + width > right && x > left) {
            x = left;
            ++line;
        }
        place.legend.push_back({c, QRectF(x, top + line * m_section, width, m_section)});
        x += width + 20.0;
    }
    return line + 1;
}

FigureGeometry layOut(const Figure& figure, const Fonts& fonts, const QSize& size)
{
    return FigureLayout(figure, fonts, size).run();
}

CellRect squareCells(const std::optional<CellRect>& visible, std::int64_t length)
{
    const double n = static_cast<double>(std::max<std::int64_t>(length, 1));
    if (!visible)
        return {0.0, n, 0.0, n};
    const double side = std::clamp(
        std::max(visible->lastKey - visible->firstKey, visible->lastQuery - visible->firstQuery), std::min(1.0, n), n);
    const auto start = [&](double first, double last) {
        return std::clamp((first + last - side) / 2.0, 0.0, n - side);
    };
    const double key = start(visible->firstKey, visible->lastKey);
    const double query = start(visible->firstQuery, visible->lastQuery);
    return {key, key + side, query, query + side};
}

double labelLine(const Fonts& fonts)
{
    return textHeight(fonts.tick) + 2.0;
}

bool ribbonHasAxis(const Figure& figure, std::size_t row)
{
    const CurvePanel* below = row + 1 < figure.rows.size() ? curvesOf(figure.rows[row + 1]) : nullptr;
    return !below || below->axis != AxisKind::Offset;
}

bool trainingLengthInside(const Figure& figure)
{
    return figure.trainingLength > 0 && figure.trainingLength < figure.length;
}

}  // namespace posbias::ui
