// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/stage/stage.h"

#include "ui/window/stage/crosshair_steps.h"
#include "ui/window/stage/stage_private.h"

#include <QKeyEvent>
#include <QVBoxLayout>

namespace posbias::ui {

namespace {

constexpr int hoverInterval = 30;  // ms

}  // namespace

Stage::Stage(ExperimentModel* model, StudyModel* studies, QWidget* parent)
    : QWidget(parent), d(std::make_unique<Private>())
{
    d->model = model;
    d->studies = studies;
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
    connect(studies, &StudyModel::studiesChanged, this, [this] {
        rebuildLater();
        d->calmWords->ask();
    });
    connect(model, &ExperimentModel::crosshairChanged, this, &Stage::crosshairMoved);
    connectPlot();
}

Stage::~Stage() = default;

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
    d->studies->setView(view);
    rebuildLater();
    d->calmWords->ask();
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
