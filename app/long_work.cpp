// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/long_work.h"

#include "app/interruption.h"

#include <cstdio>

#include <unistd.h>

namespace posbias::app {

LongWork::LongWork(std::string what, bool quiet)
    : m_what(std::move(what)), m_visible(!quiet && isatty(STDERR_FILENO) == 1),
      m_next(std::chrono::steady_clock::now() + std::chrono::seconds(1))
{
}

LongWork::~LongWork()
{
    if (m_shown)
        std::fputs("\r\033[K", stderr);
}

Progress LongWork::progress()
{
    Progress progress;
    progress.stop = interruption();
    if (m_visible)
        progress.report = [this](double fraction) { show(fraction); };
    return progress;
}

void LongWork::show(double fraction)
{
    const auto now = std::chrono::steady_clock::now();
    if (now < m_next)
        return;
    m_next = now + std::chrono::milliseconds(100);
    m_shown = true;
    std::fprintf(stderr, "\r%s %d %%\033[K", m_what.c_str(), static_cast<int>(fraction * 100.0));
}

}  // namespace posbias::app
