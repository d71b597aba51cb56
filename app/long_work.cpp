// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/long_work.h"

#include "app/interruption.h"

#include <cstdio>

#include <unistd.h>

namespace posbias::app {

namespace {

/// "12 s", "3 min", "2.5 h"
std::string inWords(double seconds)
{
    char text[32];
    if (seconds < 99.5)
        std::snprintf(text, sizeof text, "%.0f s", seconds);
    else if (seconds < 99.5 * 60.0)
        std::snprintf(text, sizeof text, "%.0f min", seconds / 60.0);
    else
        std::snprintf(text, sizeof text, "%.1f h", seconds / 3600.0);
    return text;
}

}  // namespace

LongWork::LongWork(std::string what, bool quiet)
    : m_what(std::move(what)),
      m_visible(!quiet && isatty(STDERR_FILENO) == 1),
      m_start(std::chrono::steady_clock::now()),
      m_next(m_start + std::chrono::seconds(1))
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
    const std::chrono::duration<double> elapsed = now - m_start;
    const std::string left =
        fraction > 0.0 ? ", " + inWords(elapsed.count() * (1.0 - fraction) / fraction) + " left" : "";
    std::fprintf(stderr, "\r%s %d %%%s\033[K", m_what.c_str(), static_cast<int>(fraction * 100.0), left.c_str());
}

}  // namespace posbias::app
