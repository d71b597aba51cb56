// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How far two words are apart, to find the one that was meant.

#include <algorithm>
#include <numeric>
#include <string_view>
#include <vector>

namespace posbias {

/// Levenshtein distance: the fewest bytes to insert, drop or replace.
inline std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

}  // namespace posbias
