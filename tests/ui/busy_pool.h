// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Work off the GUI thread that takes as long as a test likes.

#include "core/base/work_pool.h"

#include <QSemaphore>

namespace posbias::ui {

/// While it lives, no picture, file or answer that the window starts off the GUI thread gets a turn; then all of them
/// are done.
class BusyPool {
public:
    BusyPool()
    {
        WorkPool::shared().waitForJobs();
        for (int t = 0; t < m_jobs; ++t)
            WorkPool::shared().start([this] { m_gate.acquire(); }, Urgency::Soon);
    }
    ~BusyPool() { end(); }
    void end()
    {
        m_gate.release(m_jobs);
        WorkPool::shared().waitForJobs();
    }
    BusyPool(const BusyPool&) = delete;
    BusyPool& operator=(const BusyPool&) = delete;

private:
    const int m_jobs = static_cast<int>(WorkPool::shared().mostJobs(Urgency::Soon));
    QSemaphore m_gate;
};

}  // namespace posbias::ui
