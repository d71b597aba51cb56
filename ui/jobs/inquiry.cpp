// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/inquiry.h"

#include "ui/jobs/work_pool.h"

#include <new>
#include <utility>

namespace posbias::ui {

namespace {

constexpr std::int64_t longSequence = 1 << 14;  // what reads each of its offsets takes about a millisecond

}  // namespace

bool takesLong(const Result& result)
{
    return result.experiment.length > longSequence || result.schemes[0].attention->rowsAreCostly();
}

Inquiry::Inquiry()
{
    connect(&m_running, &QFutureWatcher<Answer>::finished, this, &Inquiry::finished);
}

void Inquiry::ask(Question question, bool slow)
{
    if (!slow) {
        m_waiting = {};
        m_busy = false;
        m_running.setFuture({});  // an older question's answer comes too late
        question()();
    } else if (m_busy) {
        m_waiting = std::move(question);
    } else {
        start(std::move(question));
    }
}

void Inquiry::start(Question question)
{
    m_busy = true;
    m_running.setFuture(startWork([question = std::move(question)]() -> Answer {
        try {
            return question();
        } catch (const std::bad_alloc&) {  // what is shown stays
            return [] {};
        }
    }));
}

void Inquiry::finished()
{
    m_busy = false;
    if (m_running.future().resultCount() > 0)
        m_running.result()();
    if (Question next = std::exchange(m_waiting, {}))
        start(std::move(next));
}

}  // namespace posbias::ui
