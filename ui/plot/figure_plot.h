// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The one painter of figures: lays a Figure out in a QCustomPlot, for the stage and for files alike.

#include "core/figure/figure.h"
#include "ui/plot/ink/theme.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QCPPainter;

namespace posbias::ui {

struct MapImage;
struct Fonts;
class LayoutNeeds;

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
    void setFonts(const Fonts& fonts);
    void setFigure(const Figure& figure);
    const Figure& figure() const;
    /// Moves crosshair, diagonals and offset line only; cheap.
    void setCrosshair(std::optional<CellPosition> crosshair);
    /// Visible range of the maps; nothing: the whole sequence.
    void setVisibleCells(std::optional<CellRect> rect);
    /// Stops computing maps; the last picture stays, until something new is wanted or retryPictures().
    void cancelPictures();
    void retryPictures();

    /// Paints what a screen of this size would show, except for the maps' pictures, which the painter's device has
    /// already (figure_rendering.h). Text stays text on vector devices; curves are as fine as `pixelsPerUnit`.
    /// `needs`: what the layout has to leave room for.
    void paintOver(QCPPainter& painter, const QSize& size, double pixelsPerUnit, const std::vector<MapImage>& maps,
                   LayoutNeeds* needs);
    /// Where a panel's data lies in the widget, as it was drawn last; null before.
    QRect panelRect(std::size_t row, std::size_t panel) const;

Q_SIGNALS:
    void cellHovered(posbias::CellPosition cell);
    void offsetHovered(qint64 offset);  ///< over ribbons or profile
    void hoverEnded();
    void cellClicked(posbias::CellPosition cell);
    void offsetClicked(qint64 offset);
    /// Wheel, pinch, drag, box, double click; `continues`: a step of the gesture that the last one belonged to.
    void visibleCellsChanged(std::optional<posbias::CellRect> rect, bool continues = false);
    /// A grip is dragged to x, in the axis's values; `finished`: let go.
    void handleDragged(posbias::Role role, double x, bool finished);
    /// x in the axis's values.
    void chartClicked(std::size_t row, std::size_t panel, double x);
    void contextRequested(std::optional<posbias::CellPosition> cell, const QPoint& globalPosition);
    void pictureReady();                    ///< every map of the newest figure is on the screen
    void pictureProgress(double fraction);  ///< of the maps being computed, a few times a second
    void pictureCancelled();

protected:
    bool event(QEvent* event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace posbias::ui
