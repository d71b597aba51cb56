// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Random fields of biases and views of them, and the definition of a pixel, cell by cell in long double.

#include "core/fields/pixels.h"
#include "core/schemes/scheme.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>

namespace posbias::samples {

struct BiasField {
    std::shared_ptr<const OffsetValues> bias;
    Mask mask = Mask::Causal;
    std::int64_t length = 1;

    std::shared_ptr<const MapSource> map(double shift = 0.0) const { return biasMap(bias, shift, mask, length); }
    std::shared_ptr<const MapSource> attention() const
    {
        return attentionMap(std::make_shared<AttentionField>(*bias, mask, length));
    }
};

inline std::int64_t uniform(std::int64_t low, std::int64_t high, std::mt19937& random)
{
    return std::uniform_int_distribution<std::int64_t>(low, high)(random);
}

inline double uniformReal(double low, double high, std::mt19937& random)
{
    return std::uniform_real_distribution<double>(low, high)(random);
}

/// Per-offset with some training length, or either variant of T5.
inline Scheme randomScheme(std::mt19937& random)
{
    switch (uniform(0, 2, random)) {
    case 0: return PerOffset{};
    case 1: return T5{T5Variant::HuggingFace, uniform(4, 40, random), uniform(21, 200, random)};
    default: return T5{T5Variant::Book, uniform(4, 40, random), uniform(21, 200, random)};
    }
}

/// How biases go with distance.
enum class Course { Mild, Falling, Rising, Wild, Steep };
inline constexpr Course courses[] = {Course::Mild, Course::Falling, Course::Rising, Course::Wild, Course::Steep};

inline double biasAt(Course course, double distance, std::mt19937& random)
{
    switch (course) {
    case Course::Mild: return -1.5 * std::log1p(distance) + std::normal_distribution<double>(0.0, 2.0)(random);
    case Course::Falling: return -10.0 * distance;
    case Course::Rising: return 10.0 * distance;
    case Course::Wild: return uniformReal(-300.0, 300.0, random);
    case Course::Steep: return uniformReal(-3e4, 3e4, random);
    }
    return 0.0;
}

/// One random value for each parameter of the scheme; offsets without one have the initial value.
inline BiasField randomField(const Scheme& scheme, Course course, Mask mask, std::int64_t length, std::mt19937& random)
{
    const ParameterTable table = parameterTable(scheme, mask, uniform(1, length + 20, random));
    std::vector<double> parameters;
    for (std::int64_t p = 0; p < table.parameterCount(); ++p) {
        const Segment offsets = table.offsetsOf(p);
        // The end nearer to offset 0; the other may be open.
        const auto distance = static_cast<double>(offsets.first > 0  ? offsets.first
                                                  : offsets.last < 0 ? -offsets.last
                                                                     : 0);
        parameters.push_back(offsets.last < offsets.first ? 0.0 : biasAt(course, distance, random));
    }
    const double initial = uniform(0, 1, random) ? 0.0 : uniformReal(-5.0, 5.0, random);
    auto bias = std::make_shared<OffsetValues>(visibleOffsets(mask, length));
    std::ranges::fill(bias->values, initial);
    for (const Segment& segment : table.segments(bias->range()))
        for (std::int64_t d = segment.first; d <= segment.last; ++d)
            (*bias)[d] = parameters[segment.parameterAt(d)];
    return {bias, mask, length};
}

/// Every cell of a field, masked ones 0.
class Cells {
public:
    explicit Cells(std::int64_t length) : m_length(length), m_values(length * length) {}

    static Cells ofBias(const BiasField& field, double shift)
    {
        Cells cells(field.length);
        cells.fill(field.mask, [&](std::int64_t i, std::int64_t j) {
            return (*field.bias)[i - j] - static_cast<long double>(shift);
        });
        return cells;
    }

