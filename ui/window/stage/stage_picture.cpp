// SPDX-License-Identifier: GPL-3.0-or-later
// The stage's picture and words: what they are made of, and when.
#include "core/evaluation/explanation.h"
#include "ui/text/sentence.h"
#include "ui/text/study_words.h"
#include "ui/window/stage/stage_private.h"

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
    return sameView == b.experiment && a.step == b.step && a.biasDifference == b.biasDifference;
}

}  // namespace

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

/// While a study is under way for a view that is on the screen, the picture stays that of the last one that is known.
std::shared_ptr<const Result> Stage::resultToDraw() const
{
    const std::shared_ptr<const Result> result = d->model->result();
    if (!needsStudy(d->view) || d->studies->current(d->view) || d->askedView != d->view)
        return result;
    const std::shared_ptr<const Result> older = d->studies->newest(d->view).of;
    return older ? older : result;
}

void Stage::rebuild()
{
    d->drawn = resultToDraw();
    if (!d->drawn)
        return;
    const CellPosition cell = d->model->crosshair();
    d->drawnQuery = cell.query;
    const StudyModel::Known known = d->studies->newest(d->view);
    const bool ofDrawn = known.of == d->drawn || d->studies->current(d->view);
    const bool slow = takesLong(*d->drawn);
    if (slow && d->picture == PictureState::Ready)
        setPicture(d->drawnView == d->view ? PictureState::Older : PictureState::First);
    d->figureInquiry.ask(
        [this, result = d->drawn, cell, view = d->view, options = d->options,
         studies = ofDrawn ? known.studies : Studies()]() -> Inquiry::Answer {
            try {
                return [this, view, figure = makeFigure(lookedAt(*result, cell), view, options, studies)] {
                    showFigure(figure, view);
                };
            } catch (const std::bad_alloc&) {
                return [this] { setPicture(PictureState::Stopped); };
            }
        },
        slow);
}

void Stage::showFigure(Figure figure, FigureKind view)
{
    d->askedView = view;
    if (d->picture != PictureState::Stopped)  // the maps may be those that nobody wanted to wait for
        setPicture(hasPicture() ? PictureState::Older : PictureState::First);
    figure.visible = d->options.visible;
    const CellPosition cell = d->model->crosshair();
    if (cell.query < figure.length && cell.key < figure.length)
        figure.crosshair = cell;
    d->plot->setFigure(figure);
}

Figure Stage::currentFigure() const
{
    const Studies studies = d->studies->current(d->view) ? d->studies->newest(d->view).studies : Studies();
    return makeFigure(*d->model->result(), d->view, d->options, studies);
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
    const bool current = !needsStudy(d->view) || d->studies->current(d->view);
    if (!current && d->wordsView == d->view && d->studies->state() == StudyModel::State::Busy)
        return;  // as the picture, until there is something newer
    d->wordsView = d->view;
    const Studies studies = current ? d->studies->newest(d->view).studies : Studies();
    d->wordsInquiry.ask(
        [words = d->words, result, cell = d->model->crosshair(), view = d->view, studies,
         inks = Inks{{d->theme.schemeWords.begin(), d->theme.schemeWords.end()}}] {
            const Result shown = lookedAt(*result, cell);
            const StudyWords study = studyWords(view, shown, studies, inks);
            const QString text = study.sentence.isEmpty() ? sentence(shown, story(shown)) : study.sentence;
            const QString detail = study.sentence.isEmpty() ? distanceLine(shown, inks) : study.detail;
            return [words, text, detail] { words->setWords(text, detail); };
        },
        takesLong(*result));
}

}  // namespace posbias::ui
