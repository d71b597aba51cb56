// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/calm_update.h"

#include <algorithm>

namespace posbias::ui {

CalmUpdate::CalmUpdate(std::function<void()> answer, int interval) : m_answer(std::move(answer)), m_interval(interval)
{
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &CalmUpdate::now);
}

void CalmUpdate::ask()
{
    if (m_lastCost > costly)
        m_soon.start(rest);
    else if (!m_soon.isActive())
        m_soon.start(m_sinceLast.isValid() ? static_cast<int>(std::max<qint64>(0, m_interval - m_sinceLast.elapsed()))
                                           : 0);
}

void CalmUpdate::now()
{
    m_soon.stop();
    QElapsedTimer clock;
    clock.start();
    m_answer();
    m_lastCost = clock.elapsed();
    m_sinceLast.start();
}

}  // namespace posbias::ui
