// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The same work on all cores.

#include "core/base/work_pool.h"

#include <cstddef>

namespace posbias {

/// Calls work(k) for k = 0 .. count - 1, in no particular order, on this thread and on others of the pool that have
/// nothing to do; returns when all have been done. The first exception stops the rest and is thrown here.
template <typename Work>
void inParallel(std::size_t count, Work&& work)
{
    const auto call = [&work](std::size_t k) { work(k); };
    using Call = decltype(call);
    WorkPool::shared().share(
        count, [](void* called, std::size_t k) { (*static_cast<Call*>(called))(k); },
        const_cast<void*>(static_cast<const void*>(&call)));
}

}  // namespace posbias
