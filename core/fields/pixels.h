// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// n x n fields by the pixel: one value for each pixel of a visible range, whatever n is.

#include "core/base/progress.h"
#include "core/fields/attention.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace posbias {

/// A visible range in cell coordinates: cell (i, j) covers queries [i, i+1) and keys [j, j+1).
struct CellRect {
    double firstKey = 0.0, lastKey = 1.0;      ///< left, right
    double firstQuery = 0.0, lastQuery = 1.0;  ///< top, bottom
    bool operator==(const CellRect&) const = default;
};

/// Row-major, top row (smallest query) first, shape (height, width).
struct PixelGrid {
    int width = 0;
    int height = 0;
    std::vector<double> value;    ///< average over the visible cells that the pixel covers; 0 where there are none
    std::vector<float> coverage;  ///< visible share of the cells covered, 0..1: an alpha
    /// Not averages but the middle cell of each pixel (content scores over too many cells); say so beside the picture.
    bool sampled = false;
};

/// A pixel covers the whole cells floor(first + p w) .. floor(first + (p + 1) w) - 1, at least one: zoomed in, exact
/// cells; zoomed out, the average of those that the mask lets see.
class MapSource {
public:
    virtual ~MapSource() = default;
    /// Thread-safe. Throws Cancelled. Pixels beyond the sequence have coverage 0.
    virtual PixelGrid pixels(const CellRect& rect, int width, int height, const Progress& progress = {}) const = 0;
    /// The exact value of a cell; NaN-free: masked cells give 0.
    virtual double at(std::int64_t query, std::int64_t key) const = 0;
    virtual std::int64_t length() const = 0;
    virtual Mask mask() const = 0;
};

/// B[i,j] = values(i - j). O(n) to make, O(1) for each pixel; averages exact to 2^-40 of a unit.
std::shared_ptr<const MapSource> biasMap(const OffsetValues& values, Mask mask, std::int64_t length);
/// A[i,j]; without content relative error at most 0.5 % + 1e-12, with content exact or sampled.
std::shared_ptr<const MapSource> attentionMap(std::shared_ptr<const AttentionField> field);
/// log10(second / first), of the averages where zoomed out.
std::shared_ptr<const MapSource> attentionRatioMap(std::shared_ptr<const MapSource> first,
                                                   std::shared_ptr<const MapSource> second);

}  // namespace posbias
