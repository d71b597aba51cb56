// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Qt's futures on the program's own pool (core/base/work_pool.h). Not on Qt's global one: Qt paints widgets with that,
// and the GUI thread would wait for its long work to end.

#include <QFuture>
#include <QPromise>

#include <exception>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace posbias::ui {

/// Runs a job that a person waits for on a thread of the pool; the application does not end before it.
void startJob(std::function<void()> job);

/// Runs `work` on a thread of the pool. The work tells its progress and adds its result to the promise; what it throws
/// is the future's.
template <typename Result>
QFuture<Result> startWork(std::function<void(QPromise<Result>&)> work)
{
    const auto promise = std::make_shared<QPromise<Result>>();
    promise->start();
    startJob([promise, work = std::move(work)]() mutable {
        try {
            work(*promise);
        } catch (...) {
            promise->setException(std::current_exception());
        }
        work = {};  // whoever hears of the end finds that it holds nothing any more
        promise->finish();
    });
    return promise->future();
}

/// The same for what `work` returns.
template <typename Work>
requires std::is_invocable_v<Work&>
auto startWork(Work work)
{
    using Result = std::invoke_result_t<Work&>;
    return startWork<Result>(
        [work = std::move(work)](QPromise<Result>& promise) mutable { promise.addResult(work()); });
}

}  // namespace posbias::ui
