// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/progress_strip.h"

#include "ui/window/stage.h"
#include "ui/window/stage_note.h"

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

ProgressStrip::ProgressStrip(ExperimentModel* model, Stage* stage, QWidget* parent)
    : QWidget(parent), m_model(model), m_stage(stage), m_bar(new QProgressBar), m_note(new StageNote(stage)),
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
    connect(model, &ExperimentModel::busyChanged, this, &ProgressStrip::updateWork);
    connect(model, &ExperimentModel::problemChanged, this, &ProgressStrip::updateNote);
    connect(model, &ExperimentModel::progressChanged, this,
            [this] { m_bar->setValue(static_cast<int>(m_model->progress() * 1000.0)); });
    connect(model, &ExperimentModel::resultChanged, this, [this] {
        m_wordsDue = false;
        tell({}, {});
    });
    connect(model, &ExperimentModel::failed, this,
            [this](const QString& message) { tell(message + tr(" The picture is the last that could be computed."), {}); });
}

void ProgressStrip::setTheme(const Theme& theme)
{
    m_theme = theme;
    updateNote();
}

void ProgressStrip::updateWork()
{
    const bool busy = m_model->busy();
    const PictureState picture = m_stage->picture();
    if (busy || picture != PictureState::Ready) {
        // A picture tells no progress.
        m_bar->setRange(0, busy ? 1000 : 0);
        m_bar->setValue(0);
        if (!m_bar->isVisible())
            m_barTimer.start(untilBar);
        m_wordsTimer.start(!busy && picture == PictureState::First ? untilBar : untilWords);
        return;
    }
    m_barTimer.stop();
    m_wordsTimer.stop();
    m_wordsDue = false;
    m_bar->hide();
    if (m_model->upToDate())
        tell({}, {});
    else
        updateNote();
}

void ProgressStrip::cancel()
{
    m_model->cancel();
    tell(m_model->result() ? tr("Stopped. The picture shows the experiment as it was before.") : tr("Stopped."),
         tr("Compute"));
}

void ProgressStrip::tell(const QString& message, const QString& button)
{
    m_message = message;
    m_messageButton = button;
    updateNote();
}

void ProgressStrip::updateNote()
{
    if (m_model->problem())
        m_note->say(tr("Showing the last valid setting. %1").arg(inShort(*m_model->problem())), tr("Go to setting"),
                    m_theme.error);
    else if (m_wordsDue && m_model->busy())
        m_note->say(tr("Training and measuring…"), tr("Cancel (Esc)"), m_theme.text);
    else if (m_wordsDue && m_stage->picture() != PictureState::Ready)
        m_note->say(tr("Computing the picture…"), {}, m_theme.text);
    else if (!m_message.isEmpty())
        m_note->say(m_message, m_messageButton, m_theme.text);
    else
        m_note->hide();
}

void ProgressStrip::press()
{
    if (m_model->problem())
        Q_EMIT problemAsked();
    else if (m_model->busy())
        cancel();
    else
        m_model->recompute();
}

}  // namespace posbias::ui
