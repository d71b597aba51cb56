// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/form/slider_range.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace posbias::ui {

namespace {

constexpr double zeroShare = 0.04;     // of the slider's way, where its left end is 0
constexpr double catchOctaves = 0.07;  // how near a power of two catches

double significant(double value, int digits)
{
    if (value == 0.0)
        return 0.0;
    const double unit = std::pow(10.0, std::floor(std::log10(std::fabs(value))) - (digits - 1));
    // Dividing by the inverse keeps 0.03 the double nearest to 0.03.
    return unit < 1.0 ? std::round(value / unit) / std::round(1.0 / unit) : std::round(value / unit) * unit;
}

struct Useful {
    std::string_view key;  ///< the last part of a path
    double low, high;
    bool powersOfTwo = false;
};
constexpr Useful usefulRanges[] = {
    {"trainingLength", 8, 65'536, true},
    {"length", 8, 65'536, true},
    {"buckets", 2, 256, true},
    {"maxDistance", 2, 4096, true},
    {"exponent", 0, 4},
    {"scale", 1, 4096},
    {"width", 1, 4096, true},
    {"penalty", 0, 15},
    {"amplitude", 0, 5},
    {"period", 2, 1024, true},
    {"documents", 1, 10'000},
    {"min", 1, 1024, true},
    {"learningRate", 1e-4, 1},
    {"steps", 1, 100'000},
    {"weightDecay", 1e-9, 0.1},
    {"batch", 1, 1000},
    {"spread", 0, 5},
    {"heldOut", 1, 10'000},
    {"a", -10, 10},
    {"b", -10, 10},
    {"points", 2, 100},
    {"seeds", 1, 32},
    {"initial", -10, 10},
    {"dimension", 1, 256, true},
};

}  // namespace

double SliderRange::linearStep() const
{
    if (whole)
        return std::max(1.0, std::round((high - low) / 100.0));
    const double unit = std::pow(10.0, std::floor(std::log10((high - low) / 100.0)));
    const double lead = (high - low) / 100.0 / unit;
    return unit * (lead > 5.0 ? 10.0 : lead > 2.0 ? 5.0 : lead > 1.0 ? 2.0 : 1.0);
}

double SliderRange::rounded(double value) const
{
    if (!logarithmic)
        return significant(std::round(value / linearStep()) * linearStep(), 12);
    if (value <= 0.0)
        return 0.0;
    const double power = std::exp2(std::round(std::log2(value)));
    if (powersOfTwo && power >= 8.0 && std::fabs(std::log2(value / power)) < catchOctaves)
        return power;
    return whole && value < 100.0 ? std::round(value) : significant(value, 2);
}

double SliderRange::valueAt(double fraction) const
{
    if (!logarithmic)
        return std::clamp(rounded(low + fraction * (high - low)), low, high);
    if (zero && fraction < 0.5 * zeroShare)
        return 0.0;
    const double way = zero ? std::max(0.0, (fraction - zeroShare) / (1.0 - zeroShare)) : fraction;
    return std::clamp(rounded(low * std::pow(high / low, way)), low, high);
}

double SliderRange::fractionOf(double value) const
{
    if (zero && value <= 0.0)
        return 0.0;
    const double inside = std::clamp(value, low, high);
    if (!logarithmic)
        return (inside - low) / (high - low);
    const double way = std::log(inside / low) / std::log(high / low);
    return zero ? zeroShare + (1.0 - zeroShare) * way : way;
}

double SliderRange::stepped(double value, int direction, bool page) const
{
    const double least = zero ? 0.0 : low;
    if ((direction > 0 && value >= high) || (direction < 0 && value <= least))
        return value;
    double next;
    if (!logarithmic) {
        next = rounded(value + direction * linearStep() * (page ? 10.0 : 1.0));
    } else if (zero && (value <= 0.0 || (direction < 0 && value <= low))) {
        next = direction > 0 ? low : 0.0;
    } else {
        const double factor = page ? 2.0 : std::exp2(0.125);
        next = direction > 0 ? value * factor : value / factor;
        // Doubling stays exact; a small step is rounded, but always moves.
        next = whole ? std::round(next) : page ? next : significant(next, 2);
        if (next == value)
            next += direction * (whole ? 1.0 : 0.1 * value);
    }
    return std::clamp(next, least, std::max(high, least));
}

std::optional<SliderRange> sliderRange(const FieldDescription& field)
{
    const std::string_view path = field.path;
    const std::string_view key = path.substr(path.rfind('.') + 1);
    if ((field.type != FieldType::Integer && field.type != FieldType::Real) || key == "seed")
        return std::nullopt;
    SliderRange range{field.min, field.max};
    for (const Useful& useful : usefulRanges)
        if (useful.key == key)
            range = {std::max(useful.low, field.min), std::min(useful.high, field.max), false, false,
                     useful.powersOfTwo};
    range.whole = field.type == FieldType::Integer;
    range.logarithmic = (field.logarithmic || key == "weightDecay") && range.high > 0.0;
    range.zero = range.logarithmic && field.min <= 0.0 && !field.minExcluded;
    if (range.logarithmic && range.low <= 0.0)
        range.low = range.whole ? 1.0 : range.high * 1e-6;
    return range;
}

}  // namespace posbias::ui
