// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"

#include <QTest>

#include <array>
#include <atomic>
#include <mutex>
#include <semaphore>
#include <set>
#include <stdexcept>
#include <thread>

#ifdef __linux__
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

using namespace posbias;

namespace {

/// How many are inside at once, at most.
class Crowd {
public:
    void enter()
    {
        const int now = ++m_inside;
        for (int most = m_most; most < now && !m_most.compare_exchange_weak(most, now);) {
        }
    }
    void leave() { --m_inside; }
    int most() const { return m_most; }

private:
    std::atomic<int> m_inside = 0, m_most = 0;
};

int cores()
{
    return static_cast<int>(WorkPool::shared().cores());
}

}  // namespace

class WorkPoolTest : public QObject {
    Q_OBJECT
private slots:
    void everyPartIsDoneOnce()
    {
        for (const std::size_t count : {0, 1, 2, 3, 1000}) {
            std::vector<std::atomic<int>> done(count);
            inParallel(count, [&](std::size_t k) { ++done[k]; });
            for (const std::atomic<int>& times : done)
                QCOMPARE(times.load(), 1);
        }
    }

    void theFirstFailureStopsTheRestAndIsThrown()
    {
        std::atomic<int> done = 0;
        QVERIFY_EXCEPTION_THROWN(inParallel(1000000,
                                            [&](std::size_t k) {
                                                ++done;
                                                if (k == 10)
                                                    throw std::runtime_error("ten");
                                            }),
                                 std::runtime_error);
        QVERIFY(done < 1000000);
        inParallel(3, [&](std::size_t) { ++done; });  // it goes on working
    }

    void partsThatShareOutWorkOfTheirOwnDoNotLockUp()
    {
        std::atomic<int> done = 0;
        std::mutex held;  // as data that several parts need, made by the first
        JobGroup jobs(Urgency::Soon);
        for (int job = 0; job < 12; ++job)
            jobs.start([&] {
                inParallel(6, [&](std::size_t) {
                    const std::scoped_lock lock(held);
                    inParallel(6, [&](std::size_t) { inParallel(6, [&](std::size_t) { ++done; }); });
                });
            });
        inParallel(50, [&](std::size_t) { inParallel(10, [&](std::size_t) { ++done; }); });
        jobs.wait();
        QCOMPARE(done.load(), 12 * 216 + 500);
    }

    void noMoreThreadsComputeThanThereAreCores()
    {
        WorkPool::shared().waitForJobs();
        Crowd crowd;
        inParallel(40, [&](std::size_t) {
            inParallel(40, [&](std::size_t) {
                crowd.enter();
                for (int spin = 0; spin < 2000; ++spin)
                    std::atomic_signal_fence(std::memory_order_seq_cst);
                crowd.leave();
            });
        });
        QVERIFY2(crowd.most() <= cores(), qPrintable(QString::number(crowd.most())));
    }

    void manyCallsStartNoThreads()
    {
        std::mutex guard;
        std::set<std::thread::id> seen;
        for (int call = 0; call < 2000; ++call)
            inParallel(8, [&](std::size_t) {
                const std::scoped_lock lock(guard);
                seen.insert(std::this_thread::get_id());
            });
        QVERIFY2(static_cast<int>(seen.size()) <= cores() + 1, qPrintable(QString::number(seen.size())));
    }

    void longJobsDoNotKeepAShortOneFromBeginning()
    {
        std::counting_semaphore<> gate(0);
        JobGroup longOnes(Urgency::Later), shortOnes(Urgency::Soon);
        const int many = 2 * cores() + 2;
        for (int k = 0; k < many; ++k)
            longOnes.start([&] { gate.acquire(); });
        std::atomic<int> done = 0;
        shortOnes.start([&] { inParallel(100, [&](std::size_t) { ++done; }); });
        shortOnes.wait();
        QCOMPARE(done.load(), 100);
        gate.release(many);
    }

    void moreJobsThanMayRunAtOnceAreAllDone()
    {
        Crowd crowd;
        std::atomic<int> done = 0;
        {
            JobGroup jobs(Urgency::Soon);
            for (int k = 0; k < 200; ++k)
                jobs.start([&] {
                    crowd.enter();
                    ++done;
                    crowd.leave();
                });
        }  // waits
        QCOMPARE(done.load(), 200);
        QVERIFY(crowd.most() <= static_cast<int>(WorkPool::shared().mostJobs(Urgency::Soon)));
    }

    /// The last, as it is for the whole process.
    void underAWindowThreadsOfThePoolComeSecond()
    {
        WorkPool::shared().yieldToThisThread();
        const std::thread::id window = std::this_thread::get_id();
        bool alone = true;
        inParallel(1000, [&](std::size_t) { alone = alone && std::this_thread::get_id() == window; });
        QVERIFY(alone);
#ifdef __linux__
        const auto niceHere = [] { return getpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid))); };
        const int own = niceHere();
        std::array<std::atomic<int>, 2> nice{};
        for (const Urgency urgency : {Urgency::Soon, Urgency::Later}) {
            JobGroup jobs(urgency);
            jobs.start([&] { nice[static_cast<std::size_t>(urgency)] = niceHere(); });
        }
        QCOMPARE(niceHere(), own);
        if (own < 5) {  // 19 is the most
            QVERIFY(nice[0] > own);
            QVERIFY(nice[1] > nice[0]);
        }
        std::atomic<int> least = 20;
        JobGroup jobs(Urgency::Later);
        jobs.start([&] {
            inParallel(1000, [&](std::size_t) {
                for (int seen = least, now = niceHere(); now < seen && !least.compare_exchange_weak(seen, now);) {
                }
            });
        });
        jobs.wait();
        QVERIFY(least > own);
#endif
    }
};

QTEST_GUILESS_MAIN(WorkPoolTest)
#include "work_pool.moc"
