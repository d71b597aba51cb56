// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The QCustomPlot behind a figure: layers, axis rectangles, curves, and when they are drawn anew.

#include "ui/plot/plot_context.h"

#include <QWidget>

#include <functional>
#include <memory>

namespace posbias::ui {

class FigureCanvas {
public:
    /// `ready`: every map of the newest figure is on the screen.
    FigureCanvas(QWidget* parent, std::function<void()> ready);
    ~FigureCanvas();

    QWidget* widget() const;
    const PlotContext& context() const;

    void setImmediate(bool immediate);
    void setTheme(const Theme& theme);
    void setTypeSizes(const TypeSizes& sizes);
    void setFigure(const Figure& figure);
    void setVisibleCells(const std::optional<CellRect>& rect);
    /// These two redraw one layer only.
    void setCrosshair(const std::optional<CellPosition>& crosshair);
    void setBox(const std::optional<std::pair<std::size_t, QRect>>& box);
    /// The screen's pixels may have changed.
    void setPixelRatio(double ratio);

    void paintTo(QPaintDevice& device, const QSize& size, double pixelsPerUnit, const QTransform& transform);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace posbias::ui
