// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/stage/progress_strip.h"

#include "ui/jobs/job.h"
#include "ui/window/stage/stage.h"
#include "ui/window/stage/stage_note.h"
#include "ui/window/stage/study_note.h"

#include <QProgressBar>
#include <QVBoxLayout>

namespace posbias::ui {

namespace {

/// What is wrong without the reason why: that stands beside the setting.
QString inShort(const Problem& problem)
{
    Problem cut = problem;
    cut.message = problem.message.section(QStringLiteral(": "), 0, 0);
    return cut.whole();
}

}  // namespace

ProgressStrip::ProgressStrip(ExperimentModel* model, StudyModel* studies, Stage* stage, QWidget* parent)
    : QWidget(parent),
      m_model(model),
      m_studies(studies),
      m_stage(stage),
      m_bar(new QProgressBar),
      m_note(new StageNote(stage)),
      m_theme(theme(ThemeName::Light))
{
    m_bar->setProperty("thin", true);
    m_bar->setTextVisible(false);
    auto* hairLine = new QWidget;
    hairLine->setProperty("surface", "line");
    hairLine->setAttribute(Qt::WA_StyledBackground);
    hairLine->setFixedHeight(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(hairLine);
    // The bar keeps its height, so that nothing jumps when it comes and goes.
    QSizePolicy policy = m_bar->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_bar->setSizePolicy(policy);
    m_bar->hide();

    for (QTimer* timer : {&m_barTimer, &m_wordsTimer})
        timer->setSingleShot(true);
    connect(&m_barTimer, &QTimer::timeout, m_bar, &QWidget::show);
    connect(&m_wordsTimer, &QTimer::timeout, this, [this] {
        m_wordsDue = true;
        updateNote();
    });
    connect(m_note, &StageNote::pressed, this, &ProgressStrip::press);
    connect(stage, &Stage::pictureChanged, this, &ProgressStrip::updateWork);
    connect(stage, &Stage::pictureProgressed, this, [this](double fraction) { showFraction(Work::Picture, fraction); });
    connect(studies, &StudyModel::stateChanged, this, &ProgressStrip::updateWork);
    connect(studies, &StudyModel::progressChanged, this, [this] {
        showFraction(Work::Study, m_studies->progress());
        if (m_wordsDue && work() == Work::Study)
            showNote();
    });
    connect(model, &ExperimentModel::busyChanged, this, &ProgressStrip::updateWork);
    connect(model, &ExperimentModel::problemChanged, this, &ProgressStrip::updateNote);
    connect(model, &ExperimentModel::progressChanged, this,
            [this] { showFraction(Work::Training, m_model->progress()); });
    connect(model, &ExperimentModel::resultChanged, this, [this] {
        m_wordsDue = false;
        tell({});
    });
    connect(model, &ExperimentModel::failed, this,
            [this](const QString& message) { tell(message + tr(" The picture is the last that could be computed.")); });
}

void ProgressStrip::setTheme(const Theme& theme)
{
    m_theme = theme;
    updateNote();
}

void ProgressStrip::follow(Job* job, const QString& words)
{
    if (m_job)
        m_job->cancel();
    endJob();
    m_job = job;
    m_jobWords = words;
    connect(job, &Job::progressed, this, [this](double fraction) { showFraction(Work::Job, fraction); });
    connect(job, &Job::encoding, this, [this] { m_bar->setRange(0, 0); });
    const auto ended = [this, job] {
        if (job == m_job)
            endJob();
    };
    connect(job, &Job::finished, this, ended);
    connect(job, &Job::cancelled, this, ended);
    connect(job, &Job::failed, this, [this, ended](const QString& message) {
        ended();
        tell(message);
    });
    updateWork();
}

void ProgressStrip::endJob()
{
    if (!m_job)
        return;
    m_job->deleteLater();
    m_job = nullptr;
    m_wordsDue = false;
    updateWork();
}

/// What came last from a hand comes first.
ProgressStrip::Work ProgressStrip::work() const
{
    if (m_job)
        return Work::Job;
    if (m_model->busy())
        return Work::Training;
    if (m_studies->busy())
        return Work::Study;
    const PictureState picture = m_stage->picture();
    return picture == PictureState::Older || picture == PictureState::First ? Work::Picture : Work::None;
}

void ProgressStrip::updateWork()
{
    const Work now = work();
    const bool same = now == m_told && now == Work::Study;  // its results come piece by piece
    m_told = now;
    if (now != Work::None) {
        if (!same) {
            m_bar->setRange(0, 1000);
            m_bar->setValue(0);
            m_wordsTimer.start(nothingToSee() ? Job::untilBar : untilWords);
        }
        if (!m_bar->isVisible() && !m_barTimer.isActive())
            m_barTimer.start(Job::untilBar);
        updateNote();
        return;
    }
    m_barTimer.stop();
    m_wordsTimer.stop();
    m_wordsDue = false;
    m_bar->hide();
    if (m_model->upToDate())
        tell({});
    else
        updateNote();
}

/// A view without anything in it yet.
bool ProgressStrip::nothingToSee() const
{
    return work() == Work::Picture ? m_stage->picture() == PictureState::First
                                   : work() == Work::Study && !m_studies->current(m_studies->view());
}

void ProgressStrip::showFraction(Work of, double fraction)
{
    if (work() == of)
        m_bar->setValue(static_cast<int>(fraction * 1000.0));
}

bool ProgressStrip::canCancel() const
{
    // Pictures and studies come and go all the time: Esc is theirs only once a note says so.
    const bool unasked = work() == Work::Picture || work() == Work::Study;
    return work() != Work::None && (!unasked || m_wordsDue);
}

void ProgressStrip::cancel()
{
    switch (work()) {
    case Work::Job: m_job->cancel(); break;
    case Work::Training:
        m_model->cancel();
        tell(m_model->result() ? tr("Stopped. The picture shows the experiment as it was before.") : tr("Stopped."),
             tr("Compute"));
        break;
    case Work::Study: m_studies->cancel(); break;
    case Work::Picture: m_stage->cancelPicture(); break;
    case Work::None: break;
    }
}

void ProgressStrip::tell(const QString& message, const QString& button)
{
    m_message = message;
    m_messageButton = button;
    updateNote();
}

void ProgressStrip::updateNote()
{
    showNote();
    Q_EMIT canCancelChanged();
}

void ProgressStrip::showNote()
{
    const Work now = m_wordsDue ? work() : Work::None;
    if (m_model->problem())
        m_note->say(tr("Showing the last valid setting. %1").arg(inShort(*m_model->problem())), tr("Go to setting"),
                    m_theme.error);
    else if (now == Work::Job)
        m_note->say(m_jobWords, tr("Cancel (Esc)"), m_theme.text);
    else if (now == Work::Training)
        m_note->say(tr("Training and measuring…"), tr("Cancel (Esc)"), m_theme.text);
    else if (now == Work::Study)
        m_note->say(studyProgress(*m_studies), tr("Cancel (Esc)"), m_theme.text);
    else if (now == Work::Picture)
        m_note->say(tr("Computing the picture…"), tr("Cancel (Esc)"), m_theme.text);
    else if (!m_message.isEmpty())
        m_note->say(m_message, m_messageButton, m_theme.text);
    else if (showStudyNote())
        return;
    else if (m_stage->picture() == PictureState::Stopped)
        m_note->say(m_stage->hasPicture() ? tr("Stopped. The picture is the one from before.") : tr("Stopped."),
                    tr("Compute"), m_theme.text);
    else
        m_note->hide();
}

bool ProgressStrip::showStudyNote()
{
    const StudyModel::State state = m_studies->state();
    if (state == StudyModel::State::Stopped)
        m_note->say(studyStopped(*m_studies), tr("Compute"), m_theme.text);
    else if (state == StudyModel::State::Failed)
        m_note->say(m_studies->failure(), tr("Try again"), m_theme.text);
    else
        return false;
    return true;
}

void ProgressStrip::press()
{
    if (m_model->problem())
        Q_EMIT problemAsked();
    else if (m_wordsDue && work() != Work::None)
        cancel();
    else if (!m_message.isEmpty())
        m_model->recompute();
    else if (m_studies->state() == StudyModel::State::Stopped || m_studies->state() == StudyModel::State::Failed)
        m_studies->retry();
    else
        m_stage->retryPicture();
}

}  // namespace posbias::ui
