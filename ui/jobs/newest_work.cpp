// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/newest_work.h"

#include <algorithm>
#include <exception>
#include <new>
#include <utility>

namespace posbias::ui {

NewestWork::NewestWork() : m_progress(std::make_shared<std::atomic<double>>(0.0))
{
    m_patienceTimer.setSingleShot(true);
    connect(&m_patienceTimer, &QTimer::timeout, this, &NewestWork::stopOvertaken);
    m_progressTimer.setInterval(50);
    connect(&m_progressTimer, &QTimer::timeout, this, &NewestWork::progressChanged);
}

NewestWork::~NewestWork()
{
    m_stop.request_stop();
    m_jobs.wait();
}

void NewestWork::request(Work work)
{
    m_pending = std::move(work);
    if (!m_running)
        startPending();
    else if (m_age.elapsed() >= patience)
        stopOvertaken();
    else if (!m_patienceTimer.isActive())
        m_patienceTimer.start(static_cast<int>(std::max<qint64>(1, patience - m_age.elapsed())));
    updateBusy();
}

void NewestWork::restart(Work work)
{
    m_dropped = m_running != 0;
    m_stop.request_stop();
    request(std::move(work));
}

void NewestWork::cancel()
{
    m_pending = {};
    m_dropped = m_running != 0;
    m_stop.request_stop();
    updateBusy();
}

NewestWork::Outcome NewestWork::run(const Work& work, const Progress& progress, QString& error)
{
    try {
        return work(progress);
    } catch (const Cancelled&) {
    } catch (const std::bad_alloc&) {
        error = tr("There is not enough memory for this experiment. Choose a shorter sequence.");
    } catch (const std::exception& problem) {
        error = QString::fromStdString(problem.what());
    }
    return {};
}

void NewestWork::startPending()
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
    m_jobs.start([this, id = m_running, work = std::exchange(m_pending, {}), progress = std::move(progress)] {
        QString error;
        const Outcome outcome = run(work, progress, error);
        QMetaObject::invokeMethod(
            this, [this, id, outcome, error] { done(id, outcome, error); }, Qt::QueuedConnection);
    });
}

void NewestWork::stopOvertaken()
{
    if (m_running && m_pending)
        m_stop.request_stop();
}

void NewestWork::done(quint64 id, const Outcome& outcome, const QString& error)
{
    if (id != m_running)
        return;
    const bool wanted = !m_dropped;
    m_running = 0;
    m_patienceTimer.stop();
    m_progressTimer.stop();
    if (outcome.keep)
        outcome.keep();
    const bool overtaken = m_pending != nullptr;
    startPending();
    if (wanted && outcome.show)
        outcome.show();
    else if (wanted && !overtaken && !error.isEmpty())
        Q_EMIT failed(error);
    updateBusy();
}

void NewestWork::updateBusy()
{
    // Dropped work that still winds down is nobody's business.
    const bool now = busy();
    if (now == m_wasBusy)
        return;
    m_wasBusy = now;
    Q_EMIT busyChanged();
}

}  // namespace posbias::ui
