// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Progress of long work on a terminal, and its end on Ctrl+C.

#include "core/base/progress.h"

#include <chrono>
#include <string>

namespace posbias::app {

/// Shows "what 42 %, 12 s left" on standard error, if that is a terminal, once the work has taken a second; the line
/// is taken away at the end.
class LongWork {
public:
    LongWork(std::string what, bool quiet);
    ~LongWork();
    LongWork(const LongWork&) = delete;
    LongWork& operator=(const LongWork&) = delete;

    Progress progress();

private:
    void show(double fraction);

    std::string m_what;
    bool m_visible = false;
    bool m_shown = false;
    std::chrono::steady_clock::time_point m_start;
    std::chrono::steady_clock::time_point m_next;
};

}  // namespace posbias::app
