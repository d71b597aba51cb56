// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schemes/t5.h"

#include "core/base/error.h"
#include "core/schemes/t5_arithmetic.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace posbias {
namespace {

std::string bucketsInWords(const T5& scheme)
{
    const std::string count = std::to_string(scheme.buckets);
    return scheme.variant == T5Variant::Book ? "n_b = " + count : count + " buckets";
}

void checkRange(const char* key, std::int64_t value, std::int64_t least, std::int64_t most)
{
    if (value < least || value > most)
        throw InputError(key, std::string(key) + " is " + std::to_string(value) + ", but must be from " +
                                  std::to_string(least) + " to " + std::to_string(most));
}

/// Distance of an offset on its side. A causal rule sees offsets d < 0 (Hugging Face only) as distance 0.
std::int64_t distanceOf(const T5& scheme, Mask mask, std::int64_t d)
{
    if (d >= 0)
        return d;
    if (mask == Mask::Bidirectional)
        return d == fromInfinity ? toInfinity : -d;
    if (scheme.variant == T5Variant::Book)
        throw InputError("offset", "Offset " + std::to_string(d) +
                                       " has no bucket: the book's causal rule is for offsets from 0 up");
    return 0;
}

/// Added to the bucket of |d|: keys after the query (d < 0) use the upper half.
std::int64_t sideBaseOf(const T5Shape& shape, Mask mask, std::int64_t d)
{
    return mask == Mask::Bidirectional && d < 0 ? shape.perSide : 0;
}

/// Beyond every start: log(dist/m) / log(D/m) > 1 - 1/N for all D that t5Shape allows.
constexpr std::int64_t farDistance = maxT5Distance + 1;

/// The smallest distance in from..farDistance at which a rule, monotone in the distance, takes at least k steps:
/// doubling strides away from a guess, then halving.
template <typename Rule>
std::int64_t firstWithSteps(const Rule& rule, std::int64_t k, std::int64_t from, std::int64_t guess)
{
    std::int64_t low = from, high = farDistance;  // the answer is in low..high
    std::int64_t probe = std::clamp(guess, low, high);
    for (std::int64_t stride = 1; low < high; stride *= 2) {
        const bool reached = rule.steps(probe) >= k;
        (reached ? high : low) = reached ? probe : probe + 1;
        const std::int64_t next = reached ? probe - stride : probe + stride;
        if (next < low || next >= high)
            break;
        probe = next;
    }
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        if (rule.steps(middle) >= k)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

template <typename Rule>
std::vector<std::int64_t> logarithmicStarts(const T5Shape& shape, const Rule& rule)
{
    std::vector<std::int64_t> starts(static_cast<std::size_t>(shape.logarithmic), shape.exact);
    const double m = static_cast<double>(shape.exact);
    const double logStep =
        std::log(static_cast<double>(shape.maxDistance) / m) / static_cast<double>(shape.logarithmic);
    for (std::size_t k = 1; k < starts.size(); ++k) {
        const auto guess = static_cast<std::int64_t>(std::ceil(m * std::exp(static_cast<double>(k) * logStep)));
        starts[k] = firstWithSteps(rule, static_cast<std::int64_t>(k), starts[k - 1], guess);
    }
    return starts;
}

}  // namespace

T5Shape t5Shape(const T5& scheme, Mask mask)
{
    checkRange("buckets", scheme.buckets, 2, maxT5Buckets);
    checkRange("maxDistance", scheme.maxDistance, 1, maxT5Distance);
    T5Shape shape;
    shape.total = scheme.variant == T5Variant::Book ? scheme.buckets + 1 : scheme.buckets;
    shape.perSide = mask == Mask::Causal ? shape.total : shape.total / 2;
    shape.exact = shape.perSide / 2;
    shape.logarithmic = shape.perSide - shape.exact;
    shape.maxDistance = scheme.maxDistance;
    if (shape.exact < 1)
        throw InputError("buckets", "buckets is " + std::to_string(scheme.buckets) + ", but must be at least " +
                                        std::to_string(scheme.variant == T5Variant::Book ? 3 : 4) +
                                        " when bidirectional: each side has half of them");
    if (shape.maxDistance <= shape.exact)
        throw InputError("maxDistance", "maxDistance is " + std::to_string(shape.maxDistance) + ", but with " +
                                            bucketsInWords(scheme) + " it must be above " +
                                            std::to_string(shape.exact) + ": offsets below " +
                                            std::to_string(shape.exact) + " have a bucket each");
    return shape;
}

T5Buckets::T5Buckets(const T5& scheme, Mask mask) : m_scheme(scheme), m_mask(mask), m_shape(t5Shape(scheme, mask))
{
    m_starts = scheme.variant == T5Variant::Book ? logarithmicStarts(m_shape, T5Exact(m_shape))
                                                 : logarithmicStarts(m_shape, T5Float32(m_shape));
}

std::int64_t T5Buckets::bucketOfDistance(std::int64_t distance) const
{
    if (distance < m_shape.exact)
        return distance;
    if (distance >= m_starts.back())
        return m_shape.perSide - 1;
    // The last of equal starts is the one that has distances.
    return m_shape.exact + (std::ranges::upper_bound(m_starts, distance) - m_starts.begin()) - 1;
}

std::int64_t T5Buckets::bucketOf(std::int64_t d) const
{
    return sideBaseOf(m_shape, m_mask, d) + bucketOfDistance(distanceOf(m_scheme, m_mask, d));
}

std::vector<Segment> T5Buckets::runsOfOneSide() const
{
    std::vector<Segment> runs;
    for (std::int64_t b = 0; b < m_shape.exact; ++b)
        runs.push_back({b, b, b, true});
    for (std::size_t k = 0; k < m_starts.size(); ++k) {
        const std::int64_t last = k + 1 < m_starts.size() ? m_starts[k + 1] - 1 : toInfinity;
        if (m_starts[k] <= last)
            runs.push_back({m_starts[k], last, m_shape.exact + static_cast<std::int64_t>(k), true});
    }
    return runs;
}

std::vector<Segment> T5Buckets::runs() const
{
    std::vector<Segment> side = runsOfOneSide();
    if (m_mask == Mask::Causal) {
        if (m_scheme.variant == T5Variant::HuggingFace)
            side.front().first = fromInfinity;
        return side;
    }
    std::vector<Segment> both;
    both.reserve(2 * side.size() - 1);
    // Distance 0 belongs to the past half; the rest is mirrored, far offsets first.
    for (std::size_t i = side.size() - 1; i > 0; --i) {
        const std::int64_t farEnd = side[i].last == toInfinity ? fromInfinity : -side[i].last;
        both.push_back({farEnd, -side[i].first, m_shape.perSide + side[i].parameter, true});
    }
    both.insert(both.end(), side.begin(), side.end());
    return both;
}

T5Derivation deriveBucket(const T5& scheme, Mask mask, std::int64_t d)
{
    T5Derivation derivation;
    derivation.shape = t5Shape(scheme, mask);
    const T5Shape& shape = derivation.shape;
    derivation.offset = d;
    derivation.distance = distanceOf(scheme, mask, d);
    derivation.sideBase = sideBaseOf(shape, mask, d);
    derivation.exactHalf = derivation.distance < shape.exact;
    if (derivation.exactHalf) {
        derivation.bucket = derivation.sideBase + derivation.distance;
        return derivation;
    }
    const auto bucketAfter = [&](std::int64_t steps) {
        return derivation.sideBase + std::min(shape.exact + steps, shape.perSide - 1);
    };
    const T5Exact exact(shape);
    if (scheme.variant == T5Variant::Book) {
        derivation.scaledLog = static_cast<double>(exact.scaledLog(derivation.distance));
        derivation.steps = exact.steps(derivation.distance);
    } else {
        const T5Float32 float32(shape);
        derivation.scaledLog = static_cast<double>(float32.scaledLog(derivation.distance));
        derivation.steps = float32.steps(derivation.distance);
    }
    derivation.capped = shape.exact + derivation.steps > shape.perSide - 1;
    derivation.bucket = bucketAfter(derivation.steps);
    if (const std::int64_t real = bucketAfter(exact.steps(derivation.distance)); real != derivation.bucket)
        derivation.exactBucket = real;
    return derivation;
}

ParameterTable parameterTable(const T5& scheme, Mask mask, std::int64_t)
{
    const T5Buckets buckets(scheme, mask);
    std::vector<Segment> segments = buckets.runs();
    if (mask == Mask::Causal)
        segments.front().first = 0;
    return {buckets.shape().total, std::move(segments)};
}

}  // namespace posbias
