// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export/render_job.h"

#include "core/base/error.h"
#include "ui/jobs/work_pool.h"
#include "ui/plot/files/figure_export.h"

#include <QCoreApplication>
#include <QThread>

#include <atomic>
#include <stop_token>

namespace posbias::ui {

namespace {

constexpr int progressInterval = 100;  // ms

}  // namespace

struct RenderJob::Work {
    std::unique_ptr<FigureRendering> rendering;
    LastStep last;
    std::stop_source stop;
    std::atomic<double> fraction = 0.0;

    /// The plot within is a widget, which only the GUI thread may delete; a step that nobody waits for any more may be
    /// the last to hold it.
    static void deleteOnGuiThread(Work* work)
    {
        if (QThread::currentThread() == qApp->thread())
            delete work;
        else
            QMetaObject::invokeMethod(
                qApp, [kept = std::shared_ptr<Work>(work)] {}, Qt::QueuedConnection);
    }
};

RenderJob::LastStep RenderJob::toBytes()
{
    return [](FigureRendering& rendering, const std::function<void()>&) { rendering.encode(); };
}

RenderJob::LastStep RenderJob::toFile(const std::filesystem::path& file)
{
    return [file](FigureRendering& rendering, const std::function<void()>& claim) {
        rendering.encode();
        claim();
        writeFigure(rendering.rendered(), file);
    };
}

RenderJob::RenderJob(std::unique_ptr<FigureRendering> rendering, LastStep last, QObject* parent)
    : Job(parent), m_work(new Work, &Work::deleteOnGuiThread)
{
    m_work->rendering = std::move(rendering);
    m_work->last = std::move(last);
    connect(&m_watcher, &QFutureWatcher<QString>::finished, this, &RenderJob::stepDone);
    m_progressTimer.setInterval(progressInterval);
    connect(&m_progressTimer, &QTimer::timeout, this, [this] { Q_EMIT progressed(m_work->fraction); });
    m_progressTimer.start();
    m_drawTimer.setSingleShot(true);  // events come first
    connect(&m_drawTimer, &QTimer::timeout, this, &RenderJob::drawRest);
    run([](Work& work) {
        work.rendering->drawMaps({work.stop.get_token(), [&work](double done) { work.fraction = done; }});
    });
}

RenderJob::~RenderJob()
{
    m_work->stop.request_stop();
}

bool RenderJob::cancel()
{
    if (!m_work->stop.request_stop())  // the first to ask has it
        return false;
    m_progressTimer.stop();
    m_drawTimer.stop();
    m_watcher.disconnect(this);
    Q_EMIT cancelled();
    return true;
}

const FigureRendering& RenderJob::rendering() const
{
    return *m_work->rendering;
}

void RenderJob::run(std::function<void(Work&)> step)
{
    m_watcher.setFuture(startWork([work = m_work, step = std::move(step)]() -> QString {
        try {
            step(*work);
        } catch (const Cancelled&) {  // nobody listens any more
        } catch (const std::exception& error) {
            return reason(error);
        }
        return {};
    }));
}

void RenderJob::stepDone()
{
    m_progressTimer.stop();
    if (const QString error = m_watcher.result(); !error.isEmpty())
        Q_EMIT failed(error);
    else if (m_drawn)
        Q_EMIT finished();
    else
        drawRest();
}

void RenderJob::drawRest()
{
    try {
        if (m_work->rendering->drawRest()) {
            m_drawTimer.start(0);
            return;
        }
    } catch (const std::exception& error) {  // must not reach the event loop
        Q_EMIT failed(reason(error));
        return;
    }
    m_drawn = true;
    if (!m_work->last) {
        Q_EMIT finished();
        return;
    }
    Q_EMIT encoding();
    run([](Work& work) {
        work.last(*work.rendering, [&work] {
            if (!work.stop.request_stop())
                throw Cancelled();
        });
    });
}

}  // namespace posbias::ui
