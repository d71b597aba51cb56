// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The progress of parts that run at the same time.

#include "core/base/progress.h"

#include <algorithm>
#include <mutex>
#include <vector>

namespace posbias {

/// Tells the mean of its parts' fractions. `whole` outlives it, and it its parts.
class JointProgress {
public:
    JointProgress(const Progress& whole, std::size_t parts) : m_whole(whole), m_done(parts, 0.0) {}

    /// Whatever thread it reports from: reports reach `whole` one at a time, never falling.
    Progress part(std::size_t k)
    {
        Progress progress{m_whole.stop, {}};
        if (m_whole.report)
            progress.report = [this, k](double fraction) { tell(k, fraction); };
        return progress;
    }

private:
    void tell(std::size_t k, double fraction)
    {
        const std::scoped_lock lock(m_telling);
        m_done[k] = std::max(m_done[k], fraction);
        double sum = 0.0;
        for (const double done : m_done)
            sum += done;
        m_whole.report(sum / static_cast<double>(m_done.size()));
    }

    const Progress& m_whole;
    std::mutex m_telling;
    std::vector<double> m_done;
};

}  // namespace posbias
