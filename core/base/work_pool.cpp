// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/work_pool.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <deque>
#include <exception>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#ifdef __linux__
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace posbias {

namespace {

/// Added to the process's own nice value, under a window. A job that a person waits for still goes before a study.
constexpr std::array<int, 2> niceUnderWindow = {5, 10};

/// Of the calling thread.
struct ThreadState {
    bool computes = false;  ///< counts among those that compute
    bool waitsForNobody = false;
    Urgency urgency = Urgency::Soon;
    int nice = 0;
};
thread_local ThreadState here;

/// A thread may always take a lower priority, never a higher one again.
void beNice(int nice)
{
    if (nice <= here.nice)
        return;
#ifdef __linux__
    const auto self = static_cast<id_t>(syscall(SYS_gettid));
    setpriority(PRIO_PROCESS, self, getpriority(PRIO_PROCESS, self) + nice - here.nice);
#endif
    here.nice = nice;
}

}  // namespace

struct WorkPool::State {
    /// Work that is being shared out; it lies on the stack of whoever shares it.
    struct Batch {
        std::size_t count;
        WorkPool::Part part;
        void* work;
        Urgency urgency;
        std::atomic<std::size_t> next = 0;
        std::size_t helpers = 0;  ///< this and the rest: guarded by the pool's mutex
        std::exception_ptr failure = {};
        std::condition_variable left = {};

        bool hasMore() const { return next.load(std::memory_order_relaxed) < count; }
    };

    /// The jobs of one urgency.
    struct Lane {
        std::deque<std::function<void()>> waiting;
        std::size_t most = 0, threads = 0, idle = 0, running = 0;
        std::condition_variable filled;
    };

    std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    std::atomic<bool> underWindow = false;
    std::mutex mutex;  ///< guards what follows
    std::array<Lane, 2> lanes;
    std::condition_variable jobsDone;
    std::vector<Batch*> batches;  ///< the oldest first
    std::size_t computing = 0;    ///< threads; one that waits for its helpers is none
    std::size_t helpers = 0, idleHelpers = 0, helpersOfLater = 0;
    std::condition_variable wanted;
    std::atomic<std::size_t> changes = 0;  ///< helpers look around after the part at hand when it has changed

    Lane& laneOf(Urgency urgency) { return lanes[static_cast<std::size_t>(urgency)]; }

    /// What is wanted soonest, then what has the fewest helpers, then the oldest: its parts are the largest.
    Batch* mostWanted() const
    {
        if (computing >= cores)
            return nullptr;
        Batch* most = nullptr;
        for (Batch* batch : batches)
            if (batch->hasMore() &&
                (!most || std::pair(batch->urgency, batch->helpers) < std::pair(most->urgency, most->helpers)))
                most = batch;
        return most;
    }

    /// One at a time: it calls for the next.
    void callHelper()
    {
        if (mostWanted() == nullptr)
            return;
        if (idleHelpers > 0) {
            wanted.notify_one();
        } else if (helpers < cores) {
            try {
                std::thread([this] { help(); }).detach();
                ++helpers;
            } catch (const std::system_error&) {  // work is done without
            }
        }
    }

    void becomeNice(Urgency urgency) const
    {
        if (underWindow.load(std::memory_order_relaxed))
            beNice(niceUnderWindow[static_cast<std::size_t>(urgency)]);
    }

    [[noreturn]] void help()
    {
        here.computes = true;
        std::unique_lock lock(mutex);
        while (true) {
            Batch* const batch = mostWanted();
            if (!batch) {
                ++idleHelpers;
                wanted.wait(lock);
                --idleHelpers;
                continue;
            }
            const std::size_t later = batch->urgency == Urgency::Later ? 1 : 0;
            ++computing;
            ++batch->helpers;
            helpersOfLater += later;
            callHelper();
            const std::size_t seen = changes.load(std::memory_order_relaxed);
            lock.unlock();
            becomeNice(Urgency::Soon);  // helpers serve both
            here.urgency = batch->urgency;
            runParts(*batch, [&] { return changes.load(std::memory_order_relaxed) == seen; });
            lock.lock();
            --computing;
            helpersOfLater -= later;
            if (--batch->helpers == 0)
                batch->left.notify_one();
        }
    }

    /// As long as there are any, and goesOn().
    template <typename GoesOn>
    void runParts(Batch& batch, GoesOn goesOn)
    {
        try {
            while (goesOn()) {
                const std::size_t k = batch.next++;
                if (k >= batch.count)
                    return;
                batch.part(batch.work, k);
            }
        } catch (...) {
            batch.next = batch.count;
            const std::scoped_lock lock(mutex);
            if (!batch.failure)
                batch.failure = std::current_exception();
        }
    }

    void share(Batch& batch)
    {
        const bool comes = !std::exchange(here.computes, true);
        {
            const std::scoped_lock lock(mutex);
            computing += comes ? 1 : 0;
            batches.push_back(&batch);
            if (batch.urgency == Urgency::Soon && helpersOfLater > 0)
                ++changes;
            callHelper();
        }
        runParts(batch, [] { return true; });
        std::unique_lock lock(mutex);
        std::erase(batches, &batch);
        if (batch.helpers > 0) {
            --computing;
            callHelper();  // parts that take long may share out work of their own
            batch.left.wait(lock, [&] { return batch.helpers == 0; });
            ++computing;
        }
        if (comes) {
            here.computes = false;
            --computing;
            callHelper();
        }
    }

    /// A thread for jobs of one urgency.
    [[noreturn]] void runJobs(Urgency urgency)
    {
        here.computes = true;
        here.urgency = urgency;
        Lane& own = laneOf(urgency);
        std::unique_lock lock(mutex);
        while (true) {
            if (own.waiting.empty()) {
                ++own.idle;
                own.filled.wait(lock);
                --own.idle;
                continue;
            }
            std::function<void()> job = std::move(own.waiting.front());
            own.waiting.pop_front();
            ++own.running;
            if (++computing > cores)
                ++changes;
            lock.unlock();
            becomeNice(urgency);
            job();
            job = {};  // what it holds goes before it counts as done
            lock.lock();
            --own.running;
            --computing;
            callHelper();
            if (own.running == 0 && own.waiting.empty())
                jobsDone.notify_all();
        }
    }

    void start(std::function<void()> job, Urgency urgency)
    {
        Lane& own = laneOf(urgency);
        const std::scoped_lock lock(mutex);
        own.waiting.push_back(std::move(job));
        if (own.idle >= own.waiting.size()) {
            own.filled.notify_one();
        } else if (own.threads < own.most) {
            try {
                std::thread([this, urgency] { runJobs(urgency); }).detach();
                ++own.threads;
            } catch (const std::system_error&) {
                if (own.threads == 0) {
                    own.waiting.pop_back();
                    throw;
                }
            }
        }
    }
};

WorkPool::WorkPool() : m_state(new State)
{
    // The stage's maps, an export, its preview, and one that was overtaken but has not heard of it yet.
    m_state->laneOf(Urgency::Soon).most = std::max<std::size_t>(4, m_state->cores);
    // One for each kind of result that the window holds, and the threads are idle most of the time.
    m_state->laneOf(Urgency::Later).most = std::max<std::size_t>(16, m_state->cores);
}

WorkPool& WorkPool::shared()
{
    static WorkPool& pool = *new WorkPool;
    return pool;
}

std::size_t WorkPool::cores() const
{
    return m_state->cores;
}

std::size_t WorkPool::mostJobs(Urgency urgency) const
{
    return m_state->laneOf(urgency).most;
}

void WorkPool::start(std::function<void()> job, Urgency urgency)
{
    m_state->start(std::move(job), urgency);
}

void WorkPool::waitForJobs()
{
    std::unique_lock lock(m_state->mutex);
    m_state->jobsDone.wait(lock, [this] {
        return std::ranges::all_of(m_state->lanes,
                                   [](const State::Lane& lane) { return lane.running == 0 && lane.waiting.empty(); });
    });
}

void WorkPool::share(std::size_t count, Part part, void* work)
{
    if (count <= 1 || m_state->cores == 1 || here.waitsForNobody) {
        for (std::size_t k = 0; k < count; ++k)
            part(work, k);
        return;
    }
    State::Batch batch{count, part, work, here.urgency};
    m_state->share(batch);
    if (batch.failure)
        std::rethrow_exception(batch.failure);
}

void WorkPool::yieldToThisThread()
{
    here.waitsForNobody = true;
    m_state->underWindow = true;
}

void JobGroup::start(std::function<void()> job)
{
    {
        const std::scoped_lock lock(m_mutex);
        ++m_running;
    }
    const auto ended = [this] {
        const std::scoped_lock lock(m_mutex);  // held while waiters are told: they may take the group away then
        --m_running;
        m_ended.notify_all();
    };
    try {
        WorkPool::shared().start(
            [ended, job = std::move(job)]() mutable {
                job();
                job = {};
                ended();
            },
            m_urgency);
    } catch (...) {
        ended();
        throw;
    }
}

void JobGroup::wait()
{
    std::unique_lock lock(m_mutex);
    m_ended.wait(lock, [this] { return m_running == 0; });
}

}  // namespace posbias
