// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/stage.h"

#include "core/evaluation/explanation.h"
#include "ui/plot/figure_plot.h"
#include "ui/text/sentence.h"
#include "ui/window/calm_update.h"
#include "ui/window/crosshair_steps.h"
#include "ui/window/inquiry.h"
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
    Inquiry wordsInquiry, figureInquiry;

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
            [this](const std::optional<CellRect>& rect, bool continues) {
                changeZoom([&](Zoom& zoom) { zoom.follow(rect, continues); });
            });
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

const Zoom& Stage::zoom() const
{
    return d->zoom;
}

void Stage::changeZoom(const std::function<void(Zoom&)>& change)
{
    change(d->zoom);
    if (d->options.visible == d->zoom.range())
        return;
    d->options.visible = d->zoom.range();
    d->plot->setVisibleCells(d->options.visible);
    Q_EMIT optionsChanged();
}

void Stage::zoomReset()
{
    changeZoom([](Zoom& zoom) { zoom.set(std::nullopt); });
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
    changeZoom([&](Zoom& zoom) { zoom.fitTo(result->experiment.length); });
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
    d->figureInquiry.ask(
        [this, result = d->drawn, cell, view = d->view, options = d->options] {
            return [this, view, figure = makeFigure(lookedAt(*result, cell), view, options)] { showFigure(figure, view); };
        },
        d->view == FigureKind::Attention && d->drawn->schemes[0].attention->rowsAreCostly());
}

void Stage::showFigure(Figure figure, FigureKind view)
{
    d->askedView = view;
    if (d->picture != PictureState::Stopped)  // the maps may be those that nobody wanted to wait for
        setPicture(hasPicture() ? PictureState::Older : PictureState::First);
    figure.visible = d->options.visible;
    figure.crosshair = d->model->crosshair();
    d->plot->setFigure(figure);
}

PictureState Stage::picture() const
{
    return d->picture;
}

bool Stage::hasPicture() const
{
    return d->drawnView == d->askedView;
}

void Stage::cancelPicture()
{
    d->plot->cancelPictures();
}

void Stage::retryPicture()
{
    setPicture(hasPicture() ? PictureState::Older : PictureState::First);
    d->plot->retryPictures();
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
    d->wordsInquiry.ask(
        [words = d->words, result, cell = d->model->crosshair(), a = d->theme.aText, b = d->theme.bText] {
            const Result shown = lookedAt(*result, cell);
            return [words, text = sentence(shown, story(shown)), distance = distanceLine(shown, a, b)] {
                words->setWords(text, distance);
            };
        },
        result->schemes[0].attention->rowsAreCostly());
}

void Stage::mousePressEvent(QMouseEvent* event)
{
    setFocus(Qt::MouseFocusReason);
    if (event->button() == Qt::BackButton)
        changeZoom([](Zoom& zoom) { zoom.back(); });
    else if (event->button() == Qt::ForwardButton)
        changeZoom([](Zoom& zoom) { zoom.forward(); });
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
