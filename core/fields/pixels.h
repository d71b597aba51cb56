// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// n x n fields by the pixel: one value for each pixel of a visible range, whatever n is.

#include "core/base/cell_rect.h"
#include "core/base/progress.h"
#include "core/fields/attention.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace posbias {

/// Row-major, top row (smallest query) first, shape (height, width).
struct PixelGrid {
    int width = 0;
    int height = 0;
    std::vector<double> value;    ///< average over the visible cells that the pixel covers; 0 where there are none
    std::vector<float> coverage;  ///< visible share of the cells covered, 0..1: an alpha
    /// Averages not over all rows but over the middle one of each row of pixels (content scores of very many cells): say
    /// so beside the picture.
    bool sampled = false;
};

/// A stretch of offsets d = i - j whose cells all have one value.
struct ValueRun {
    OffsetRange offsets;
    double value = 0.0;
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
    /// Of a field whose value depends on the offset alone: its maximal runs over `within` that the mask lets see,
    /// ascending. Empty: it depends on more, or there are more than `most`.
    virtual std::vector<ValueRun> runs(OffsetRange /*within*/, std::size_t /*most*/) const { return {}; }
};

/// The field's biases, shared: as long as they live, so does the field.
inline std::shared_ptr<const OffsetValues> biasOf(const std::shared_ptr<const AttentionField>& field)
{
    return {field, &field->bias()};
}

/// B[i,j] = values(i - j) - shift; values: of the visible offsets. O(n) before the first picture, O(1) for each pixel.
/// Averages are exact to 2^-41 and a double's own rounding.
std::shared_ptr<const MapSource> biasMap(std::shared_ptr<const OffsetValues> values, double shift, Mask mask,
                                         std::int64_t length);
/// second - first, two of biasMap(): O(1) to make and to keep. What is not above `rounding` is 0.
std::shared_ptr<const MapSource> biasDifferenceMap(const std::shared_ptr<const MapSource>& first,
                                                   const std::shared_ptr<const MapSource>& second,
                                                   double rounding = 0.0);
/// A[i,j]. Without content, whatever the biases: relative error of an average at most 0.5 % (+ 1e-300), single cells
/// exact. O(n) before the first picture; O(1) for each pixel, and for each change of Z_i by 1 % along a column of them.
/// With content exact while the picture's rows times the length are at most 2^28 (16,384^2) up to dimension 64, and in
/// proportion fewer beyond; else sampled.
std::shared_ptr<const MapSource> attentionMap(std::shared_ptr<const AttentionField> field);
/// log10(second / first), of the averages where zoomed out. What is not above `rounding` is 0.
std::shared_ptr<const MapSource> attentionRatioMap(std::shared_ptr<const MapSource> first,
                                                   std::shared_ptr<const MapSource> second, double rounding = 0.0);

}  // namespace posbias
