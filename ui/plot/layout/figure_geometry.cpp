// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/layout/figure_geometry.h"

#include "ui/plot/layout/chart_axis.h"
#include "ui/plot/layout/figure_layout.h"
#include "ui/plot/layout/value_range.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace posbias::ui {
namespace {

constexpr double narrowPlot = 420.0;

}  // namespace

double FigureLayout::placeRows()
{
    double top = m_top + m_above + m_titleHeight;
    double bottom = top;
    m_geometry.rows.resize(m_figure.rows.size());
    for (std::size_t r = m_column.first; r < end(); ++r) {
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
    const double gap = mapGap(), header = mapHeader(r);
    const QFont font = mapTitleFont(r);
    double x = firstMap();
    for (std::size_t p = 0; p < row.panels.size(); ++p) {
        PanelPlace place;
        const double y = std::round(top + m_heights[r].above);
        place.plot =
            QRect(static_cast<int>(x), static_cast<int>(y), static_cast<int>(m_side), static_cast<int>(m_side));
        place.header = QRectF(x, top, titleWidth(row, p), header);
        place.title = balanced(font, panelHeading(m_figure, r, p), place.header.width());
        place.titlePixels = font.pixelSize();
        if (const auto* map = std::get_if<MapPanel>(&row.panels[p]))
            place.subtitle = balanced(m_fonts.tick, QString::fromStdString(map->subtitle), place.header.width());
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
    placeRibbonHeading(r, place, top);
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
        placeHeading(r, p, place, left, right, top);
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
    // Room for the labels at the top, for handles at the foot, and a little for the lines' width.
    const double height = place.plot.height();
    double above = std::min(linesOfLabels(panel, place.plot) * labelLine(m_fonts) + 3.0, 0.5 * height) +
                   std::min(noteRoom(m_figure, r, p, m_fonts), 0.25 * height);
    double below = std::min(6.0, 0.1 * height) + (chart ? handleRoom(*chart, place.plot.width()) : 0.0);
    constexpr double mostOfHeight = 0.75;
    if (const double share = mostOfHeight * height / (above + below); share < 1.0) {
        above *= share;
        below *= share;
    }
    const ValueRange values = chart ? chartRangeY(*chart) : valueRange(*curves);
    const double unit = (values.max - values.min) / (height - above - below);
    place.lower = values.min - below * unit;
    place.upper = values.max + above * unit;
    place.highestTick = std::min(place.upper, values.max + labelLine(m_fonts) * unit);
    if (curves && curves->axis == AxisKind::Key && curves->yLogarithmic)
        place.highestTick = std::min(place.upper, std::max(values.max, 0.0));  // shares end at 1
    if (chart) {
        const ValueRange x = chartRangeX(*chart);
        const double spare = (x.max - x.min) * std::min(6.0 / place.plot.width(), 0.1);
        place.lowerX = x.min - spare;
        place.upperX = x.max + spare;
    }
}

double FigureLayout::placeRibbonHeading(std::size_t r, PanelPlace& place, double top) const
{
    const double width = m_right - m_left;
    place.title = balanced(m_fonts.section, panelHeading(m_figure, r, 0), width);
    place.titlePixels = m_fonts.section.pixelSize();
    place.header = QRectF(m_left, top, width, std::max(1.0, static_cast<double>(place.title.size())) * m_section);
    const QString note = QString::fromStdString(ribbonsOf(m_figure.rows[r])->note);
    place.subtitle = balanced(m_fonts.tick, note, width);
    const bool beside =
        place.title.size() <= 1 &&
        textWidth(m_fonts.section, place.title.value(0)) + 16.0 + textWidth(m_fonts.tick, note) <= width;
    if (beside || place.subtitle.isEmpty()) {
        place.unit = place.header.adjusted(0.0, 0.0, 0.0, -1.0);
        return most(LayoutNeeds::Legend, r, 0, place.header.height());
    }
    place.unit = QRectF(m_left, place.header.bottom(), width, static_cast<double>(place.subtitle.size()) * m_tick);
    return most(LayoutNeeds::Legend, r, 0, place.unit.bottom() - top);
}

double FigureLayout::placeHeading(std::size_t r, std::size_t p, PanelPlace& place, double left, double right,
                                  double top) const
{
    const Panel& panel = m_figure.rows[r].panels[p];
    const double width = right - left;
    const auto lineTop = [&](int line) { return top + line * m_section; };
    place.title = balanced(m_fonts.section, panelHeading(m_figure, r, p), width);
    place.titlePixels = m_fonts.section.pixelSize();
    int line = std::max(0, static_cast<int>(place.title.size()) - 1);
    bool ended = place.title.size() > 1;  // what follows a title of several lines begins one of its own
    place.header = QRectF(left, top, width, lineTop(line + 1) - top);
    const double title = textWidth(m_fonts.section, place.title.value(0));
    double x = left + title + 22.0;
    if (const QString unit = titleUnit(panel); !unit.isEmpty()) {
        place.unitLines = balanced(m_fonts.tick, unit, width);
        const double used = title + 10.0;
        if (!ended && used + textWidth(m_fonts.tick, unit) <= width) {
            place.unit = QRectF(left + used, lineTop(line), width - used, m_section - 1.5);
            x += textWidth(m_fonts.tick, unit) + 12.0;
        } else {
            place.unit = QRectF(left, lineTop(line + 1), width, m_section - 1.5);
            line += static_cast<int>(place.unitLines.size());
            x = left + textWidth(m_fonts.tick, place.unitLines.last()) + 22.0;
            ended = false;
        }
    }
    const double between = width < narrowPlot ? 12.0 : 20.0;
    const std::vector<LegendItem> items = legendItems(panel);
    const auto sampleOf = [](const LegendItem& item) { return item.kind == LegendItem::Note ? 0.0 : legendSample; };
    const auto widthOf = [&](const LegendItem& item) {
        return std::min(sampleOf(item) + textWidth(m_fonts.tick, item.text), width);
    };
    double all = -between;
    for (const LegendItem& item : items)
        all += widthOf(item) + between;
    const bool below = ended || x + all > right;  // lines of its own, rather than a broken one
    for (std::size_t k = 0; k < items.size(); ++k) {
        const double wide = widthOf(items[k]);
        if ((below && k == 0) || (x + wide > right && x > left)) {
            x = left;
            ++line;
        }
        const QStringList lines = balanced(m_fonts.tick, items[k].text, width - sampleOf(items[k]));
        place.legend.push_back({k, QRectF(x, lineTop(line), wide, m_section), lines});
        line += static_cast<int>(lines.size()) - 1;
        x = lines.size() > 1 ? right + 1.0 : x + wide + between;
    }
    return most(LayoutNeeds::Legend, r, p, lineTop(line + 1) - top);
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
        for (std::size_t h = 0; h < curves->hatched.size(); ++h)
            add(LegendItem::Hatch, h, curves->hatched[h].label);
    } else if (const auto* chart = std::get_if<ChartPanel>(&panel)) {
        for (std::size_t s = 0; s < chart->series.size(); ++s)
            add(LegendItem::Line, s, chart->series[s].label);
        add(LegendItem::Note, 0, chart->key);
        add(LegendItem::Note, 1, chart->note);
    } else if (const auto* bars = std::get_if<BarPanel>(&panel)) {
        for (std::size_t b = 0; b < bars->bars.size(); ++b)
            add(LegendItem::Swatch, b, bars->bars[b].label);
    }
    return items;
}

std::vector<Tick> curveTicks(const CurvePanel& panel, const PanelPlace& place)
{
    const double perUnit = place.plot.height() / (place.upper - place.lower);
    return curveTicks(panel, {place.lower, place.highestTick}, (place.highestTick - place.lower) * perUnit);
}

QString panelHeading(const Figure& figure, std::size_t row, std::size_t p)
{
    const Panel& panel = figure.rows[row].panels[p];
    const auto* map = std::get_if<MapPanel>(&panel);
    const auto number = map && !map->ownTitle ? schemeOf(map->role) : std::nullopt;
    const QString scheme = number ? QString::fromStdString(schemeLetter(*number)) + QStringLiteral("  ") : QString();
    return headingLetter(figure, row, p) + scheme +
           QString::fromStdString(std::visit([](const auto& of) { return of.title; }, panel));
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

namespace {

/// The rows of each column.
std::vector<ColumnOfRows> columnsOf(const Figure& figure)
{
    std::vector<ColumnOfRows> columns(figure.columns.size(), {0, 0, false});
    for (std::size_t r = 0; r < figure.rows.size(); ++r) {
        ColumnOfRows& column = columns.at(figure.rows[r].column);
        column.first = column.count == 0 ? r : column.first;
        ++column.count;
    }
    return columns;
}

void moveBy(FigureGeometry& column, int x, int y)
{
    for (auto& row : column.rows)
        for (PanelPlace& place : row) {
            place.header.translate(x, y);
            place.unit.translate(x, y);
            place.plot.translate(x, y);
            for (LegendPlace& legend : place.legend)
                legend.rect.translate(x, y);
        }
    for (BarPlace& bar : column.bars) {
        bar.label.translate(x, y);
        bar.bar.translate(x, y);
    }
}

struct LaidColumn {
    FigureGeometry geometry;
    double bottom = 0.0;
    std::optional<double> mapSide;
};

/// Title and caption as wide as the page; between them the columns, which begin at one height and whose maps are of one
/// size.
class Columns {
public:
    Columns(const Figure& figure, const Fonts& fonts, const QSize& size, LayoutNeeds* needs)
        : m_figure(figure), m_fonts(fonts), m_size(size), m_needs(needs)
    {
    }

    FigureGeometry run()
    {
        FigureLayout page(m_figure, m_fonts, m_size, {0, 0, true}, m_needs);
        FigureGeometry whole = page.run();
        m_top = static_cast<int>(std::ceil(page.titleHeight()));
        m_height = std::max(1, static_cast<int>(std::floor(m_size.height() - m_top - page.captionHeight())));
        whole.rows.assign(m_figure.rows.size(), {});
        whole.leastWidth = 0.0;
        double left = 0.0, least = 0.0, bottom = 0.0;
        for (auto& [rows, column] : withEqualMaps()) {
            moveBy(column.geometry, static_cast<int>(left), m_top);
            for (std::size_t r = rows.first; r < rows.first + rows.count; ++r)
                whole.rows[r] = std::move(column.geometry.rows[r]);
            whole.bars.insert(whole.bars.end(), column.geometry.bars.begin(), column.geometry.bars.end());
            whole.leastWidth = std::max(whole.leastWidth, column.geometry.leastWidth / share(rows));
            least = std::max(least, column.geometry.leastHeight);
            bottom = std::max(bottom, m_top + column.bottom);
            left += share(rows) * m_size.width();
        }
        whole.leastHeight = least + m_top + page.captionHeight();
        whole.caption.rect.moveTop(bottom + 10.0);
        return whole;
    }

private:
    using Laid = std::vector<std::pair<ColumnOfRows, LaidColumn>>;

    double share(const ColumnOfRows& rows) const { return m_figure.columns.at(m_figure.rows.at(rows.first).column); }
    LaidColumn laid(const ColumnOfRows& rows) const
    {
        const QSize room(std::max(1, static_cast<int>(share(rows) * m_size.width())), m_height);
        FigureLayout layout(m_figure, m_fonts, room, rows, m_needs);
        FigureGeometry geometry = layout.run();
        return {std::move(geometry), layout.bottom(), layout.mapSide()};
    }
    Laid withEqualMaps() const
    {
        Laid all;
        double smallest = std::numeric_limits<double>::infinity();
        for (const ColumnOfRows& rows : columnsOf(m_figure)) {
            all.emplace_back(rows, laid(rows));
            smallest = std::min(smallest, all.back().second.mapSide.value_or(smallest));
        }
        for (auto& [rows, column] : all)
            if (column.mapSide.value_or(smallest) > smallest) {
                rows.mostSide = smallest;
                column = laid(rows);
            }
        return all;
    }

    const Figure& m_figure;
    const Fonts& m_fonts;
    QSize m_size;
    LayoutNeeds* m_needs;
    int m_top = 0, m_height = 1;
};

}  // namespace

FigureGeometry layOut(const Figure& figure, const Fonts& fonts, const QSize& size, LayoutNeeds* needs)
{
    if (figure.columns.size() > 1)
        return Columns(figure, fonts, size, needs).run();
    return FigureLayout(figure, fonts, size, {0, figure.rows.size(), true}, needs).run();
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
