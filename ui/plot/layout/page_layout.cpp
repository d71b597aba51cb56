// SPDX-License-Identifier: GPL-3.0-or-later
// What frames the panels of a figure: title, caption, colour bars, room for notes.
#include "ui/plot/layout/figure_layout.h"
#include "ui/plot/layout/value_range.h"

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

constexpr double barThickness = 12.0, besideBar = 18.0;
constexpr int betweenBars = 16, barLabelGap = 5;
constexpr double lyingThickness = 10.0, aboveLyingBar = 7.0, belowLyingBar = 6.0;
constexpr double longestLyingBar = 340.0, shortestLyingBar = 110.0, labelGap = 10.0;

WordsPlace wordsIn(const QFont& font, const std::string& text, double left, double width)
{
    WordsPlace words{wrapped(font, QString::fromStdString(text).simplified(), width), {}};
    words.rect = QRectF(left, 0.0, width, static_cast<double>(words.lines.size()) * textHeight(font));
    return words;
}

bool takesRoom(const FigureNote& note, const Panel& panel)
{
    if (const auto* chart = std::get_if<ChartPanel>(&panel))
        return note.kind == FigureNote::Kind::Length && hasLengthsAlong(*chart);
    if (const auto* curves = std::get_if<CurvePanel>(&panel); curves && curves->axis == AxisKind::Key)
        return note.kind == FigureNote::Kind::Length;
    const bool offsets = std::holds_alternative<RibbonPanel>(panel) || std::holds_alternative<CurvePanel>(panel);
    return offsets && note.kind != FigureNote::Kind::Text;
}

}  // namespace

bool hasLengthsAlong(const ChartPanel& panel)
{
    return panel.x.symbol == "n" || panel.x.symbol == "L";
}

double noteRoom(const Figure& figure, std::size_t row, std::size_t p, const Fonts& fonts)
{
    const std::size_t index = panelIndex(figure, row, p);
    const bool any = std::ranges::any_of(figure.notes, [&](const FigureNote& note) {
        return note.panel.value_or(index) == index && takesRoom(note, figure.rows[row].panels[p]);
    });
    return any ? labelLine(fonts) + 9.0 : 0.0;
}

double aboveRibbons(const Figure& figure, std::size_t row, const Fonts& fonts)
{
    const double notes = noteRoom(figure, row, 0, fonts), line = labelLine(fonts);
    return ribbonHasAxis(figure, row) ? line + std::max(line, notes) : notes;
}

std::vector<Tick> barTicks(const ColourScale& scale, const QRect& bar, const Fonts& fonts)
{
    if (bar.height() >= bar.width())
        return scaleTicks(scale, bar.height(), textHeight(fonts.tick));
    double widest = 0.0;
    for (const Tick& tick : scaleTicks(scale, bar.width(), textHeight(fonts.tick)))
        widest = std::max(widest, labelWidth(fonts.tick, tick));
    return scaleTicks(scale, bar.width(), widest + 4.0);
}

void FigureLayout::measureWords()
{
    const double width = std::max(1.0, m_geometry.size.width() - 2.0 * m_margin);
    m_geometry.title = wordsIn(m_fonts.title, m_figure.title, m_margin, width);
    m_geometry.caption = wordsIn(m_fonts.tick, m_figure.caption, m_margin, width);
    m_titleHeight =
        most(LayoutNeeds::Title, 0, 0, m_geometry.title.lines.empty() ? 0.0 : m_geometry.title.rect.height() + 8.0);
    m_captionHeight = most(LayoutNeeds::Caption, 0, 0,
                           m_geometry.caption.lines.empty() ? 0.0 : m_geometry.caption.rect.height() + 10.0);
}

