// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Work that the caller waits for while the window goes on painting itself.

#include "ui/plot/work_pool.h"

#include <QEventLoop>
#include <QThreadPool>

#include <exception>
#include <optional>

namespace posbias::ui {

/// What `work` returns or throws. Nobody can press anything meanwhile.
template <typename Work>
auto offThread(const Work& work)
{
    std::optional<decltype(work())> result;
    std::exception_ptr problem;
    QEventLoop loop;
    workPool()->start([&] {
        try {
            result = work();
        } catch (...) {
            problem = std::current_exception();
        }
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
    });
    loop.exec(QEventLoop::ExcludeUserInputEvents);
    if (problem)
        std::rethrow_exception(problem);
    return std::move(*result);
}

}  // namespace posbias::ui
