// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/normal_numbers.h"

#include <cmath>

namespace posbias {

const Ziggurat ziggurat;

Ziggurat::Ziggurat()
{
    constexpr double full = 33554432.0;  // 2^25
    std::array<double, layers + 1> x;
    x[0] = area / std::exp(-0.5 * edge * edge);  // the lowest layer's box is as wide as its area with the tail
    x[1] = edge;
    for (int i = 2; i < layers; ++i)
        x[i] = std::sqrt(-2.0 * std::log(area / x[i - 1] + std::exp(-0.5 * x[i - 1] * x[i - 1])));
    x[layers] = 0.0;
    for (int i = 0; i <= layers; ++i)
        height[i] = std::exp(-0.5 * x[i] * x[i]);
    for (int i = 0; i < layers; ++i) {
        unit[i] = static_cast<double>(static_cast<float>(x[i] / full));
        inner[i] = static_cast<std::int32_t>(full * (x[i + 1] / x[i]));
    }
}

double Ziggurat::outsideOfLayer(std::uint32_t bits, std::uint64_t state) const
{
    const auto random = [&] {
        const std::uint64_t value = splitMix(state);
        state += splitMixStep;
        return value;
    };
    const auto uniform = [&] { return (static_cast<double>(random() >> 12) + 0.5) * 0x1p-52; };  // 0 < u < 1
    for (;; bits = static_cast<std::uint32_t>(random() >> 32)) {
        const int layer = static_cast<int>(bits & 127u);
        const std::int32_t odd = 2 * (static_cast<std::int32_t>(bits) >> 7) + 1;
        const double x = odd * unit[layer];
        if (std::abs(odd) < inner[layer])
            return x;
        if (layer == 0) {  // the tail (Marsaglia 1964)
            double beyond, level;
            do {
                beyond = -std::log(uniform()) / edge;
                level = -std::log(uniform());
            } while (2.0 * level < beyond * beyond);
            const double value = static_cast<double>(static_cast<float>(edge + beyond));
            return odd > 0 ? value : -value;
        }
        const double lower = height[layer], upper = height[layer + 1];
        if (lower + uniform() * (upper - lower) < std::exp(-0.5 * x * x))
            return x;
    }
}

}  // namespace posbias
