// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/player.h"

#include <algorithm>
#include <cmath>

namespace posbias::ui {

namespace {

constexpr int frame = 33;            // ms
constexpr double longestLeap = 0.2;  // s of the way in one frame, however long computing took

}  // namespace

double fractionOfStep(std::int64_t step, std::int64_t steps)
{
    if (steps <= 0)
        return 1.0;
    return std::log1p(static_cast<double>(std::clamp<std::int64_t>(step, 0, steps))) /
           std::log1p(static_cast<double>(steps));
}

std::int64_t stepAtFraction(double fraction, std::int64_t steps)
{
    const double step = std::expm1(std::clamp(fraction, 0.0, 1.0) * std::log1p(static_cast<double>(steps)));
    return std::clamp<std::int64_t>(std::llround(step), 0, steps);
}

Player::Player(ExperimentModel* model, std::function<bool()> ready, QObject* parent)
    : QObject(parent), m_model(model), m_ready(std::move(ready))
{
    m_timer.setInterval(frame);
    connect(&m_timer, &QTimer::timeout, this, &Player::tick);
    connect(model, &ExperimentModel::experimentChanged, this, [this] {
        if (!possible())
            setPlaying(false);
    });
}

bool Player::possible() const
{
    return m_model->steps().value_or(0) > 0;
}

QString Player::reason() const
{
    if (!m_model->steps())
        return tr("The exact minimum is computed at once: it has no steps to play");
    return possible() ? QString() : tr("With 0 steps training ends where it begins");
}

void Player::setPlaying(bool playing)
{
    if (playing == m_timer.isActive() || (playing && !possible()))
        return;
    if (playing) {
        const std::int64_t steps = *m_model->steps();
        const bool atEnd = !m_model->step() || *m_model->step() >= steps;
        m_set = atEnd ? 0 : *m_model->step();
        m_fraction = fractionOfStep(m_set, steps);
        m_model->setStep(m_set);
        m_sinceTick.start();
        m_timer.start();
    } else {
        m_timer.stop();
    }
    Q_EMIT playingChanged();
}

void Player::tick()
{
    const std::int64_t steps = *m_model->steps();
    const std::optional<std::int64_t> now = m_model->step();
    if (m_model->problem() || now != m_set) {  // another document, or training became shorter
        setPlaying(false);
        return;
    }
    if (m_model->busy() || !m_ready())
        return;
    if (!m_model->upToDate()) {  // cancelled, or it failed
        setPlaying(false);
        return;
    }
    const double passed = std::min(static_cast<double>(m_sinceTick.restart()) * 1e-3, longestLeap);
    m_fraction += passed / m_seconds;
    m_set = m_fraction >= 1.0 ? steps : std::min(stepAtFraction(m_fraction, steps), steps);
    if (m_set != *now)
        m_model->setStep(m_set);
    if (m_set >= steps)
        setPlaying(false);
}

void Player::moveTo(std::optional<std::int64_t> step)
{
    setPlaying(false);
    m_model->setStep(step);
}

void Player::stepBy(std::int64_t steps)
{
    if (!possible())
        return;
    const std::int64_t last = *m_model->steps();
    moveTo(std::clamp<std::int64_t>(m_model->step().value_or(std::min(m_model->shownStep(), last)) + steps, 0, last));
}

void Player::toStart()
{
    if (possible())
        moveTo(0);
}

void Player::toEnd()
{
    moveTo(std::nullopt);
}

}  // namespace posbias::ui
