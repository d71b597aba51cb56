// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Random numbers that belong to a place: number i of a stream costs no more than number 0, and every machine finds the
// same bits.
//
// Normal numbers by the ziggurat (Marsaglia & Tsang 2000): the area under exp(-x^2 / 2) is covered by 128 layers of equal
// area, and almost every number is a whole number times its layer's width. The layer takes 7 random bits of its own and
// the whole number 25 others (Doornik 2005). Both factors are single precision, so that their product is exact in double
// precision and no machine rounds it differently.

#include <array>
#include <cstdint>
#include <cstdlib>

namespace posbias {

inline constexpr std::uint64_t splitMixStep = 0x9e3779b97f4a7c15u;

/// SplitMix64 (Steele, Lea & Flood 2014): its output for this state; successive states are `splitMixStep` apart.
inline std::uint64_t splitMix(std::uint64_t state)
{
    std::uint64_t x = state + splitMixStep;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

struct Ziggurat {
    static constexpr int layers = 128;
    static constexpr double edge = 3.442619855899, area = 9.91256303526217e-3;  ///< where the tail begins; of a layer

    std::array<double, layers> unit;         ///< width of a layer / 2^25
    std::array<std::int32_t, layers> inner;  ///< odd numbers below lie under the next layer too: no need to look closer
    std::array<double, layers + 1> height;   ///< exp(-x^2 / 2) at the layers' ends

    Ziggurat();
    /// The rare rest of the method, with random numbers of its own.
    double outsideOfLayer(std::uint32_t bits, std::uint64_t state) const;
};
extern const Ziggurat ziggurat;

/// Of 32 random bits; `state` for the one number in forty that needs more.
inline double standardNormal(std::uint32_t bits, std::uint64_t state)
{
    const std::uint32_t layer = bits & 127u;
    const std::int32_t odd = 2 * (static_cast<std::int32_t>(bits) >> 7) + 1;
    if (std::abs(odd) < ziggurat.inner[layer]) [[likely]]
        return odd * ziggurat.unit[layer];
    return ziggurat.outsideOfLayer(bits, splitMix(state ^ bits));
}

}  // namespace posbias
