// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The QCustomPlot behind a figure: layers, axis rectangles, curves, and when they are drawn anew.

#include "ui/plot/paint/plot_context.h"

#include <QWidget>

#include <functional>
#include <memory>

class QCPPainter;

namespace posbias::ui {

/// What becomes of the maps' pictures.
struct PictureListener {
    std::function<void()> ready;           ///< every map of the newest figure is on the screen
    std::function<void(double)> progress;  ///< fraction of them computed
    std::function<void()> cancelled;
};

class FigureCanvas {
public:
    FigureCanvas(QWidget* parent, PictureListener listener);
    ~FigureCanvas();

    QWidget* widget() const;
    const PlotContext& context() const;

    void setImmediate(bool immediate);
    void setTheme(const Theme& theme);
    void setFonts(const Fonts& fonts);
    void setFigure(const Figure& figure);
    void setVisibleCells(const std::optional<CellRect>& rect);
    void cancelPictures();
    void retryPictures();
    /// These four redraw one layer only.
    void setCrosshair(const std::optional<CellPosition>& crosshair);
    void setBox(const std::optional<std::pair<std::size_t, QRect>>& box);
    void setOverviewHeld(bool held);
    void setChartHover(const std::optional<ChartHover>& hover);
    /// The screen's pixels may have changed.
    void setPixelRatio(double ratio);

    void paintOver(QCPPainter& painter, const QSize& size, double pixelsPerUnit, const std::vector<MapImage>& maps,
                   LayoutNeeds* needs);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace posbias::ui
