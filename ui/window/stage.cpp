// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/stage.h"

#include "core/evaluation/explanation.h"
#include "ui/plot/figure_plot.h"
#include "ui/text/sentence.h"
#include "ui/window/calm_update.h"
#include "ui/window/crosshair_steps.h"
#include "ui/window/stage_words.h"
#include "ui/window/zoom.h"

#include <QKeyEvent>
#include <QTimer>
#include <QVBoxLayout>

namespace posbias::ui {

namespace {

constexpr int hoverInterval = 30;  // ms

/// The result as if the experiment's crosshair were here: words and rows are about the cell that is looked at.
Result lookedAt(const Result& result, CellPosition cell)
{
    Result copy = result;
    copy.experiment.view = {cell.query, cell.query - cell.key};
    return copy;
}

bool samePicture(const Result& a, const Result& b)
{
    Experiment sameView = a.experiment;
    sameView.view = b.experiment.view;
    sameView.title = b.experiment.title;
    return sameView == b.experiment && a.biasDifference == b.biasDifference;
}

}  // namespace

struct Stage::Private {
    ExperimentModel* model = nullptr;
    StageWords* words = nullptr;
    FigurePlot* plot = nullptr;
    QTimer rebuildTimer;
    std::unique_ptr<CalmUpdate> calmWords, calmRebuild;  ///< for the pointer

    Theme theme;
    FigureKind view = FigureKind::Compare;
    FigureOptions options;
    Zoom zoom;
    bool pinned = false;

    std::shared_ptr<const Result> drawn;
    std::int64_t drawnQuery = -1;
    std::optional<FigureKind> askedView, drawnView;
    PictureState picture = PictureState::Ready;
};

Stage::Stage(ExperimentModel* model, QWidget* parent) : QWidget(parent), d(std::make_unique<Private>())
{
    d->model = model;
    d->words = new StageWords;
    d->words->setWords(tr("Training…"), {});
    d->plot = new FigurePlot;
    setProperty("surface", "stage");
    setAttribute(Qt::WA_StyledBackground);
    setFocusPolicy(Qt::StrongFocus);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(d->words);
    column->addWidget(d->plot, 1);

    d->rebuildTimer.setSingleShot(true);
    connect(&d->rebuildTimer, &QTimer::timeout, this, &Stage::rebuild);
    d->calmWords = std::make_unique<CalmUpdate>([this] { updateWords(); }, hoverInterval);
    d->calmRebuild = std::make_unique<CalmUpdate>([this] { rebuild(); }, hoverInterval);
    connect(model, &ExperimentModel::resultChanged, this, &Stage::resultArrived);
    connect(model, &ExperimentModel::crosshairChanged, this, &Stage::crosshairMoved);
    connectPlot();
}

Stage::~Stage() = default;

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
            [this](const std::optional<CellRect>& rect) {
                d->zoom.follow(rect);
                zoomed();
            });
    connect(d->plot, &FigurePlot::contextRequested, this, &Stage::menuRequested);
    connect(d->plot, &FigurePlot::pictureReady, this, [this] {
        d->drawnView = d->askedView;
        setPicture(PictureState::Ready);
    });
}

void Stage::setTheme(const Theme& theme)
{
    d->theme = theme;
    d->plot->setTheme(theme);
    updateWords();
}

void Stage::setTypeSizes(const TypeSizes& sizes)
{
    d->words->setTypeSizes(sizes);
    d->plot->setTypeSizes(sizes);
}

FigureKind Stage::view() const
{
    return d->view;
}

void Stage::setView(FigureKind view)
{
    if (view == d->view)
        return;
    d->view = view;
    rebuildLater();
    Q_EMIT optionsChanged();
}

void Stage::setLogarithmicOffsets(bool logarithmic)
{
    if (logarithmic == d->options.logarithmicOffsets)
        return;
    d->options.logarithmicOffsets = logarithmic;
    rebuildLater();
    Q_EMIT optionsChanged();
}

void Stage::setRawBias(bool raw)
{
    if (raw == d->options.rawBias)
        return;
    d->options.rawBias = raw;
    rebuildLater();
    Q_EMIT optionsChanged();
}

FigureOptions Stage::options() const
{
    return d->options;
}

void Stage::zoomed()
{
    if (d->options.visible == d->zoom.range())
        return;
    d->options.visible = d->zoom.range();
    d->plot->setVisibleCells(d->options.visible);
    Q_EMIT optionsChanged();
}

void Stage::zoomBy(double factor)
{
    if (!d->model->result())
        return;
    d->zoom.set(d->zoom.scaled(factor, d->model->crosshair(), d->model->result()->experiment.length));
    zoomed();
}

void Stage::zoomReset()
{
    d->zoom.set(std::nullopt);
    zoomed();
}

void Stage::zoomBack()
{
    d->zoom.back();
    zoomed();
}

bool Stage::canZoomBack() const
{
    return d->zoom.canGoBack();
}

bool Stage::pinned() const
{
    return d->pinned;
}

void Stage::release()
{
    if (!d->pinned)
        return;
    d->pinned = false;
    Q_EMIT pinnedChanged();
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

void Stage::crosshairMoved()
{
    d->plot->setCrosshair(d->model->crosshair());
    d->calmWords->ask();
    // Only the attention view draws a query's own row.
    if (d->view == FigureKind::Attention && d->model->crosshair().query != d->drawnQuery)
        d->calmRebuild->ask();
}

void Stage::resultArrived()
{
    const std::shared_ptr<const Result> result = d->model->result();
    if (d->zoom.fitTo(result->experiment.length))
        zoomed();
    if (!d->drawn || !samePicture(*d->drawn, *result))
        rebuildLater();
    d->calmWords->ask();
}

void Stage::rebuildLater()
{
    d->rebuildTimer.start(0);
}

void Stage::rebuild()
{
    d->drawn = d->model->result();
    if (!d->drawn)
        return;
    const CellPosition cell = d->model->crosshair();
    d->drawnQuery = cell.query;
    d->askedView = d->view;
    setPicture(d->drawnView == d->askedView ? PictureState::Older : PictureState::First);
    d->plot->setFigure(makeFigure(lookedAt(*d->drawn, cell), d->view, d->options));
}

PictureState Stage::picture() const
{
    return d->picture;
}

void Stage::setPicture(PictureState state)
{
    if (state == d->picture)
        return;
    d->picture = state;
    Q_EMIT pictureChanged();
}

void Stage::updateWords()
{
    const std::shared_ptr<const Result> result = d->model->result();
    if (!result)
        return;
    const Result shown = lookedAt(*result, d->model->crosshair());
    d->words->setWords(sentence(shown, story(shown)), distanceLine(shown, d->theme.aText, d->theme.bText));
}

void Stage::mousePressEvent(QMouseEvent* event)
{
    setFocus(Qt::MouseFocusReason);
    QWidget::mousePressEvent(event);
}

void Stage::keyPressEvent(QKeyEvent* event)
{
    if (d->model->result()) {
        const std::optional<CellPosition> cell =
            steppedBy(*d->model->result(), d->model->crosshair(), event->key(), event->modifiers());
        if (cell) {
            pinAt(*cell);
            return;
        }
    }
    QWidget::keyPressEvent(event);
}

}  // namespace posbias::ui
