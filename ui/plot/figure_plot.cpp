// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/figure_plot.h"

#include "ui/plot/figure_canvas.h"
#include "ui/plot/figure_gestures.h"
#include "ui/plot/paint/overview.h"

#include <QEvent>
#include <QTouchEvent>

namespace posbias::ui {
namespace {

GestureWishes wishesOf(FigurePlot* plot, std::unique_ptr<FigureCanvas>& canvas)
{
    GestureWishes wishes;
    wishes.hoverCell = [plot](CellPosition cell) { Q_EMIT plot->cellHovered(cell); };
    wishes.clickCell = [plot](CellPosition cell) { Q_EMIT plot->cellClicked(cell); };
    wishes.hoverOffset = [plot](std::int64_t offset) { Q_EMIT plot->offsetHovered(offset); };
    wishes.clickOffset = [plot](std::int64_t offset) { Q_EMIT plot->offsetClicked(offset); };
    wishes.hoverChart = [&canvas](std::optional<ChartHover> hover) { canvas->setChartHover(hover); };
    wishes.clickChart = [plot](std::size_t row, std::size_t panel, double x) {
        Q_EMIT plot->chartClicked(row, panel, x);
    };
    wishes.dragHandle = [plot](Role role, double x, bool finished) { Q_EMIT plot->handleDragged(role, x, finished); };
    wishes.hoverEnd = [plot] { Q_EMIT plot->hoverEnded(); };
    wishes.show = [plot](std::optional<CellRect> rect, bool continues) {
        Q_EMIT plot->visibleCellsChanged(rect, continues);
    };
    wishes.menu = [plot](std::optional<CellPosition> cell, QPoint at) { Q_EMIT plot->contextRequested(cell, at); };
    wishes.box = [&canvas](std::optional<std::pair<std::size_t, QRect>> box) { canvas->setBox(box); };
    wishes.cursor = [plot](Qt::CursorShape shape) {
        if (plot->cursor().shape() != shape)
            plot->setCursor(shape);
    };
    return wishes;
}

OverviewWishes overviewWishesOf(const GestureWishes& wishes, std::unique_ptr<FigureCanvas>& canvas)
{
    return {wishes.show, [&canvas](bool held) { canvas->setOverviewHeld(held); }, wishes.cursor};
}

PictureListener listenerOf(FigurePlot* plot)
{
    return {[plot] { Q_EMIT plot->pictureReady(); },
            [plot](double fraction) { Q_EMIT plot->pictureProgress(fraction); },
            [plot] { Q_EMIT plot->pictureCancelled(); }};
}

}  // namespace

struct FigurePlot::Private {
    explicit Private(FigurePlot* plot)
        : canvas(std::make_unique<FigureCanvas>(plot, listenerOf(plot))),
          gestures(canvas->context(), wishesOf(plot, canvas)),
          overview(canvas->context(), overviewWishesOf(wishesOf(plot, canvas), canvas))
    {
    }

    /// To the maps beneath, the overview is not theirs: the pointer leaves them.
    bool handle(QEvent* event)
    {
        if (event->type() == QEvent::TouchBegin) {  // a finger on the overview: Qt makes a mouse of it
            const auto rect = overviewRect(canvas->context());
            if (rect && QRectF(*rect).contains(static_cast<QTouchEvent*>(event)->points().first().position()))
                return false;
        }
        if (!overview.handle(event))
            return gestures.handle(event);
        QEvent leave(QEvent::Leave);
        gestures.handle(&leave);
        return true;
    }

    std::unique_ptr<FigureCanvas> canvas;
    FigureGestures gestures;
    OverviewGestures overview;
};

FigurePlot::FigurePlot(QWidget* parent) : QWidget(parent)
{
    d = std::make_unique<Private>(this);
    setMouseTracking(true);
    setAttribute(Qt::WA_AcceptTouchEvents);
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
    setFonts(Fonts(sizes));
}

void FigurePlot::setFonts(const Fonts& fonts)
{
    d->canvas->setFonts(fonts);
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

void FigurePlot::cancelPictures()
{
    d->canvas->cancelPictures();
}

void FigurePlot::retryPictures()
{
    d->canvas->retryPictures();
}

void FigurePlot::paintOver(QCPPainter& painter, const QSize& size, double pixelsPerUnit,
                           const std::vector<MapImage>& maps, LayoutNeeds* needs)
{
    d->canvas->paintOver(painter, size, pixelsPerUnit, maps, needs);
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
    if (d->handle(event)) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

}  // namespace posbias::ui
