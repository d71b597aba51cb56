// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What every painter of a part of a figure needs to know.

#include "ui/plot/layout/figure_geometry.h"
#include "ui/plot/paint/label_room.h"
#include "ui/plot/paint/map_images.h"

#include <QPainter>

#include <cmath>
#include <optional>
#include <vector>

namespace posbias::ui {

/// The pointer on a chart.
struct ChartHover {
    std::size_t row = 0, panel = 0;
    QPointF at;
    bool operator==(const ChartHover&) const = default;
};

/// The words within a panel that do not move with the crosshair.
struct PanelLabels {
    std::vector<PlacedLabel> words;  ///< drawn with the panel
    std::vector<PlacedLabel> notes;  ///< annotations': drawn over it
};

struct PlotContext {
    Figure figure;
    std::optional<std::int64_t> rowQuery;  ///< whose attention a panel over keys shows
    Theme theme = ui::theme(ThemeName::Light);
    Fonts fonts;
    FigureGeometry geometry;
    std::vector<std::vector<PanelLabels>> labels;      ///< of placeLabels(): as `geometry.rows`
    std::vector<MapImage> images;                      ///< on the screen; row by row, panel by panel
    std::vector<MapImage> overview;                    ///< small, of the whole sequence; as `images`
    bool overviewHeld = false;                         ///< the pointer is on the overview
    std::optional<std::pair<std::size_t, QRect>> box;  ///< a box being drawn: row, rectangle
    std::optional<ChartHover> chartHover;
    /// Set while painting into a file, which has so many pixels per unit and the maps' pictures already.
    std::optional<double> pixelsPerUnit;
    bool vectorDevice = false;

    const PanelPlace& place(std::size_t row, std::size_t panel) const { return geometry.rows[row][panel]; }
    /// Empty where none were placed.
    const PanelLabels& labelsOf(std::size_t row, std::size_t panel) const
    {
        static const PanelLabels none;
        return row < labels.size() && panel < labels[row].size() ? labels[row][panel] : none;
    }
    template <typename P>
    const P& panel(std::size_t row, std::size_t p) const
    {
        return std::get<P>(figure.rows[row].panels[p]);
    }
};

/// Cells to pixels of one map.
class MapScale {
public:
    MapScale(const CellRect& cells, const QRect& plot)
        : m_cells(cells), m_plot(plot), m_pixels(plot.width() / (cells.lastKey - cells.firstKey))
    {
    }

    double pixelsPerCell() const { return m_pixels; }
    double x(double key) const { return m_plot.x() + (key - m_cells.firstKey) * m_pixels; }
    double y(double query) const { return m_plot.y() + (query - m_cells.firstQuery) * m_pixels; }
    QPointF point(double query, double key) const { return {x(key), y(query)}; }
    double keyAt(double px) const { return m_cells.firstKey + (px - m_plot.x()) / m_pixels; }
    double queryAt(double py) const { return m_cells.firstQuery + (py - m_plot.y()) / m_pixels; }

private:
    CellRect m_cells;
    QRect m_plot;
    double m_pixels;
};

/// Axis coordinates to pixels along a plot's width.
class PlotX {
public:
    PlotX(const PanelPlace& place, double lower, double upper)
        : m_left(place.plot.x()), m_lower(lower), m_perUnit(place.plot.width() / (upper - lower))
    {
    }

    double operator()(double at) const { return m_left + (at - m_lower) * m_perUnit; }
    double at(double px) const { return m_lower + (px - m_left) / m_perUnit; }
    double perUnit() const { return m_perUnit; }

private:
    double m_left, m_lower, m_perUnit;
};
inline PlotX offsetX(const PlotContext& context, const PanelPlace& place)
{
    const OffsetScale scale(context.figure.offsetAxis);
    return {place, scale.lower(), scale.upper()};
}
/// The x axis of a curve panel.
inline PlotX curveX(const PlotContext& context, const CurvePanel& panel, const PanelPlace& place)
{
    return panel.axis == AxisKind::Offset ? offsetX(context, place)
                                          : PlotX(place, 0.0, static_cast<double>(context.figure.length));
}

/// A line 1 unit wide that fills whole pixels when drawn at this coordinate.
inline double crisp(double coordinate)
{
    return std::floor(coordinate) + 0.5;
}

}  // namespace posbias::ui
