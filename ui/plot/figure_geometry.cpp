// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/figure_geometry.h"

#include "ui/plot/chart_axis.h"
#include "ui/plot/figure_layout.h"
#include "ui/plot/value_range.h"

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

constexpr double narrowPlot = 420.0;

}  // namespace

double FigureLayout::placeRows()
{
    double top = m_top + m_above + m_titleHeight;
    double bottom = top;
    m_geometry.rows.resize(m_figure.rows.size());
    for (std::size_t r = 0; r < m_figure.rows.size(); ++r) {
        if (isMapRow(m_figure.rows[r]))
            placeMaps(r, top);
        else if (ribbonsOf(m_figure.rows[r]))
            placeRibbons(r, top);
        else if (isPlotRow(m_figure.rows[r]))
            placePlots(r, top);
        bottom = top + m_heights[r].all();
        top = bottom + m_rowGap;
    }
    return bottom;
}

void FigureLayout::placeMaps(std::size_t r, double top)
{
    const FigureRow& row = m_figure.rows[r];
    const double gap = mapGap();
    double x = firstMap();
    for (std::size_t p = 0; p < row.panels.size(); ++p) {
        PanelPlace place;
        const double y = std::round(top + m_heights[r].above);
        place.plot =
            QRect(static_cast<int>(x), static_cast<int>(y), static_cast<int>(m_side), static_cast<int>(m_side));
        place.header = QRectF(x, top, titleWidth(row, p), textHeight(m_fonts.mapTitle));
        if (const auto* map = std::get_if<MapPanel>(&row.panels[p]))
            place.subtitle = wrapped(m_fonts.tick, QString::fromStdString(map->subtitle), place.header.width(), 3);
        place.leftLabels = p == 0;
        place.bottomLabels = true;
        place.bottomTitle = row.panels.size() % 2 == 0 || p == row.panels.size() / 2;  // in the middle, else at each
        m_geometry.rows[r].push_back(place);
        x += m_side + gap;
    }
    placeBars(r);
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

void FigureLayout::placePlots(std::size_t r, double top)
{
    const FigureRow& row = m_figure.rows[r];
    for (std::size_t p = 0; p < row.panels.size(); ++p) {
        const auto [left, right] = plotSides(row, p);
        PanelPlace place;
        place.header = QRectF(left, top, right - left, m_section);
        legendLines(r, p, place, left, right, top);
        place.plot = QRect(static_cast<int>(left), static_cast<int>(std::round(top + m_heights[r].above)),
                           static_cast<int>(right - left), static_cast<int>(m_heights[r].picture));
        place.leftLabels = place.bottomLabels = place.bottomTitle = true;
        setRanges(r, p, place);
        m_geometry.rows[r].push_back(place);
    }
}

void FigureLayout::setRanges(std::size_t r, std::size_t p, PanelPlace& place) const
{
    const Panel& panel = m_figure.rows[r].panels[p];
    const auto* chart = std::get_if<ChartPanel>(&panel);
    const auto* curves = std::get_if<CurvePanel>(&panel);
    if (!chart && !curves)
        return;
    // Room for the labels at the top, and a little for the lines' width.
    const double height = place.plot.height();
    const double labels = std::min(labelLine(m_fonts) + 3.0, 0.25 * height);
    const double above = labels + std::min(noteRoom(m_figure, r, p, m_fonts), 0.25 * height);
    const double below = std::min(6.0, 0.1 * height);
    const ValueRange values = chart ? chartRangeY(*chart) : valueRange(*curves);
    const double unit = (values.max - values.min) / (height - above - below);
    place.lower = values.min - below * unit;
    place.upper = values.max + above * unit;
    if (chart) {
        const ValueRange x = chartRangeX(*chart);
        const double spare = (x.max - x.min) * std::min(6.0 / place.plot.width(), 0.1);
        place.lowerX = x.min - spare;
        place.upperX = x.max + spare;
    }
}

int FigureLayout::legendLines(std::size_t r, std::size_t p, PanelPlace& place, double left, double right,
                              double top) const
{
    const Panel& panel = m_figure.rows[r].panels[p];
    const QString unit = titleUnit(panel);
    double x = left + textWidth(m_fonts.section, panelHeading(m_figure, r, p)) + 22.0;
    if (!unit.isEmpty())
        x += textWidth(m_fonts.tick, unit) + 12.0;
    const double between = right - left < narrowPlot ? 12.0 : 20.0;
    int line = 0;
    const std::vector<LegendItem> items = legendItems(panel);
    const auto widthOf = [&](const LegendItem& item) {
        const double sample = item.kind == LegendItem::Note ? 0.0 : legendSample;
        return std::min(sample + textWidth(m_fonts.tick, item.text), right - left);
    };
    double all = -between;
    for (const LegendItem& item : items)
        all += widthOf(item) + between;
    const bool below = x + all > right && left + all <= right;  // one line of its own, rather than two broken ones
    for (std::size_t k = 0; k < items.size(); ++k) {
        const double width = widthOf(items[k]);
        if ((below && k == 0) || (x + width > right && x > left)) {
            x = left;
            ++line;
        }
        place.legend.push_back({k, QRectF(x, top + line * m_section, width, m_section)});
        x += width + between;
    }
    return line + 1;
}

std::vector<LegendItem> legendItems(const Panel& panel)
{
    std::vector<LegendItem> items;
    const auto add = [&](LegendItem::Kind kind, std::size_t index, const std::string& text) {
        if (!text.empty())
            items.push_back({kind, index, QString::fromStdString(text)});
    };
    if (const auto* curves = std::get_if<CurvePanel>(&panel)) {
        for (std::size_t c = 0; c < curves->curves.size(); ++c)
            add(LegendItem::Line, c, curves->curves[c].label);
        add(LegendItem::Band, 0, curves->bandLabel);
    } else if (const auto* chart = std::get_if<ChartPanel>(&panel)) {
        for (std::size_t s = 0; s < chart->series.size(); ++s)
            add(LegendItem::Line, s, chart->series[s].label);
        add(LegendItem::Note, 0, chart->note);
    } else if (const auto* bars = std::get_if<BarPanel>(&panel)) {
        for (std::size_t b = 0; b < bars->bars.size(); ++b)
            add(LegendItem::Swatch, b, bars->bars[b].label);
    }
    return items;
}

QString panelHeading(const Figure& figure, std::size_t row, std::size_t p)
{
    return headingLetter(figure, row, p) +
           QString::fromStdString(std::visit([](const auto& of) { return of.title; }, figure.rows[row].panels[p]));
}

std::size_t panelIndex(const Figure& figure, std::size_t row, std::size_t p)
{
    for (std::size_t r = 0; r < row; ++r)
        p += figure.rows[r].panels.size();
    return p;
}

QString headingLetter(const Figure& figure, std::size_t row, std::size_t p)
{
    return figure.letters ? QStringLiteral("(%1) ").arg(QString::fromStdString(panelLetter(panelIndex(figure, row, p))))
                          : QString();
}

QString titleUnit(const Panel& panel)
{
    if (const auto* chart = std::get_if<ChartPanel>(&panel))
        return QString::fromStdString(chart->y.title);
    if (const auto* bars = std::get_if<BarPanel>(&panel))
        return QString::fromStdString(bars->unit);
    return {};
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
