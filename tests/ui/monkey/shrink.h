// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A long list that fails, shrunk to a short one that fails as well: delta debugging (Zeller & Hildebrandt 2002).

#include <algorithm>
#include <cstddef>
#include <functional>
#include <vector>

namespace posbias::ui::monkey {

/// Of a list of which no single element can be left out. `mayGoOn`: asked before each trial.
template <class T>
std::vector<T> shrunk(
    std::vector<T> list, const std::function<bool(const std::vector<T>&)>& fails,
    const std::function<bool()>& mayGoOn = [] { return true; })
{
    std::size_t chunk = std::max<std::size_t>(1, list.size() / 2);
    while (!list.empty()) {
        bool shorter = false;
        for (std::size_t at = list.size(); at > 0 && mayGoOn();) {  // the last events are the likeliest to matter
            const std::size_t first = at > chunk ? at - chunk : 0;
            std::vector<T> rest(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(first));
            rest.insert(rest.end(), list.begin() + static_cast<std::ptrdiff_t>(at), list.end());
            if (fails(rest)) {
                list = std::move(rest);
                shorter = true;
            }
            at = first;
        }
        if (!mayGoOn() || (chunk == 1 && !shorter))
            break;
        if (!shorter)
            chunk = std::max<std::size_t>(1, chunk / 2);
        chunk = std::min(chunk, std::max<std::size_t>(1, list.size()));
    }
    return list;
}

}  // namespace posbias::ui::monkey
