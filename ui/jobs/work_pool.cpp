// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/work_pool.h"

#include "core/base/work_pool.h"

#include <QCoreApplication>
#include <QEvent>
#include <QPointer>

namespace posbias::ui {

void startJob(std::function<void()> job)
{
    // What jobs use, such as fonts, goes with the application.
    static QPointer<QCoreApplication> waiting;
    if (waiting != qApp) {
        waiting = qApp;
        qAddPostRoutine([] {
            WorkPool::shared().waitForJobs();
            QCoreApplication::sendPostedEvents(qApp,
                                               QEvent::MetaCall);  // widgets that they left to this thread to delete
        });
    }
    WorkPool::shared().start(std::move(job), Urgency::Soon);
}

}  // namespace posbias::ui
