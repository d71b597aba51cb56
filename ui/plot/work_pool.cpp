// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/work_pool.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace posbias::ui {

QThreadPool* workPool()
{
    static QPointer<QThreadPool> pool;
    if (!pool) {
        pool = new QThreadPool(qApp);
        // The stage's maps, an export, its preview, and one that was overtaken but has not heard of it yet.
        pool->setMaxThreadCount(4);
    }
    return pool;
}

}  // namespace posbias::ui
