// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Runs work off the GUI thread, one piece at a time; the newest request wins.

#include "core/base/progress.h"
#include "core/base/work_pool.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <atomic>
#include <functional>
#include <memory>
#include <stop_token>

namespace posbias::ui {

/// While requests come faster than work ends, work that is overtaken may still end and be shown for `patience`
/// milliseconds of its life, so that the picture follows a drag; then it is stopped in favour of the newest request.
/// Requests in between are never started.
class NewestWork : public QObject {
    Q_OBJECT
public:
    /// Both are called on the GUI thread, and may be empty.
    struct Outcome {
        std::function<void()> keep;  ///< before the next piece starts, also when nobody wants to see this one any more
        std::function<void()> show;
    };
    using Work = std::function<Outcome(const Progress&)>;
    static constexpr int patience = 250;

    NewestWork();
    ~NewestWork() override;

    void request(Work work);
    /// For something else altogether: whatever runs is dropped even if it ends in time.
    void restart(Work work);
    void cancel();

    bool busy() const { return m_pending || (m_running != 0 && !m_dropped); }
    double progress() const { return m_running ? m_progress->load() : 0.0; }
    qint64 age() const { return m_age.elapsed(); }  ///< ms that the running piece has been at it

Q_SIGNALS:
    void failed(const QString& message);
    void busyChanged();
    void progressChanged();

private:
    static Outcome run(const Work& work, const Progress& progress, QString& error);
    void startPending();
    void stopOvertaken();
    void done(quint64 id, const Outcome& outcome, const QString& error);
    void updateBusy();

    Work m_pending;
    quint64 m_running = 0;  ///< id of the running piece, 0: none
    quint64 m_lastId = 0;
    bool m_dropped = false;  ///< what the running piece finds out is not wanted any more
    bool m_wasBusy = false;
    std::stop_source m_stop;
    std::shared_ptr<std::atomic<double>> m_progress;
    QElapsedTimer m_age;
    QTimer m_patienceTimer;
    QTimer m_progressTimer;
    JobGroup m_jobs{Urgency::Later};  ///< goes first, and waits for the running piece
};

}  // namespace posbias::ui
