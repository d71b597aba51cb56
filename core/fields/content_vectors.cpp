// SPDX-License-Identifier: GPL-3.0-or-later
// Normal numbers by the ziggurat (Marsaglia & Tsang 2000): the area under exp(-x^2 / 2) is covered by 128 layers of equal
// area, and almost every number is a whole number times its layer's width. The layer takes 7 random bits of its own and
// the whole number 25 others (Doornik 2005). Both factors are single precision, so that their product is exact in double
// precision and no machine rounds it differently.
#include "core/fields/content_vectors.h"

#include <array>
#include <cmath>

namespace posbias {
namespace {

constexpr std::uint64_t golden = 0x9e3779b97f4a7c15u;

/// SplitMix64 (Steele, Lea & Flood 2014): its output for this state; successive states are `golden` apart.
std::uint64_t splitMix(std::uint64_t state)
{
    std::uint64_t x = state + golden;
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

    Ziggurat()
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
};

const Ziggurat ziggurat;

/// The rare rest of the method, with random numbers of its own.
double outsideOfLayer(std::uint32_t bits, std::uint64_t state)
{
    const auto random = [&] {
        const std::uint64_t value = splitMix(state);
        state += golden;
        return value;
    };
    const auto uniform = [&] { return (static_cast<double>(random() >> 12) + 0.5) * 0x1p-52; };  // 0 < u < 1
    for (;; bits = static_cast<std::uint32_t>(random() >> 32)) {
        const int layer = static_cast<int>(bits & 127u);
        const std::int32_t odd = 2 * (static_cast<std::int32_t>(bits) >> 7) + 1;
        const double x = odd * ziggurat.unit[layer];
        if (std::abs(odd) < ziggurat.inner[layer])
            return x;
        if (layer == 0) {  // the tail (Marsaglia 1964)
            double beyond, level;
            do {
                beyond = -std::log(uniform()) / Ziggurat::edge;
                level = -std::log(uniform());
            } while (2.0 * level < beyond * beyond);
            const double value = static_cast<double>(static_cast<float>(Ziggurat::edge + beyond));
            return odd > 0 ? value : -value;
        }
        const double lower = ziggurat.height[layer], upper = ziggurat.height[layer + 1];
        if (lower + uniform() * (upper - lower) < std::exp(-0.5 * x * x))
            return x;
    }
}

/// Of 32 random bits; `state` for the one number in forty that needs more.
inline double normal(std::uint32_t bits, std::uint64_t state)
{
    const std::uint32_t layer = bits & 127u;
    const std::int32_t odd = 2 * (static_cast<std::int32_t>(bits) >> 7) + 1;
    if (std::abs(odd) < ziggurat.inner[layer]) [[likely]]
        return odd * ziggurat.unit[layer];
    return outsideOfLayer(bits, splitMix(state ^ bits));
}

class RandomVectors final : public ContentVectors {
public:
    explicit RandomVectors(const RandomContent& content)
        : m_dimension(content.dimension), m_seed(splitMix(static_cast<std::uint64_t>(content.seed))),
          m_deviation(1.0 / std::sqrt(std::sqrt(static_cast<double>(content.dimension))))
    {
    }
    std::int64_t dimension() const override { return m_dimension; }
    void query(std::int64_t i, std::span<double> to) const override { fill(splitMix(m_seed), i, to); }
    void key(std::int64_t j, std::span<double> to) const override { fill(splitMix(m_seed + 1), j, to); }

private:
    /// Two numbers of each 64 bits.
    void fill(std::uint64_t stream, std::int64_t row, std::span<double> to) const
    {
        std::uint64_t state = splitMix(stream + static_cast<std::uint64_t>(row));
        for (std::size_t c = 0; c < to.size(); c += 2, state += golden) {
            const std::uint64_t bits = splitMix(state);
            to[c] = normal(static_cast<std::uint32_t>(bits), ~state) * m_deviation;
            if (c + 1 < to.size())
                to[c + 1] = normal(static_cast<std::uint32_t>(bits >> 32), ~state + 1) * m_deviation;
        }
    }

    std::int64_t m_dimension;
    std::uint64_t m_seed;
    double m_deviation;
};

}  // namespace

std::shared_ptr<const ContentVectors> randomVectors(const RandomContent& content)
{
    return std::make_shared<RandomVectors>(content);
}

}  // namespace posbias
