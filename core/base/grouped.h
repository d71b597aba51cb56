// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Whole numbers as figures write them.

#include <cstdint>
#include <string>

namespace posbias {

/// From five digits on in threes, with thin spaces.
inline std::string grouped(std::int64_t number)
{
    std::string text = std::to_string(number);
    if (text.size() < 5)
        return text;
    for (auto place = static_cast<std::ptrdiff_t>(text.size()) - 3; place > 0; place -= 3)
        text.insert(static_cast<std::size_t>(place), "\u2009");
    return text;
}

}  // namespace posbias
