// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How layOut (figure_geometry.h) works: what every row needs, how the height is shared, where everything goes.

#include "ui/plot/layout/figure_geometry.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

namespace posbias::ui {

/// Below this height white space gives way before the pictures do.
inline constexpr double roomyHeight = 640.0;

inline bool isMapRow(const FigureRow& row)
{
    return !row.panels.empty() && std::holds_alternative<MapPanel>(row.panels.front());
}
inline const RibbonPanel* ribbonsOf(const FigureRow& row)
{
    return row.panels.empty() ? nullptr : std::get_if<RibbonPanel>(&row.panels.front());
}
inline const CurvePanel* curvesOf(const FigureRow& row)
{
    return row.panels.empty() ? nullptr : std::get_if<CurvePanel>(&row.panels.front());
}

/// Curves, charts and bars: they take what height there is, side by side.
inline bool isPlotRow(const FigureRow& row)
{
    return !row.panels.empty() && !isMapRow(row) && !ribbonsOf(row);
}

/// Heights of a row: fixed above and below the picture, and the picture's own.
struct RowHeights {
    double above = 0.0, picture = 0.0, below = 0.0;
    double weight = 0.0;  ///< of what is left over; 0: the picture is fixed
    double most = 0.0;    ///< by which a ribbon's picture may still grow

    double all() const { return above + picture + below; }
};

/// Rows under each other, and what of the figure's words goes with them.
struct ColumnOfRows {
    std::size_t first = 0, count = 0;
    bool words = true;  ///< title and caption; else they stand over and under all columns, which begin at one height
    double mostSide = 1e9;  ///< of maps: no larger than those in other columns
};

class FigureLayout {
public:
    FigureLayout(const Figure& figure, const Fonts& fonts, const QSize& size, const ColumnOfRows& column,
                 LayoutNeeds* needs)
        : m_figure(figure),
          m_fonts(fonts),
          m_column(column),
          m_needs(needs),
          m_margin(size.height() < roomyHeight ? 8.0 : 12.0),
          m_rowGap(size.height() < roomyHeight ? 8.0 : 14.0),
          m_tick(textHeight(fonts.tick)),
          m_section(textHeight(fonts.section))
    {
        m_geometry.size = size;
        m_geometry.cells = squareCells(figure.visible, figure.length);
        m_top = m_margin;
        m_left = std::ceil(m_margin + leftNeed());
        m_right = std::floor(size.width() - m_margin - rightNeed());
        m_right = std::max(m_right, m_left + 1.0);
        if (column.words)
            measureWords();
        measureMaps();
        m_geometry.leastWidth = leastWidth();
    }

    FigureGeometry run()
    {
        // How many lines a subtitle takes depends on the maps' side, which lines make smaller.
        constexpr int mostPasses = 8;
        double before = 0.0;
        for (int pass = 0; pass < mostPasses && before != m_side; ++pass) {
            before = m_side;
            measureRows();
            shareHeight();
        }
        m_bottom = placeRows();
        placeWords(m_bottom);
        return m_geometry;
    }
    double titleHeight() const { return m_titleHeight; }
    double captionHeight() const { return m_captionHeight; }
    /// Where the rows end.
    double bottom() const { return m_bottom; }
    /// Of its maps, if it has any.
    std::optional<double> mapSide() const
    {
        return std::ranges::any_of(rows(), isMapRow) ? std::optional(m_side) : std::nullopt;
    }

private:
    std::span<const FigureRow> rows() const { return std::span(m_figure.rows).subspan(m_column.first, m_column.count); }
    std::size_t end() const { return m_column.first + m_column.count; }
    double most(LayoutNeeds::Part part, std::size_t row, std::size_t panel, double need) const
    {
        return m_needs ? m_needs->most(part, row, panel, need) : need;
    }
    double leftNeed() const;
    double labelsLeftOf(const Panel& panel) const;
    /// Left and right side of a plot among those beside each other.
    std::pair<double, double> plotSides(const FigureRow& row, std::size_t panel) const;
    double rightNeed() const;
    double axisHeight() const { return tickLength + 1.0 + m_tick + 1.0 + m_tick; }
    /// Where maps end: what colour bars leave of the width, if they stand there.
    double mapsRight(const FigureRow& row) const;
    double barsWidth(const FigureRow& row) const;
    double barsHeight(const FigureRow& row) const;
    /// Below this side of maps the bars beside them have no room for their labels.
    double leastSideForBars(const FigureRow& row) const;
    std::vector<std::size_t> scalesOf(const FigureRow& row) const;
    /// Neighbours that share a scale: first and last.
    std::vector<std::pair<std::size_t, std::size_t>> scaleGroups(const FigureRow& row) const;
    double lyingBarLabel(const ColourScale& scale, std::size_t row, std::size_t panel) const;
    void measureWords();
    void measureMaps();
    double leastWidth() const;
    double leastPlotWidth(const Panel& panel) const;
    /// What maps of this side and distance leave of a row's width.
    double spareWidth(const FigureRow& row, double gap) const;
    double mapGap() const;
    double firstMap() const;
    /// Of a map's title: into the gap behind it, but not off the page.
    double titleWidth(const FigureRow& row, std::size_t panel) const
    {
        const bool last = panel + 1 == row.panels.size() && m_figure.bars != BarPlacement::Right;
        return m_side + (last ? std::min(mapGap() - 10.0, rightNeed()) : mapGap() - 10.0);
    }
    /// One size for every title of a row: smaller where one is too long for its map, within reason.
    QFont mapTitleFont(std::size_t row) const;
    /// Of the titles of a row of maps.
    double mapHeader(std::size_t row) const;
    RowHeights measured(std::size_t row);
    void measureRows();
    void shareHeight();
    /// Returns where they end.
    double placeRows();
    void placeWords(double bottom);
    void placeMaps(std::size_t row, double top);
    void placeBars(std::size_t row);
    void placeStandingBars(const FigureRow& row, const QRect& lastMap);
    void placeLyingBars(std::size_t row);
    void placeRibbons(std::size_t row, double top);
    void placePlots(std::size_t row, double top);
    /// Lines for words over a panel's curves: a second one where those of the training length and of the crosshair do not
    /// stand side by side beyond it, or where data leave little room beneath.
    double linesOfLabels(const Panel& panel, const QRect& plot) const;
    void setRanges(std::size_t row, std::size_t panel, PanelPlace& place) const;
    /// Title, note of a ribbon panel; returns its height.
    double placeRibbonHeading(std::size_t row, PanelPlace& place, double top) const;
    /// Title, unit and legend; returns their height.
    double placeHeading(std::size_t row, std::size_t panel, PanelPlace& place, double left, double right,
                        double top) const;

    const Figure& m_figure;
    const Fonts& m_fonts;
    ColumnOfRows m_column;
    LayoutNeeds* m_needs;
    FigureGeometry m_geometry;
    double m_margin, m_rowGap;
    double m_tick, m_section;
    double m_top = 0.0, m_left = 0.0, m_right = 0.0;
    double m_titleHeight = 0.0, m_captionHeight = 0.0;
    double m_bottom = 0.0;
    double m_sideByWidth = 0.0, m_side = 0.0, m_mapGap = 0.0, m_above = 0.0;
    std::vector<RowHeights> m_heights;  ///< of all rows of the figure; those of other columns are 0
};

}  // namespace posbias::ui
