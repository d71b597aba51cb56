// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/stage/transport_bar.h"

#include "core/learning/learn.h"
#include "ui/text/numbers.h"
#include "ui/text/phrases.h"
#include "ui/window/commands/actions.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QSlider>
#include <QStyle>
#include <QTimer>
#include <QToolButton>

namespace posbias::ui {

namespace {

constexpr int ticks = 10'000;                   // of the slider; steps lie on it evenly in the logarithm
constexpr double speeds[] = {3.0, 10.0, 30.0};  // s for the whole way

/// A press goes there at once; keys go by single steps, Page keys by doubling.
class StepSlider : public QSlider {
public:
    StepSlider(ExperimentModel* model, Player* player) : QSlider(Qt::Horizontal), m_model(model), m_player(player)
    {
        setRange(0, ticks);
        setObjectName(QStringLiteral("transport:slider"));
        setAccessibleName(TransportBar::tr("Step of training"));
        setMinimumWidth(80);
    }

protected:
    void mousePressEvent(QMouseEvent* event) override
    {
        const int handle = style()->pixelMetric(QStyle::PM_SliderLength, nullptr, this);
        const double way = (event->position().x() - handle / 2.0) / std::max(1, width() - handle);
        setSliderDown(true);
        choose(std::clamp(way, 0.0, 1.0));
    }
    void mouseMoveEvent(QMouseEvent* event) override
    {
        if (!isSliderDown())
            return;
        const int handle = style()->pixelMetric(QStyle::PM_SliderLength, nullptr, this);
        choose(std::clamp((event->position().x() - handle / 2.0) / std::max(1, width() - handle), 0.0, 1.0));
    }
    void mouseReleaseEvent(QMouseEvent*) override { setSliderDown(false); }
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
    void keyPressEvent(QKeyEvent* event) override
    {
        const std::int64_t now = m_model->step().value_or(m_model->shownStep());
        switch (event->key()) {
        case Qt::Key_Left:
        case Qt::Key_Down: m_player->stepBy(-1); return;
        case Qt::Key_Right:
        case Qt::Key_Up: m_player->stepBy(1); return;
        case Qt::Key_PageUp: m_player->stepBy(now + 1); return;
        case Qt::Key_PageDown: m_player->stepBy(-(now + 1) / 2); return;
        case Qt::Key_Home: m_player->toStart(); return;
        case Qt::Key_End: m_player->toEnd(); return;
        default: QSlider::keyPressEvent(event);
        }
    }

private:
    void choose(double way)
    {
        setValue(static_cast<int>(way * ticks));
        m_player->setPlaying(false);
        m_model->setStep(stepAtFraction(way, m_model->steps().value_or(0)));
    }