void FigureLayout::placeWords(double bottom)
{
    m_geometry.title.rect.moveTop(m_top + m_above);
    m_geometry.caption.rect.moveTop(bottom + 10.0);
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

std::vector<std::pair<std::size_t, std::size_t>> FigureLayout::scaleGroups(const FigureRow& row) const
{
    std::vector<std::pair<std::size_t, std::size_t>> groups;
    for (std::size_t p = 0; p < row.panels.size(); ++p) {
        const auto* map = std::get_if<MapPanel>(&row.panels[p]);
        if (!map || map->scale >= m_figure.scales.size())
            continue;
        const bool same = !groups.empty() && groups.back().second + 1 == p &&
                          std::get<MapPanel>(row.panels[groups.back().first]).scale == map->scale;
        if (same)
            groups.back().second = p;
        else
            groups.emplace_back(p, p);
    }
    return groups;
}

double FigureLayout::barsWidth(const FigureRow& row) const
{
    if (m_figure.bars != BarPlacement::Right)
        return 0.0;
    double width = 0.0;
    for (std::size_t s : scalesOf(row)) {
        const ColourScale& scale = m_figure.scales[s];
        width = std::max(width, textWidth(m_fonts.tick, QString::fromStdString(scale.label)));
        for (const Tick& tick : scaleTicks(scale, 100.0, m_tick))
            width = std::max(width, barThickness + 6.0 + labelWidth(m_fonts.tick, tick));
    }
    if (width > 0.0)
        width = most(LayoutNeeds::BarsWidth, static_cast<std::size_t>(&row - m_figure.rows.data()), 0, width);
    return width > 0.0 ? width + besideBar : 0.0;
}

double FigureLayout::leastSideForBars(const FigureRow& row) const
{
    constexpr double leastBar = 2.6;  // lines of tick labels: two, and between them
    const double count = static_cast<double>(scalesOf(row).size());
    if (m_figure.bars != BarPlacement::Right || count == 0.0)
        return 0.0;
    return count * (m_tick + barLabelGap + leastBar * m_tick) + (count - 1.0) * betweenBars;
}

double FigureLayout::barsHeight(const FigureRow& row) const
{
    const bool any = m_figure.bars == BarPlacement::Below && !scalesOf(row).empty();
    return any ? aboveLyingBar + m_tick + 2.0 + lyingThickness + belowLyingBar + m_tick : 0.0;
}

void FigureLayout::placeBars(std::size_t r)
{
    if (m_figure.bars == BarPlacement::Right)
        placeStandingBars(m_figure.rows[r], m_geometry.rows[r].back().plot);
    else if (m_figure.bars == BarPlacement::Below)
        placeLyingBars(r);
}

void FigureLayout::placeStandingBars(const FigureRow& row, const QRect& lastMap)
{
    const std::vector<std::size_t> scales = scalesOf(row);
    const int count = static_cast<int>(scales.size());
    const int left = lastMap.x() + lastMap.width() + static_cast<int>(besideBar);
    for (int s = 0; s < count; ++s) {
        const int top = lastMap.y() + s * (lastMap.height() + betweenBars) / count;
        const int bottom = lastMap.y() + (s + 1) * (lastMap.height() + betweenBars) / count - betweenBars;
        const int label = static_cast<int>(m_tick) + barLabelGap;
        BarPlace place;
        place.scale = scales[static_cast<std::size_t>(s)];
        place.label = QRectF(left, top - 4.0, 100.0, m_tick);
        place.bar = QRect(left, top + label, static_cast<int>(barThickness), std::max(4, bottom - top - label));
        m_geometry.bars.push_back(place);
    }
}

/// What the labels of a lying bar's ends reach past it.
double FigureLayout::lyingBarLabel(const ColourScale& scale, std::size_t row, std::size_t panel) const
{
    const std::vector<Tick> ticks = scaleTicks(scale, shortestLyingBar, m_tick);
    const double widest = std::max(labelWidth(m_fonts.tick, ticks.front()), labelWidth(m_fonts.tick, ticks.back()));
    return most(LayoutNeeds::BarEnds, row, panel, std::ceil(widest / 2.0));
}

/// Each beneath the maps that it belongs to; its label before it, or over it where there is no room.
void FigureLayout::placeLyingBars(std::size_t r)
{
    const FigureRow& row = m_figure.rows[r];
    for (const auto& [first, last] : scaleGroups(row)) {
        BarPlace place;
        place.scale = std::get<MapPanel>(row.panels[first]).scale;
        const ColourScale& scale = m_figure.scales[place.scale];
        const QRect from = m_geometry.rows[r][first].plot, to = m_geometry.rows[r][last].plot;
        const double left = from.x(), width = to.x() + to.width() - left, ends = lyingBarLabel(scale, r, first);
        const double label = textWidth(m_fonts.tick, QString::fromStdString(scale.label));
        const bool before = width - label - labelGap - 2.0 * ends >= shortestLyingBar;
        const double taken = before ? label + labelGap : 0.0;
        const double length = std::clamp(width - taken - 2.0 * ends, 8.0, longestLyingBar);
        const double start = left + std::floor(std::max(0.0, (width - taken - 2.0 * ends - length) / 2.0));
        const double line = from.y() + from.height() + axisHeight() + aboveLyingBar;
        const double top = line + m_tick + 2.0;
        place.bar = QRect(static_cast<int>(start + taken + ends), static_cast<int>(top), static_cast<int>(length),
                          static_cast<int>(lyingThickness));
        place.label = before ? QRectF(start, top + (lyingThickness - m_tick) / 2.0, label, m_tick)
                             : QRectF(left, line, width, m_tick);
        m_geometry.bars.push_back(place);
    }
}

}  // namespace posbias::ui
