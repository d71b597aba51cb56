// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Work off the GUI thread that takes as long as a test likes.

#include "ui/plot/work_pool.h"

#include <QSemaphore>
#include <QThreadPool>

namespace posbias::ui {

/// While it lives, nothing that the window starts off the GUI thread gets a turn; then all of it is done.
class BusyPool {
public:
    BusyPool()
    {
        workPool()->waitForDone();
        for (int t = 0; t < m_threads; ++t)
            workPool()->start([this] { m_gate.acquire(); });
    }
    ~BusyPool() { end(); }
    void end()
    {
        m_gate.release(m_threads);
        workPool()->waitForDone();
    }
    BusyPool(const BusyPool&) = delete;
    BusyPool& operator=(const BusyPool&) = delete;

private:
    const int m_threads = workPool()->maxThreadCount();
    QSemaphore m_gate;
};

}  // namespace posbias::ui
