// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How long work tells where it is and hears that it should stop.

#include "core/base/error.h"

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
    void at(double fraction) const
    {
        check();
        if (report)
            report(fraction);
    }
};

}  // namespace posbias
