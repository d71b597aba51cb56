// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How long work tells where it is and hears that it should stop.

#include "core/base/error.h"

#include <cstddef>
#include <functional>
#include <stop_token>

namespace posbias {

struct Progress {
    std::stop_token stop = {};
    /// Called from the working thread with the fraction done, 0..1. May be empty.
    std::function<void(double)> report = {};

    /// Throws Cancelled when a stop was asked for.
    void check() const
    {
        if (stop.stop_requested())
            throw Cancelled();
    }
    /// Of the k-th of `count` equal parts of the work, done one after the other.
    Progress part(std::size_t k, std::size_t count) const
    {
        Progress progress{stop, {}};
        if (report)
            progress.report = [whole = report, first = static_cast<double>(k),
                               all = static_cast<double>(count)](double fraction) { whole((first + fraction) / all); };
        return progress;
    }
    void at(double fraction) const
    {
        check();
        if (report)
            report(fraction);
    }
};

}  // namespace posbias
