// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The same work on all cores.

#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace posbias {

/// Calls work(k) for k = 0 .. count - 1, in no particular order, on this thread and one more for each other core;
/// returns when all have been done. The first exception stops the rest and is thrown here.
template <typename Work>
void inParallel(std::size_t count, Work&& work)
{
    std::atomic<std::size_t> next{0};
    std::exception_ptr failure;
    std::mutex failing;
    const auto run = [&] {
        try {
            for (std::size_t k = next++; k < count; k = next++)
                work(k);
        } catch (...) {
            next = count;
            const std::scoped_lock lock(failing);
            if (!failure)
                failure = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> helpers;
        const std::size_t cores = std::thread::hardware_concurrency();
        for (std::size_t t = 1; t < cores && t < count; ++t)
            helpers.emplace_back(run);
        run();
    }
    if (failure)
        std::rethrow_exception(failure);
}

}  // namespace posbias
