// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Other orders of a figure's rows, for pages on which its own have no room.

#include "core/figure/figure.h"

#include <vector>

namespace posbias::ui {

/// Keeps the order of a figure's panels. Maps that stood beside one another stay in one column of the page.
struct Arrangement {
    std::size_t mapsPerRow = 0;            ///< beside one another at most; 0: as the figure has them
    std::size_t plotsPerRow = 0;           ///< likewise
    bool barsBelow = false;                ///< colour bars that the figure has beside its maps stand below them
    bool legendsOnce = false;              ///< what a legend says is not repeated in the panels that follow
    std::vector<double> columns;           ///< shares of the width; empty: one column
    std::vector<std::size_t> columnOfRow;  ///< of the rows after they were broken
    bool operator==(const Arrangement&) const = default;
};

Figure arranged(Figure figure, const Arrangement& arrangement);

/// All that are worth a trial, the figure's own (Arrangement()) first; each names in every panel what it shows.
std::vector<Arrangement> arrangementsOf(const Figure& figure);
/// Whether legendsOnce changes anything.
bool repeatsLegends(Figure figure);

}  // namespace posbias::ui
