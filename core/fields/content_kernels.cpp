// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/content_kernels.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <limits>

#define ALWAYS_INLINE inline __attribute__((always_inline))

namespace posbias::content_kernels {
namespace {

using Four = double __attribute__((vector_size(32)));
using FourBits = std::uint64_t __attribute__((vector_size(32)));

ALWAYS_INLINE void load(Four& four, const double* from)
{
    std::memcpy(&four, from, sizeof four);
}
ALWAYS_INLINE void store(const Four& four, double* to)
{
    std::memcpy(to, &four, sizeof four);
}
ALWAYS_INLINE double total(const Four& four)
{
    return (four[0] + four[1]) + (four[2] + four[3]);
}

/// One panel, `Rows` queries at once, so that what was loaded of the keys is used that often.
template <int Rows>
ALWAYS_INLINE void panelDots(const double* panel, const double* queries, std::size_t dimension, double* scores,
                             std::size_t stride)
{
    Four low[Rows] = {}, high[Rows] = {};
    for (std::size_t c = 0; c < dimension; ++c) {
        Four keysLow, keysHigh;
        load(keysLow, panel + c * panelKeys);
        load(keysHigh, panel + c * panelKeys + 4);
        for (int r = 0; r < Rows; ++r) {
            const double q = queries[static_cast<std::size_t>(r) * dimension + c];
            low[r] += keysLow * q;
            high[r] += keysHigh * q;
        }
    }
    for (int r = 0; r < Rows; ++r) {
        store(low[r], scores + static_cast<std::size_t>(r) * stride);
        store(high[r], scores + static_cast<std::size_t>(r) * stride + 4);
    }
}

ALWAYS_INLINE void dotProductsInline(const double* panels, std::size_t panelCount, const double* queries,
                                     std::size_t rows, std::size_t dimension, double* scores, std::size_t stride)
{
    for (std::size_t p = 0; p < panelCount; ++p) {
        const double* panel = panels + p * panelKeys * dimension;
        double* column = scores + p * panelKeys;
        std::size_t r = 0;
        for (; r + 4 <= rows; r += 4)
            panelDots<4>(panel, queries + r * dimension, dimension, column + r * stride, stride);
        for (; r < rows; ++r)
            panelDots<1>(panel, queries + r * dimension, dimension, column + r * stride, stride);
    }
}

ALWAYS_INLINE double toLogitsInline(double* values, const double* bias, std::size_t count, double scale,
                                    double biasScale)
{
    constexpr double nothing = -std::numeric_limits<double>::infinity();
    Four largest = {nothing, nothing, nothing, nothing};
    std::size_t j = 0;
    for (; j + 4 <= count; j += 4) {
        Four value, rising;
        load(value, values + j);
        load(rising, bias - static_cast<std::ptrdiff_t>(j) - 3);
        const Four falling = {rising[3], rising[2], rising[1], rising[0]};
        value = value * scale + falling * biasScale;
        store(value, values + j);
        largest = value > largest ? value : largest;
    }
    double most = std::max({largest[0], largest[1], largest[2], largest[3]});
    for (; j < count; ++j) {
        values[j] = values[j] * scale + *(bias - static_cast<std::ptrdiff_t>(j)) * biasScale;
        most = std::max(most, values[j]);
    }
    return most;
}

/// exp x = 2^k e^r with k = round(x / ln 2), |r| <= ln 2 / 2; x in -708 .. 0. ln 2 in two parts, so that r is exact
/// (Cody & Waite 1980); e^r by its Taylor series up to r^13.
ALWAYS_INLINE void exponential(Four& x)
{
    constexpr double perLn2 = 0x1.71547652b82fep+0, ln2High = 0x1.62e42fefa0000p-1, ln2Low = 0x1.cf79abc9e3b3ap-40;
    constexpr double rounder = 0x1.8p+52;  // added, it leaves the nearest whole number in the lowest bits
    constexpr double inverseFactorials[] = {1.0 / 6227020800.0,
                                            1.0 / 479001600.0,
                                            1.0 / 39916800.0,
                                            1.0 / 3628800.0,
                                            1.0 / 362880.0,
                                            1.0 / 40320.0,
                                            1.0 / 5040.0,
                                            1.0 / 720.0,
                                            1.0 / 120.0,
                                            1.0 / 24.0,
                                            1.0 / 6.0,
                                            0.5,
                                            1.0,
                                            1.0};
    const auto inRange = reinterpret_cast<FourBits>(x >= -708.0);
    const Four shifted = x * perLn2 + rounder;
    const Four k = shifted - rounder;
    const Four r = (x - k * ln2High) - k * ln2Low;
    Four series = r * inverseFactorials[0] + inverseFactorials[1];
    for (std::size_t t = 2; t < std::size(inverseFactorials); ++t)
        series = series * r + inverseFactorials[t];
    FourBits bits, exponent;
    std::memcpy(&exponent, &shifted, sizeof exponent);
    std::memcpy(&bits, &series, sizeof bits);
    bits = (bits + (exponent << 52)) & inRange;
    std::memcpy(&x, &bits, sizeof x);
}

ALWAYS_INLINE double toWeightsInline(double* values, std::size_t count, double reference)
{
    Four sums = {};
    std::size_t j = 0;
    for (; j + 4 <= count; j += 4) {
        Four value;
        load(value, values + j);
        value -= reference;
        exponential(value);
        store(value, values + j);
        sums += value;
    }
    if (j < count) {
        double last[4];
        std::fill(std::copy(values + j, values + count, last), last + 4, -std::numeric_limits<double>::infinity());
        Four value;
        load(value, last);
        value -= reference;
        exponential(value);
        store(value, last);
        std::copy_n(last, count - j, values + j);
        sums += value;
    }
    return total(sums);
}

ALWAYS_INLINE double sumInline(const double* values, std::size_t count)
{
    Four sums = {};
    std::size_t j = 0;
    for (; j + 4 <= count; j += 4) {
        Four value;
        load(value, values + j);
        sums += value;
    }
    double rest = 0.0;
    for (; j < count; ++j)
        rest += values[j];
    return total(sums) + rest;
}

struct Kernels {
    decltype(&content_kernels::dotProducts) dotProducts;
    decltype(&content_kernels::toLogits) toLogits;
    decltype(&content_kernels::toWeights) toWeights;
    decltype(&content_kernels::sum) sum;
};

constexpr Kernels everywhere = {
    [](const double* panels, std::size_t panelCount, const double* queries, std::size_t rows, std::size_t dimension,
       double* scores,
       std::size_t stride) { dotProductsInline(panels, panelCount, queries, rows, dimension, scores, stride); },
    [](double* values, const double* bias, std::size_t count, double scale, double biasScale) {
        return toLogitsInline(values, bias, count, scale, biasScale);
    },
    [](double* values, std::size_t count, double reference) { return toWeightsInline(values, count, reference); },
    [](const double* values, std::size_t count) { return sumInline(values, count); },
};

#ifdef __x86_64__
#define AVX2 __attribute__((target("avx2,fma")))
AVX2 void dotProductsAvx2(const double* panels, std::size_t panelCount, const double* queries, std::size_t rows,
                          std::size_t dimension, double* scores, std::size_t stride)
{
    dotProductsInline(panels, panelCount, queries, rows, dimension, scores, stride);
}
AVX2 double toLogitsAvx2(double* values, const double* bias, std::size_t count, double scale, double biasScale)
{
    return toLogitsInline(values, bias, count, scale, biasScale);
}
AVX2 double toWeightsAvx2(double* values, std::size_t count, double reference)
{
    return toWeightsInline(values, count, reference);
}
AVX2 double sumAvx2(const double* values, std::size_t count)
{
    return sumInline(values, count);
}

Kernels fastest()
{
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return {dotProductsAvx2, toLogitsAvx2, toWeightsAvx2, sumAvx2};
    return everywhere;
}
#else
Kernels fastest()
{
    return everywhere;
}
#endif

const Kernels& kernels()
{
    static const Kernels chosen = fastest();
    return chosen;
}

}  // namespace

void dotProducts(const double* panels, std::size_t panelCount, const double* queries, std::size_t rows,
                 std::size_t dimension, double* scores, std::size_t stride)
{
    kernels().dotProducts(panels, panelCount, queries, rows, dimension, scores, stride);
}

double toLogits(double* values, const double* bias, std::size_t count, double scale, double biasScale)
{
    return kernels().toLogits(values, bias, count, scale, biasScale);
}

double toWeights(double* values, std::size_t count, double reference)
{
    return kernels().toWeights(values, count, reference);
}

double sum(const double* values, std::size_t count)
{
    return kernels().sum(values, count);
}

}  // namespace posbias::content_kernels
