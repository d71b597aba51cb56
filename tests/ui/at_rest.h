// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// For tests that nothing happens: until whatever might have happened has had its turn. No clock says when that is.

#include "core/base/work_pool.h"

#include <QTest>
#include <QTimer>

namespace posbias::ui {

/// Until what was left for the next turn of the event loop is done: timers of 0 ms fire in the order they were started.
inline void untilTheNextTurn()
{
    QTimer marker;
    marker.setSingleShot(true);
    marker.start(0);
    QTRY_VERIFY(!marker.isActive());
}

/// Until every job off the GUI thread has ended, and what it told was heard.
inline void untilJobsAreDone()
{
    WorkPool::shared().waitForJobs();
    untilTheNextTurn();
}

}  // namespace posbias::ui