    /// The softmax of each row.
    static Cells ofAttention(const BiasField& field)
    {
        Cells cells(field.length);
        for (std::int64_t i = 0; i < field.length; ++i) {
            const std::int64_t keys = field.mask == Mask::Causal ? i + 1 : field.length;
            long double max = (*field.bias)[i], sum = 0.0L;
            for (std::int64_t j = 0; j < keys; ++j)
                max = std::max<long double>(max, (*field.bias)[i - j]);
            for (std::int64_t j = 0; j < keys; ++j)
                sum += cells.at(i, j) = std::exp((*field.bias)[i - j] - max);
            for (std::int64_t j = 0; j < keys; ++j)
                cells.at(i, j) /= sum;
        }
        return cells;
    }

    long double at(std::int64_t i, std::int64_t j) const { return m_values[i * m_length + j]; }
    long double& at(std::int64_t i, std::int64_t j) { return m_values[i * m_length + j]; }

private:
    template <typename Value>
    void fill(Mask mask, Value value)
    {
        for (std::int64_t i = 0; i < m_length; ++i)
            for (std::int64_t j = 0; j < (mask == Mask::Causal ? i + 1 : m_length); ++j)
                at(i, j) = value(i, j);
    }

    std::int64_t m_length;
    std::vector<long double> m_values;
};

struct View {
    CellRect rect;
    int width = 1, height = 1;
};

/// Whole, zoomed out, zoomed in, partly or wholly outside; pixels of any shape.
inline View randomView(std::int64_t length, std::mt19937& random)
{
    const auto n = static_cast<double>(length);
    const int width = static_cast<int>(uniform(1, 23, random)), height = static_cast<int>(uniform(1, 23, random));
    switch (uniform(0, 3, random)) {
    case 0: return {{0.0, n, 0.0, n}, width, height};
    case 1: {  // a few cells, most of them larger than a pixel
        const double key = uniformReal(-1.0, n, random), lastKey = key + uniformReal(0.3, 12.0, random);
        const double query = uniformReal(-1.0, n, random), lastQuery = query + uniformReal(0.3, 12.0, random);
        return {{key, lastKey, query, lastQuery}, width, height};
    }
    default: {
        const double key = uniformReal(-0.6 * n, n, random), lastKey = key + uniformReal(1.0, 1.6 * n, random);
        const double query = uniformReal(-0.6 * n, n, random), lastQuery = query + uniformReal(1.0, 1.6 * n, random);
        return {{key, lastKey, query, lastQuery}, width, height};
    }
    }
}

/// The cells that pixel p covers: first and one past the last.
inline std::pair<std::int64_t, std::int64_t> cellsOfPixel(double first, double last, int pixels, int p)
{
    const auto border = [&](int k) {
        return static_cast<std::int64_t>(std::floor(k == pixels ? last : first + k * (last - first) / pixels));
    };
    return {border(p), std::max(border(p) + 1, border(p + 1))};
}

struct Average {
    long double value = 0.0L;
    double coverage = 0.0;
    bool oneCell = false;
};

inline Average average(const Cells& cells, Mask mask, std::int64_t length, const View& view, int x, int y)
{
    const auto [i0, i1] = cellsOfPixel(view.rect.firstQuery, view.rect.lastQuery, view.height, y);
    const auto [j0, j1] = cellsOfPixel(view.rect.firstKey, view.rect.lastKey, view.width, x);
    long double sum = 0.0L;
    std::int64_t visible = 0;
    for (auto i = std::max<std::int64_t>(i0, 0); i < std::min(i1, length); ++i)
        for (auto j = std::max<std::int64_t>(j0, 0); j < std::min(j1, mask == Mask::Causal ? i + 1 : length); ++j) {
            sum += cells.at(i, j);
            ++visible;
        }
    const std::int64_t covered = (i1 - i0) * (j1 - j0);
    return {visible > 0 ? sum / static_cast<long double>(visible) : 0.0L,
            static_cast<double>(visible) / static_cast<double>(covered), covered == 1};
}

}  // namespace posbias::samples
