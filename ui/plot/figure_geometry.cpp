// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/figure_geometry.h"

#include "ui/plot/value_range.h"

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

constexpr double margin = 12.0;
constexpr double tickLength = 4.0;
constexpr double leastMap = 90.0;
constexpr double leastCurve = 120.0;
constexpr double wantedMap = 240.0;
constexpr double leastRibbon = 20.0, mostRibbon = 42.0;

bool isMapRow(const FigureRow& row)
{
    return !row.panels.empty() && std::holds_alternative<MapPanel>(row.panels.front());
}
const RibbonPanel* ribbonsOf(const FigureRow& row)
{
    return row.panels.empty() ? nullptr : std::get_if<RibbonPanel>(&row.panels.front());
}
const CurvePanel* curvesOf(const FigureRow& row)
{
    return row.panels.empty() ? nullptr : std::get_if<CurvePanel>(&row.panels.front());
}

double ribbonHeight(double count, double each)
{
    return count * each + (count - 1.0) * 7.0;
}

/// Heights of a row: fixed above and below the picture, and the picture's own.
struct RowHeights {
    double above = 0.0, picture = 0.0, below = 0.0;
    double weight = 0.0;  ///< of what is left over; 0: the picture is fixed
    double most = 0.0;    ///< by which a ribbon's picture may still grow

    double all() const { return above + picture + below; }
};

class Layout {
public:
    Layout(const Figure& figure, const Fonts& fonts, const QSize& size)
        : m_figure(figure), m_fonts(fonts), m_tick(textHeight(fonts.tick)), m_section(textHeight(fonts.section))
    {
        m_geometry.size = size;
        m_geometry.cells = squareCells(figure.visible, figure.length);
        m_top = margin;
        placeTitle();
        m_left = std::ceil(margin + leftNeed());
        m_right = std::floor(size.width() - margin - rightNeed());
        m_right = std::max(m_right, m_left + 1.0);
        measureMaps();
    }

    FigureGeometry run()
    {
        for (int pass = 0; pass < 2; ++pass) {  // how many lines a subtitle takes depends on the maps' side
            measureRows();
            shareHeight();
        }
        placeRows();
        return m_geometry;
    }

private:
    void placeTitle();
    double leftNeed() const;
    double rightNeed() const;
    double axisHeight() const { return tickLength + 1.0 + m_tick + 1.0 + m_tick; }
    double barsWidth(const FigureRow& row) const;
    std::vector<std::size_t> scalesOf(const FigureRow& row) const;
    void measureMaps();
    double mapGap(const FigureRow& row) const;
    RowHeights measured(std::size_t row);
    void measureRows();
    void shareHeight();
    void placeRows();
    void placeMaps(std::size_t row, double top);
    void placeBars(const FigureRow& row, const QRect& lastMap);
    void placeRibbons(std::size_t row, double top);
    void placeCurves(std::size_t row, double top);
    int legendLines(const CurvePanel& panel, PanelPlace& place, double left, double right, double top) const;

    const Figure& m_figure;
    const Fonts& m_fonts;
    FigureGeometry m_geometry;
    double m_tick, m_section;
    double m_top = 0.0, m_left = 0.0, m_right = 0.0;
    double m_sideByWidth = 0.0, m_side = 0.0, m_mapGap = 0.0, m_above = 0.0;
    std::vector<RowHeights> m_heights;
};

void Layout::placeTitle()
{
    const double width = m_geometry.size.width() - 2.0 * margin;
    const auto put = [&](const std::string& text, const QFont& font, QRectF& rect, std::vector<QString>& lines) {
        for (const QString& line : wrapped(font, QString::fromStdString(text), width, 2))
            lines.push_back(line);
        rect = QRectF(margin, m_top, width, textHeight(font) * static_cast<double>(lines.size()));
        m_top += rect.height();
    };
    put(m_figure.title, m_fonts.sentence, m_geometry.title, m_geometry.titleLines);
    put(m_figure.subtitle, m_fonts.body, m_geometry.subtitle, m_geometry.subtitleLines);
    if (m_top > margin)
        m_top += 8.0;
}

double Layout::leftNeed() const
{
    const double axisTitle = m_tick + 3.0;
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
                need = std::max(need, labelWidth(m_fonts.tick, tick) + tickLength + 3.0 +
                                          (curves->yLabel.empty() ? 0.0 : axisTitle));
        }
    }
    return need;
}

double Layout::rightNeed() const
{
    const bool offsets = std::ranges::any_of(m_figure.rows, [](const FigureRow& row) { return !isMapRow(row); });
    return offsets ? textWidth(m_fonts.tick, tickText(static_cast<double>(m_figure.length))) / 2.0 : 0.0;
}