    ExperimentModel* m_model;
    Player* m_player;
};

}  // namespace

TransportBar::TransportBar(ExperimentModel* model, Player* player, const Actions& actions, QWidget* parent)
    : QWidget(parent),
      m_model(model),
      m_player(player),
      m_slider(new StepSlider(model, player)),
      m_words(new QLabel),
      m_reason(new QLabel),
      m_speed(new QComboBox)
{
    setObjectName(QStringLiteral("transport"));
    setProperty("surface", "stage");
    setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(20, 4, 20, 10);
    row->setSpacing(4);
    m_play = button(actions.play, QString());
    m_end = button(actions.toEnd, tr("To the end"));
    m_words->setObjectName(QStringLiteral("transport:words"));
    m_reason->setProperty("faint", true);
    m_reason->setObjectName(QStringLiteral("transport:reason"));
    for (const double seconds : speeds)
        m_speed->addItem(tr("in %1 s").arg(seconds), seconds);
    m_speed->setCurrentIndex(m_speed->findData(player->seconds()));
    m_speed->setToolTip(tr("How long it takes to play the whole training"));
    m_speed->setAccessibleName(m_speed->toolTip());
    m_speed->setFocusPolicy(Qt::TabFocus);
    connect(m_speed, &QComboBox::activated, this,
            [this](int index) { m_player->setSeconds(m_speed->itemData(index).toDouble()); });
    m_parts = {m_play,
               button(actions.toStart, QStringLiteral("⇤")),
               button(actions.stepBack, QStringLiteral("−1")),
               button(actions.stepForward, QStringLiteral("+1")),
               m_slider,
               m_words,
               m_speed,
               m_end};
    for (QWidget* part : m_parts)
        row->addWidget(part, part == m_slider ? 1 : 0);
    row->insertSpacing(row->indexOf(m_slider), 8);
    row->insertSpacing(row->indexOf(m_words), 8);
    row->insertSpacing(row->indexOf(m_speed), 8);
    row->addWidget(m_reason, 1);
    m_slider->addActions({actions.play, actions.stepForward, actions.stepBack});
    connect(model, &ExperimentModel::stepChanged, this, &TransportBar::show);
    connect(model, &ExperimentModel::resultChanged, this, &TransportBar::show);
    connect(model, &ExperimentModel::experimentChanged, this, &TransportBar::show);
    connect(player, &Player::playingChanged, this, &TransportBar::show);
    show();
}

QToolButton* TransportBar::button(QAction* action, const QString& text)
{
    auto* made = new QToolButton;
    made->setText(text);
    made->setFocusPolicy(Qt::TabFocus);
    made->setAccessibleName(action->text());
    const auto follow = [made, action] {
        made->setEnabled(action->isEnabled());
        made->setToolTip(
            action->shortcut().isEmpty()
                ? action->text()
                : QStringLiteral("%1 (%2)").arg(action->text(), action->shortcut().toString(QKeySequence::NativeText)));
    };
    follow();
    connect(action, &QAction::changed, made, follow);
    connect(made, &QToolButton::clicked, action, &QAction::trigger);
    return made;
}

/// What is asked for: the picture follows.
QString TransportBar::words() const
{
    const std::int64_t steps = m_model->steps().value_or(0);
    if (m_model->step())
        return tr("step %1 of %2").arg(integer(*m_model->step()), integer(steps));
    if (!stopsEarly(m_model->experiment().corpus, m_model->experiment().learning) || !m_model->result())
        return tr("the end: %1").arg(counted(steps, tr("step"), tr("steps")));
    QStringList ends;
    for (std::size_t scheme = 0; scheme < std::min<std::size_t>(2, m_model->result()->training.schemes.size());
         ++scheme)
        ends << tr("%1 at %2")
                    .arg(QString::fromStdString(schemeLetter(scheme)),
                         integer(m_model->result()->training.schemes[scheme]->step));
    return tr("stopped early: %1 of %2").arg(ends.join(QStringLiteral(", ")), integer(steps));
}

void TransportBar::show()
{
    const QString reason = m_player->reason();
    m_reason->setText(reason.isEmpty() ? reason : reason + QLatin1Char('.'));
    m_reason->setVisible(!reason.isEmpty());
    for (QWidget* part : m_parts)
        part->setVisible(reason.isEmpty());
    m_end->setEnabled(m_model->step().has_value());
    m_play->setText(m_player->playing() ? tr("Pause") : tr("Play"));
    m_words->setText(words());
    if (!m_slider->isSliderDown()) {
        const std::int64_t step = m_model->step().value_or(m_model->shownStep());
        m_slider->setValue(qRound(fractionOfStep(step, m_model->steps().value_or(0)) * ticks));
    }
    fit();
}

/// Widths that no step of this training changes.
void TransportBar::fit()
{
    const QString longest = integer(m_model->steps().value_or(0));
    int width = m_words->fontMetrics().horizontalAdvance(tr("step %1 of %2").arg(longest, longest));
    if (stopsEarly(m_model->experiment().corpus, m_model->experiment().learning))
        width = std::max(width, m_words->sizeHint().width());
    m_words->setMinimumWidth(width + 6);
    const QFontMetrics metrics = m_play->fontMetrics();
    m_play->setFixedWidth(std::max(metrics.horizontalAdvance(tr("Pause")), metrics.horizontalAdvance(tr("Play"))) + 26);
}

void TransportBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        QTimer::singleShot(0, this, &TransportBar::fit);
}

}  // namespace posbias::ui
