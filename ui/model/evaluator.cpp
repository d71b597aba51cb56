// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/evaluator.h"

#include <algorithm>
#include <exception>

namespace posbias::ui {

Evaluator::Evaluator(Function function, QObject* parent)
    : QObject(parent), m_function(std::move(function)), m_progress(std::make_shared<std::atomic<double>>(0.0))
{
    m_pool.setMaxThreadCount(1);
    m_patienceTimer.setSingleShot(true);
    connect(&m_patienceTimer, &QTimer::timeout, this, &Evaluator::stopOvertaken);
    m_progressTimer.setInterval(50);
    connect(&m_progressTimer, &QTimer::timeout, this, &Evaluator::progressChanged);
}

Evaluator::~Evaluator()
{
    m_stop.request_stop();
    m_pool.waitForDone();
}

double Evaluator::progress() const
{
    return m_running ? m_progress->load() : 0.0;
}

void Evaluator::request(const Experiment& experiment)
{
    m_pending = experiment;
    if (!m_running)
        startPending();
    else if (m_age.elapsed() >= patience)
        stopOvertaken();
    else if (!m_patienceTimer.isActive())
        m_patienceTimer.start(static_cast<int>(std::max<qint64>(1, patience - m_age.elapsed())));
    updateBusy();
}

void Evaluator::restart(const Experiment& experiment)
{
    m_dropped = m_running != 0;
    m_stop.request_stop();
    request(experiment);
}

void Evaluator::cancel()
{
    m_pending.reset();
    m_dropped = m_running != 0;
    m_stop.request_stop();
    updateBusy();
}

Evaluator::Outcome Evaluator::run(const Function& function, const Experiment& experiment, const Progress& progress,
                                  const std::shared_ptr<const Result>& previous)
{
    Outcome outcome;
    QElapsedTimer timer;
    timer.start();
    try {
        outcome.result = function(experiment, progress, previous);
    } catch (const Cancelled&) {
    } catch (const std::bad_alloc&) {
        outcome.error = tr("There is not enough memory for this experiment. Choose a shorter sequence.");
    } catch (const std::exception& error) {
        outcome.error = QString::fromStdString(error.what());
    }
    outcome.milliseconds = static_cast<double>(timer.nsecsElapsed()) * 1e-6;
    return outcome;
}

void Evaluator::startPending()
{
    if (!m_pending)
        return;
    m_running = ++m_lastId;
    m_dropped = false;
    m_stop = std::stop_source();
    m_progress->store(0.0);
    m_age.start();
    m_progressTimer.start();
    Progress progress;
    progress.stop = m_stop.get_token();
    progress.report = [shared = m_progress](double fraction) { shared->store(fraction); };
    m_pool.start([this, id = m_running, function = m_function, experiment = *m_pending, previous = m_previous,
                  progress = std::move(progress)] {
        const Outcome outcome = run(function, experiment, progress, previous);
        QMetaObject::invokeMethod(this, [this, id, outcome] { done(id, outcome); }, Qt::QueuedConnection);
    });
    m_pending.reset();
}

void Evaluator::stopOvertaken()
{
    if (m_running && m_pending)
        m_stop.request_stop();
}

void Evaluator::done(quint64 id, const Outcome& outcome)
{
    if (id != m_running)
        return;
    const bool wanted = !m_dropped;
    m_running = 0;
    m_patienceTimer.stop();
    m_progressTimer.stop();
    if (outcome.result)
        m_previous = outcome.result;
    const bool overtaken = m_pending.has_value();
    startPending();
    if (wanted && outcome.result)
        Q_EMIT finished(outcome.result, outcome.milliseconds);
    else if (wanted && !overtaken && !outcome.error.isEmpty())
        Q_EMIT failed(outcome.error);
    updateBusy();
}

void Evaluator::updateBusy()
{
    // A dropped computation that still winds down is nobody's business.
    const bool now = m_pending || (m_running && !m_dropped);
    if (now == m_wasBusy)
        return;
    m_wasBusy = now;
    Q_EMIT busyChanged();
}

}  // namespace posbias::ui