std::vector<std::size_t> Layout::scalesOf(const FigureRow& row) const
{
    std::vector<std::size_t> scales;
    for (const Panel& panel : row.panels)
        if (const auto* map = std::get_if<MapPanel>(&panel);
            map && map->scale < m_figure.scales.size() && std::ranges::find(scales, map->scale) == scales.end())
            scales.push_back(map->scale);
    return scales;
}

double Layout::barsWidth(const FigureRow& row) const
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

void Layout::measureMaps()
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
double Layout::mapGap(const FigureRow& row) const
{
    const double count = static_cast<double>(row.panels.size());
    const double spare = m_right + rightNeed() - m_left - barsWidth(row) - count * m_side - (count - 1.0) * m_mapGap;
    return count > 1.0 ? m_mapGap + std::floor(std::clamp(spare / (count - 1.0), 0.0, 0.35 * m_side)) : m_mapGap;
}

RowHeights Layout::measured(std::size_t r)
{
    const FigureRow& row = m_figure.rows[r];
    RowHeights heights;
    if (isMapRow(row)) {
        qsizetype lines = 0;
        for (const Panel& panel : row.panels)
            if (const auto* map = std::get_if<MapPanel>(&panel))
                lines = std::max(lines, wrapped(m_fonts.tick, QString::fromStdString(map->subtitle),
                                                m_side + mapGap(row) - 10.0, 3).size());
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

void Layout::measureRows()
{
    m_heights.clear();
    for (std::size_t r = 0; r < m_figure.rows.size(); ++r)
        m_heights.push_back(measured(r));
}

/// Maps are squares: what their width does not let them use goes to the curves, or is split above and below.
void Layout::shareHeight()
{
    const double gaps = 14.0 * std::max(0.0, static_cast<double>(m_heights.size()) - 1.0);
    double fixed = m_top + margin + gaps, mapWeight = 0.0, curveWeight = 0.0, maps = 0.0, curves = 0.0;
    for (std::size_t r = 0; r < m_heights.size(); ++r) {
        fixed += m_heights[r].all();
        const bool map = isMapRow(m_figure.rows[r]);
        (map ? mapWeight : curveWeight) += m_heights[r].weight;
        (map ? maps : curves) += m_heights[r].weight > 0.0 ? 1.0 : 0.0;
    }
    m_geometry.leastHeight = fixed + leastMap * maps + leastCurve * curves;
    const double room = std::max(0.0, m_geometry.size.height() - fixed);
    if (maps > 0.0) {
        const double share = room * mapWeight / (mapWeight + curveWeight) / maps;
        const double wanted = std::min(wantedMap, (room - curves * leastCurve) / maps);
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

void Layout::placeRows()
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
        top += m_heights[r].all() + 14.0;
    }
}

void Layout::placeMaps(std::size_t r, double top)
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
        place.plot = QRect(static_cast<int>(x), static_cast<int>(y), static_cast<int>(m_side), static_cast<int>(m_side));
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

void Layout::placeBars(const FigureRow& row, const QRect& lastMap)
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

void Layout::placeRibbons(std::size_t r, double top)
{
    PanelPlace place;
    const bool axis = ribbonHasAxis(m_figure, r);
    place.header = QRectF(m_left, top, m_right - m_left, m_section);
    place.plot = QRect(static_cast<int>(m_left), static_cast<int>(std::round(top + m_heights[r].above)),
                       static_cast<int>(m_right - m_left), static_cast<int>(m_heights[r].picture));
    place.bottomLabels = place.bottomTitle = axis;
    m_geometry.rows[r].push_back(place);
}

void Layout::placeCurves(std::size_t r, double top)
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

int Layout::legendLines(const CurvePanel& panel, PanelPlace& place, double left, double right, double top) const
{
    double x = left + textWidth(m_fonts.section, QString::fromStdString(panel.title)) + 26.0;
    int line = 0;
    for (std::size_t c = 0; c < panel.curves.size(); ++c) {
        if (panel.curves[c].label.empty())
            continue;
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

}  // namespace

FigureGeometry layOut(const Figure& figure, const Fonts& fonts, const QSize& size)
{
    return Layout(figure, fonts, size).run();
}

CellRect squareCells(const std::optional<CellRect>& visible, std::int64_t length)
{
    const double n = static_cast<double>(std::max<std::int64_t>(length, 1));
    if (!visible)
        return {0.0, n, 0.0, n};
    const double side = std::clamp(
        std::max(visible->lastKey - visible->firstKey, visible->lastQuery - visible->firstQuery), std::min(1.0, n), n);
    const auto start = [&](double first, double last) { return std::clamp((first + last - side) / 2.0, 0.0, n - side); };
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
