// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Runs core's evaluate() off the GUI thread, one computation at a time; the newest request wins.

#include "core/evaluation/result.h"

#include <QElapsedTimer>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace posbias::ui {

/// While requests come faster than computations end, a computation that is overtaken may still end and be shown for
/// `patience` milliseconds of its life, so that the picture follows a drag; then it is stopped in favour of the newest
/// request. Requests in between are never started.
class Evaluator : public QObject {
    Q_OBJECT
public:
    using Function = std::function<std::shared_ptr<const Result>(const Experiment&, const Progress&,
                                                                 std::shared_ptr<const Result>)>;
    static constexpr int patience = 250;

    explicit Evaluator(Function function, QObject* parent = nullptr);
    ~Evaluator() override;

    void request(const Experiment& experiment);
    /// A request for another document: whatever runs is dropped even if it ends in time.
    void restart(const Experiment& experiment);
    void cancel();

    bool busy() const { return m_pending || (m_running != 0 && !m_dropped); }
    double progress() const;

Q_SIGNALS:
    void finished(std::shared_ptr<const posbias::Result> result, double milliseconds);
    void failed(const QString& message);
    void busyChanged();
    void progressChanged();

private:
    struct Outcome {
        std::shared_ptr<const Result> result;
        QString error;
        double milliseconds = 0.0;
    };
    static Outcome run(const Function& function, const Experiment& experiment, const Progress& progress,
                       const std::shared_ptr<const Result>& previous);
    void startPending();
    void stopOvertaken();
    void done(quint64 id, const Outcome& outcome);
    void updateBusy();

    Function m_function;
    std::shared_ptr<const Result> m_previous;
    std::optional<Experiment> m_pending;
    quint64 m_running = 0;      ///< id of the running computation, 0: none
    quint64 m_lastId = 0;
    bool m_dropped = false;     ///< the running computation's result is not wanted any more
    bool m_wasBusy = false;
    std::stop_source m_stop;
    std::shared_ptr<std::atomic<double>> m_progress;
    QElapsedTimer m_age;
    QTimer m_patienceTimer;
    QTimer m_progressTimer;
    QThreadPool m_pool;
};

}  // namespace posbias::ui
