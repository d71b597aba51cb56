// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Colour maps as data: those of published_colours.h; grey, even in lightness; and, diverging, RdBu and PuOr of Brewer's
// ColorBrewer 2.0 (2002, Apache 2.0), their 11 classes joined evenly in Oklab. All are safe for colour-blind eyes.

#include "core/figure/figure.h"

#include <array>
#include <cstdint>

namespace posbias::ui {

inline constexpr std::size_t colourTableSize = 256;
using ColourTable = std::array<std::uint32_t, colourTableSize>;  ///< 0xffrrggbb, from the low end to the high one

const ColourTable& colourTable(ColourMapName name);

}  // namespace posbias::ui
