// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Plays training: moves the model's moment along its steps, the first ones slowly, later ones ever faster.

#include "ui/model/experiment_model.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>

namespace posbias::ui {

/// Evenly in the logarithm of step + 1: 0 at step 0, 1 at the last.
double fractionOfStep(std::int64_t step, std::int64_t steps);
std::int64_t stepAtFraction(double fraction, std::int64_t steps);

class Player : public QObject {
    Q_OBJECT
public:
    /// `ready`: the last moment is on the screen, besides being computed.
    Player(ExperimentModel* model, std::function<bool()> ready, QObject* parent = nullptr);

    bool possible() const;
    /// Why there is nothing to play; empty when there is.
    QString reason() const;
    bool playing() const { return m_timer.isActive(); }
    /// From the end it begins at step 0.
    void setPlaying(bool playing);
    void stepBy(std::int64_t steps);
    void toStart();
    void toEnd();
    /// Of the whole way, when computing keeps up.
    void setSeconds(double seconds) { m_seconds = seconds; }
    double seconds() const { return m_seconds; }

Q_SIGNALS:
    void playingChanged();

private:
    void tick();
    /// By hand: playing pauses.
    void moveTo(std::optional<std::int64_t> step);

    ExperimentModel* m_model;
    std::function<bool()> m_ready;
    QTimer m_timer;
    QElapsedTimer m_sinceTick;
    double m_fraction = 0.0;  ///< of the way, finer than whole steps
    std::int64_t m_set = 0;   ///< the step it was moved to last: somebody else may have moved on
    double m_seconds = 10.0;
};

}  // namespace posbias::ui
