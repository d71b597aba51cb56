// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/content_vectors.h"

#include "core/base/normal_numbers.h"

#include <cmath>

namespace posbias {
namespace {

class RandomVectors final : public ContentVectors {
public:
    explicit RandomVectors(const RandomContent& content)
        : m_dimension(content.dimension),
          m_seed(splitMix(static_cast<std::uint64_t>(content.seed))),
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
        for (std::size_t c = 0; c < to.size(); c += 2, state += splitMixStep) {
            const std::uint64_t bits = splitMix(state);
            to[c] = standardNormal(static_cast<std::uint32_t>(bits), ~state) * m_deviation;
            if (c + 1 < to.size())
                to[c + 1] = standardNormal(static_cast<std::uint32_t>(bits >> 32), ~state + 1) * m_deviation;
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
