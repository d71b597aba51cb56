// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/stage.h"

#include "core/evaluation/explanation.h"
#include "ui/plot/figure_plot.h"
#include "ui/text/sentence.h"
#include "ui/window/crosshair_steps.h"
#include "ui/window/zoom.h"

#include <QKeyEvent>
#include <QLabel>
#include <QTimer>
#include <QVBoxLayout>

#include <cmath>

namespace posbias::ui {

namespace {

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
    QLabel* sentence = nullptr;
    QLabel* distance = nullptr;
    FigurePlot* plot = nullptr;
    QTimer rebuildTimer, wordsTimer;

    Theme theme;
    FigureKind view = FigureKind::Compare;
    FigureOptions options;
    Zoom zoom;
    bool pinned = false;

    std::shared_ptr<const Result> drawn;
    std::int64_t drawnQuery = -1;
};

Stage::Stage(ExperimentModel* model, QWidget* parent) : QWidget(parent), d(std::make_unique<Private>())
{
    d->model = model;
    d->sentence = new QLabel(tr("Training…"));
    d->sentence->setObjectName(QStringLiteral("sentence"));
    d->distance = new QLabel;
    d->distance->setObjectName(QStringLiteral("distance"));
    d->plot = new FigurePlot;
    for (QLabel* label : {d->sentence, d->distance}) {
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setWordWrap(true);
        label->setTextFormat(label == d->sentence ? Qt::PlainText : Qt::RichText);
    }
    setProperty("surface", "stage");
    setAttribute(Qt::WA_StyledBackground);
    setFocusPolicy(Qt::StrongFocus);

    auto* words = new QVBoxLayout;
    words->setContentsMargins(24, 10, 24, 8);
    words->setSpacing(4);
    words->addWidget(d->sentence);
    words->addWidget(d->distance);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(words);
    column->addWidget(d->plot, 1);

    d->rebuildTimer.setSingleShot(true);
    d->wordsTimer.setSingleShot(true);
    connect(&d->rebuildTimer, &QTimer::timeout, this, &Stage::rebuild);
    connect(&d->wordsTimer, &QTimer::timeout, this, &Stage::updateWords);
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
    connect(d->plot, &FigurePlot::pictureReady, this, &Stage::pictureReady);
}

void Stage::setTheme(const Theme& theme)
{
    d->theme = theme;
    d->plot->setTheme(theme);
    updateWords();
}

void Stage::setTypeSizes(const TypeSizes& sizes)
{
    QFont font = this->font();
    font.setPixelSize(static_cast<int>(std::lround(sizes.base)));
    d->distance->setFont(font);
    font.setPixelSize(static_cast<int>(std::lround(sizes.sentence())));
    font.setWeight(QFont::DemiBold);
    d->sentence->setFont(font);
    // A line of reading length, however wide the window.
    for (QLabel* label : {d->sentence, d->distance})
        label->setMaximumWidth(static_cast<int>(sizes.base * 76.0));
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
    d->wordsTimer.start(0);
    // Only the attention view draws a query's own row.
    if (d->view == FigureKind::Attention && d->model->crosshair().query != d->drawnQuery)
        rebuildLater();
}

void Stage::resultArrived()
{
    const std::shared_ptr<const Result> result = d->model->result();
    if (d->zoom.fitTo(result->experiment.length))
        zoomed();
    if (!d->drawn || !samePicture(*d->drawn, *result))
        rebuildLater();
    d->wordsTimer.start(0);
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
    d->plot->setFigure(makeFigure(lookedAt(*d->drawn, cell), d->view, d->options));
}

void Stage::updateWords()
{
    const std::shared_ptr<const Result> result = d->model->result();
    if (!result)
        return;
    const Result shown = lookedAt(*result, d->model->crosshair());
    d->sentence->setText(sentence(shown, story(shown)));
    d->distance->setText(distanceLine(shown, d->theme.aText, d->theme.bText));
}

void Stage::mousePressEvent(QMouseEvent* event)
{
    setFocus(Qt::MouseFocusReason);
    QWidget::mousePressEvent(event);
}

std::optional<CellPosition> Stage::steppedBy(QKeyEvent* event) const
{
    const Result& result = *d->model->result();
    const CellPosition from = d->model->crosshair();
    const std::int64_t step = event->modifiers() & Qt::ShiftModifier ? 10 : 1;
    const bool toBorder = event->modifiers() & Qt::ControlModifier;
    const auto border = [&](int direction) { return nextBorder(result, from.query - from.key, direction); };
    switch (event->key()) {
    case Qt::Key_Left:
        return toBorder ? atOffset(result, from, border(1)) : moved(result, from, 0, -step);
    case Qt::Key_Right:
        return toBorder ? atOffset(result, from, border(-1)) : moved(result, from, 0, step);
    case Qt::Key_Up:
        return toBorder ? moved(result, from, from.key + border(-1) - from.query, 0) : moved(result, from, -step, 0);
    case Qt::Key_Down:
        return toBorder ? moved(result, from, from.key + border(1) - from.query, 0) : moved(result, from, step, 0);
    default:
        return std::nullopt;
    }
}

void Stage::keyPressEvent(QKeyEvent* event)
{
    if (d->model->result()) {
        if (const std::optional<CellPosition> cell = steppedBy(event)) {
            pinAt(*cell);
            return;
        }
    }
    QWidget::keyPressEvent(event);
}

}  // namespace posbias::ui
