// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The threads that compute, one pool for the whole program.
//
// Jobs are long pieces of work that nobody waits for at once: each has a thread of its own for as long as it runs, so
// that a long one never keeps a short one from beginning. Within a job, or in a sub-command, work is shared out
// (core/base/parallel.h): whoever asks takes part, and helpers join while fewer threads compute than there are cores.
// Nested work is shared in the same way; with every core busy it simply runs where it is. Who waits for shared work
// waits only for parts that some helper is computing already, so that nothing can wait in a circle, whatever locks it
// holds. No result may depend on which thread computes what.

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>

namespace posbias {

enum class Urgency {
    Soon,   ///< a picture or a file that a person waits for
    Later,  ///< trainings and studies, which may take minutes
};

class WorkPool {
public:
    /// The program's only one. It lives as long as the process, so that no thread outlives it.
    static WorkPool& shared();
    WorkPool(const WorkPool&) = delete;
    WorkPool& operator=(const WorkPool&) = delete;

    /// As many threads compute at once where work is shared out.
    std::size_t cores() const;
    /// Jobs of this urgency that run at once; others wait for their turn.
    std::size_t mostJobs(Urgency urgency) const;

    /// Runs the job on a thread of the pool. It must not throw.
    void start(std::function<void()> job, Urgency urgency);
    /// Until every job that was started is done.
    void waitForJobs();

    /// Calls part(work, k) for k = 0 .. count - 1 in no particular order; see inParallel().
    using Part = void (*)(void* work, std::size_t k);
    void share(std::size_t count, Part part, void* work);

    /// For a program with a window, called by the thread that paints it, before there is work: from now on the pool's
    /// threads have a lower priority than it, those of jobs that may take long the lowest; and it never waits for them:
    /// what it shares out it does alone. Where a system has no priorities of threads, only the latter.
    void yieldToThisThread();

private:
    WorkPool();
    ~WorkPool() = delete;

    struct State;
    State* const m_state;
};

/// Jobs that end before their owner does: stop them first, if they are not to be finished.
class JobGroup {
public:
    explicit JobGroup(Urgency urgency) : m_urgency(urgency) {}
    ~JobGroup() { wait(); }
    JobGroup(const JobGroup&) = delete;
    JobGroup& operator=(const JobGroup&) = delete;

    /// Must not throw.
    void start(std::function<void()> job);
    void wait();

private:
    const Urgency m_urgency;
    std::mutex m_mutex;
    std::condition_variable m_ended;
    std::size_t m_running = 0;
};

}  // namespace posbias
