// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Whole numbers as programs write them into tables.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace posbias {

/// Why a text is no whole number: "it must be a whole number", or "it may be 1 or 1000; ...".
struct NoWholeNumber {
    std::string reason;
};

/// 512, +512, 512.0, 512,0 (a comma for the decimals), 5.12e+02, 1e+05: exactly, never by way of a floating-point number.
/// Magnitudes from 10^18 on are +-10^18. A mark before three digits, "1,000" or "1.000", may stand for decimals or for
/// thousands, and is refused whatever the number.
std::variant<std::int64_t, NoWholeNumber> wholeNumber(std::string_view text);

}  // namespace posbias
