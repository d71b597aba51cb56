// SPDX-License-Identifier: GPL-3.0-or-later
// What a hand does to the picture.
#include "ui/window/stage/chart_gestures.h"
#include "ui/window/stage/crosshair_steps.h"
#include "ui/window/stage/stage_private.h"

namespace posbias::ui {

void Stage::connectPlot()
{
    connect(d->plot, &FigurePlot::cellHovered, this, [this](CellPosition cell) { hoverCell(cell); });
    connect(d->plot, &FigurePlot::hoverEnded, this, [this] { hoverCell(std::nullopt); });
    connect(d->plot, &FigurePlot::offsetHovered, this, [this](qint64 offset) {
        if (d->model->result())
            hoverCell(atOffset(*d->model->result(), d->model->crosshair(), offset));
    });
    connect(d->plot, &FigurePlot::cellClicked, this, &Stage::click);
    connect(d->plot, &FigurePlot::offsetClicked, this, [this](qint64 offset) {
        if (d->model->result())
            click(atOffset(*d->model->result(), d->model->crosshair(), offset));
    });
    connect(d->plot, &FigurePlot::visibleCellsChanged, this,
            [this](const std::optional<CellRect>& rect, bool continues) {
                changeZoom([&](Zoom& zoom) { zoom.follow(rect, continues); });
            });
    connect(d->plot, &FigurePlot::handleDragged, this, [this](Role role, double x, bool finished) {
        dragLevel(role, x, *d->model, *d->studies);
        if (finished)
            d->model->endGesture();
    });
    connect(d->plot, &FigurePlot::chartClicked, this, &Stage::clickChart);
    connect(d->plot, &FigurePlot::contextRequested, this, &Stage::menuRequested);
    connect(d->plot, &FigurePlot::pictureReady, this, [this] {
        d->drawnView = d->askedView;
        setPicture(PictureState::Ready);
    });
    connect(d->plot, &FigurePlot::pictureCancelled, this, [this] { setPicture(PictureState::Stopped); });
    connect(d->plot, &FigurePlot::pictureProgress, this, [this](double fraction) {
        // A zoom or a new size wants maps as well.
        setPicture(hasPicture() ? PictureState::Older : PictureState::First);
        Q_EMIT pictureProgressed(fraction);
    });
}

void Stage::hoverCell(std::optional<CellPosition> cell)
{
    if (!d->pinned)
        d->model->hover(cell);
}

void Stage::click(CellPosition cell)
{
    if (d->pinned && cell == d->model->crosshair())
        release();
    else
        pinAt(cell);
}

void Stage::pinAt(CellPosition cell)
{
    d->model->pin(cell);
    if (d->pinned)
        return;
    d->pinned = true;
    Q_EMIT pinnedChanged();
}

/// A chart with a line at what the other views show is a way to choose that.
void Stage::clickChart(std::size_t row, std::size_t panel, double x)
{
    const QString problem = chooseInChart(d->view, d->plot->figure(), row, panel, x, *d->model, *d->studies);
    if (!problem.isEmpty())
        Q_EMIT refused(problem);
}

}  // namespace posbias::ui
