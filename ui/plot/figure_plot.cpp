// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/figure_plot.h"

#include "ui/plot/figure_canvas.h"
#include "ui/plot/figure_gestures.h"

#include <QEvent>
#include <QPaintDevice>

namespace posbias::ui {
namespace {

GestureWishes wishesOf(FigurePlot* plot, std::unique_ptr<FigureCanvas>& canvas)
{
    GestureWishes wishes;
    wishes.hoverCell = [plot](CellPosition cell) { Q_EMIT plot->cellHovered(cell); };
    wishes.clickCell = [plot](CellPosition cell) { Q_EMIT plot->cellClicked(cell); };
    wishes.hoverOffset = [plot](std::int64_t offset) { Q_EMIT plot->offsetHovered(offset); };
    wishes.clickOffset = [plot](std::int64_t offset) { Q_EMIT plot->offsetClicked(offset); };
    wishes.hoverEnd = [plot] { Q_EMIT plot->hoverEnded(); };
    wishes.show = [plot](std::optional<CellRect> rect) { Q_EMIT plot->visibleCellsChanged(rect); };
    wishes.menu = [plot](std::optional<CellPosition> cell, QPoint at) { Q_EMIT plot->contextRequested(cell, at); };
    wishes.box = [&canvas](std::optional<std::pair<std::size_t, QRect>> box) { canvas->setBox(box); };
    wishes.cursor = [plot](Qt::CursorShape shape) {
        if (plot->cursor().shape() != shape)
            plot->setCursor(shape);
    };
    return wishes;
}

}  // namespace

struct FigurePlot::Private {
    explicit Private(FigurePlot* plot)
        : canvas(std::make_unique<FigureCanvas>(plot, [plot] { Q_EMIT plot->pictureReady(); })),
          gestures(canvas->context(), wishesOf(plot, canvas))
    {}

    std::unique_ptr<FigureCanvas> canvas;
    FigureGestures gestures;
};

FigurePlot::FigurePlot(QWidget* parent) : QWidget(parent)
{
    d = std::make_unique<Private>(this);
    setMouseTracking(true);
    setMinimumSize(320, 240);
}

FigurePlot::~FigurePlot() = default;

void FigurePlot::setImmediate(bool immediate)
{
    d->canvas->setImmediate(immediate);
}

void FigurePlot::setTheme(const Theme& theme)
{
    d->canvas->setTheme(theme);
}

void FigurePlot::setTypeSizes(const TypeSizes& sizes)
{
    d->canvas->setTypeSizes(sizes);
}

void FigurePlot::setFigure(const Figure& figure)
{
    d->canvas->setFigure(figure);
}

const Figure& FigurePlot::figure() const
{
    return d->canvas->context().figure;
}

void FigurePlot::setCrosshair(std::optional<CellPosition> crosshair)
{
    d->canvas->setCrosshair(crosshair);
}

void FigurePlot::setVisibleCells(std::optional<CellRect> rect)
{
    d->canvas->setVisibleCells(rect);
}

void FigurePlot::paintTo(QPaintDevice& device, const QSize& size, double pixelsPerUnit, const QTransform& toDevice)
{
    d->canvas->paintTo(device, size, pixelsPerUnit, toDevice);
}

QRect FigurePlot::panelRect(std::size_t row, std::size_t panel) const
{
    const auto& rows = d->canvas->context().geometry.rows;
    return row < rows.size() && panel < rows[row].size() ? rows[row][panel].plot : QRect();
}

bool FigurePlot::event(QEvent* event)
{
    if (!d)  // QCustomPlot tells its parent of itself while it is being made
        return QWidget::event(event);
    if (event->type() == QEvent::Resize)
        d->canvas->widget()->setGeometry(rect());
    if (event->type() == QEvent::Resize || event->type() == QEvent::Show ||
        event->type() == QEvent::ScreenChangeInternal)
        d->canvas->setPixelRatio(devicePixelRatioF());
    if (d->gestures.handle(event)) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

}  // namespace posbias::ui
