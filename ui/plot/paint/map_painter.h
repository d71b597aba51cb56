// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One map of a figure: picture, hatching, training length, frame, axes and titles; and the colour bars.

#include "ui/plot/paint/plot_context.h"

namespace posbias::ui {

struct MapAt {
    std::size_t row = 0, panel = 0, index = 0;  ///< index: into PlotContext::images
};

/// With its index among the maps of the figure.
MapAt mapAt(const PlotContext& context, std::size_t row, std::size_t panel);
/// A map with everything that is drawn in it but annotations and the crosshair.
LabelRoom mapRoom(const PlotContext& context, const MapAt& at);
/// Where dashed lines stand for the training length.
std::vector<QLineF> trainingLinesOnMap(const PlotContext& context, const QRect& plot);
/// Of the words that a picture made from a sample carries; null where it is none.
QRectF sampledNote(const PlotContext& context, const MapAt& at);

/// `cells`: what the plot shows.
void paintMapImage(QPainter& painter, const CellRect& cells, const QRect& plot, const MapImage& map);
/// Into a file that keeps shapes: as shapes where the map has few values, else as a picture of its cells. `request.pixels`
/// are those of the plot at the file's dpi. Returns what was drawn, without the picture. Throws Cancelled.
MapImage paintFileMap(QPainter& painter, const MapPanel& panel, const MapRequest& request, const QRect& plot,
                      const Progress& progress);
void paintMapPicture(QPainter& painter, const PlotContext& context, const MapAt& at);
void paintMapLines(QPainter& painter, const PlotContext& context, const MapAt& at);
void paintMapWords(QPainter& painter, const PlotContext& context, const MapAt& at);
void paintColourBars(QPainter& painter, const PlotContext& context);

/// The pixels of the device that a rectangle of the plot covers.
QRect deviceRect(const QPainter& painter, const QRect& rect);

/// Ticks outside the sides of a frame.
void paintBottomAxis(QPainter& painter, const PlotContext& context, const PanelPlace& place, const PlotX& x,
                     const std::vector<Tick>& ticks, const QString& title);

}  // namespace posbias::ui
