// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The one painter of figures: lays a Figure out in a QCustomPlot, for the stage and for files alike.

#include "core/figure/figure.h"
#include "ui/plot/theme.h"

#include <QTransform>
#include <QWidget>

#include <memory>
#include <optional>

namespace posbias::ui {

/// Shows a figure and reports what a hand does to it. It changes nothing by itself: the owner answers the signals
/// with setCrosshair, setVisible or a new figure.
class FigurePlot : public QWidget {
    Q_OBJECT
public:
    explicit FigurePlot(QWidget* parent = nullptr);
    ~FigurePlot() override;

    /// Immediate: maps are computed in the call (files). Otherwise off the GUI thread; until they arrive
    /// the last picture stays, scaled (screen; the default).
    void setImmediate(bool immediate);
    void setTheme(const Theme& theme);
    void setTypeSizes(const TypeSizes& sizes);
    void setFigure(const Figure& figure);
    const Figure& figure() const;
    /// Moves crosshair, diagonals and offset line only; cheap.
    void setCrosshair(std::optional<CellPosition> crosshair);
    /// Visible range of the maps; nothing: the whole sequence.
    void setVisibleCells(std::optional<CellRect> rect);

    /// Paints what a screen of this size would show: into any paint device, vector ones stay vector (maps are lossless
    /// images, text stays text). `toDevice` takes logical units to the device's; curves are as fine as `pixelsPerUnit`,
    /// and so are maps in vector devices (elsewhere they have the device's own pixels).
    void paintTo(QPaintDevice& device, const QSize& size, double pixelsPerUnit, const QTransform& toDevice = {});
    /// Where a panel's data lies in the widget, as it was drawn last; null before.
    QRect panelRect(std::size_t row, std::size_t panel) const;

Q_SIGNALS:
    void cellHovered(posbias::CellPosition cell);
    void offsetHovered(qint64 offset);           ///< over ribbons or profile
    void hoverEnded();
    void cellClicked(posbias::CellPosition cell);
    void offsetClicked(qint64 offset);
    void visibleCellsChanged(std::optional<posbias::CellRect> rect);  ///< wheel, drag, box, double click
    void contextRequested(std::optional<posbias::CellPosition> cell, const QPoint& globalPosition);
    void pictureReady();                         ///< every map of the newest figure is on the screen

protected:
    bool event(QEvent* event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace posbias::ui
