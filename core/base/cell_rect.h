// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace posbias {

/// A visible range in cell coordinates: cell (i, j) covers queries [i, i+1) and keys [j, j+1).
struct CellRect {
    double firstKey = 0.0, lastKey = 1.0;      ///< left, right
    double firstQuery = 0.0, lastQuery = 1.0;  ///< top, bottom
    bool operator==(const CellRect&) const = default;
};

}  // namespace posbias
