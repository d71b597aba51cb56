// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/progress_strip.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace posbias::ui {

namespace {

constexpr int widestNote = 560;
constexpr int noteMargin = 16;

}  // namespace

ProgressStrip::ProgressStrip(ExperimentModel* model, QWidget* picture, QWidget* parent)
    : QWidget(parent), m_model(model), m_bar(new QProgressBar), m_picture(picture), m_note(new QWidget(picture)),
      m_words(new QLabel), m_button(new QToolButton)
{
    m_bar->setProperty("thin", true);
    m_bar->setTextVisible(false);
    m_bar->setRange(0, 1000);
    m_note->setProperty("surface", "note");
    m_note->setAttribute(Qt::WA_StyledBackground);
    m_words->setTextFormat(Qt::PlainText);
    picture->installEventFilter(this);

    auto* line = new QHBoxLayout(m_note);
    line->setContentsMargins(16, 8, 10, 8);
    line->setSpacing(16);
    line->addWidget(m_words, 1);
    line->addWidget(m_button);
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
    m_note->hide();

    for (QTimer* timer : {&m_barTimer, &m_wordsTimer})
        timer->setSingleShot(true);
    connect(&m_barTimer, &QTimer::timeout, m_bar, &QWidget::show);
    connect(&m_wordsTimer, &QTimer::timeout, this, [this] { say(tr("Training and measuring…"), tr("Cancel (Esc)")); });
    connect(m_button, &QToolButton::clicked, this, [this] {
        if (m_model->busy())
            cancel();
        else
            m_model->recompute();
    });
    connect(model, &ExperimentModel::busyChanged, this, &ProgressStrip::updateWork);
    connect(model, &ExperimentModel::progressChanged, this,
            [this] { m_bar->setValue(static_cast<int>(m_model->progress() * 1000.0)); });
    connect(model, &ExperimentModel::resultChanged, m_note, &QWidget::hide);
    connect(model, &ExperimentModel::failed, this,
            [this](const QString& message) { say(message + tr(" The picture is the last that could be computed."), {}); });
}

void ProgressStrip::updateWork()
{
    if (m_model->busy()) {
        m_bar->setValue(0);
        m_barTimer.start(untilBar);
        m_wordsTimer.start(untilWords);
        return;
    }
    m_barTimer.stop();
    m_wordsTimer.stop();
    m_bar->hide();
    if (m_model->upToDate())
        m_note->hide();
}

void ProgressStrip::cancel()
{
    m_model->cancel();
    say(m_model->result() ? tr("Stopped. The picture shows the experiment as it was before.") : tr("Stopped."),
        tr("Compute"));
}

void ProgressStrip::say(const QString& text, const QString& button)
{
    m_words->setText(text);
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    m_note->show();
    placeNote();
}

/// At the foot of the picture, in the middle.
void ProgressStrip::placeNote()
{
    const int widest = std::min(widestNote, m_picture->width() - 2 * noteMargin);
    m_words->setWordWrap(false);
    m_note->layout()->invalidate();
    const QSize oneLine = m_note->sizeHint();
    const bool wrap = oneLine.width() > widest;
    m_words->setWordWrap(wrap);
    const int width = wrap ? widest : oneLine.width();
    const int height = wrap ? m_note->heightForWidth(width) : oneLine.height();
    m_note->setGeometry((m_picture->width() - width) / 2, m_picture->height() - height - noteMargin, width, height);
    m_note->raise();
}

bool ProgressStrip::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_picture && event->type() == QEvent::Resize && m_note->isVisible())
        placeNote();
    return QWidget::eventFilter(watched, event);
}

}  // namespace posbias::ui
