// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/attention.h"

#include "core/learning/partition.h"

#include <Eigen/Core>

#include <cmath>
#include <limits>
#include <random>

namespace posbias {
namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using ConstMatrix = Eigen::Map<const RowMajor>;
using ConstVector = Eigen::Map<const Eigen::VectorXd>;

/// Steele, Lea & Flood 2014: scatters neighbouring seeds.
std::uint64_t splitMix(std::uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

double logSumExp(const std::vector<double>& logits)
{
    ScaledSum sum;
    for (double logit : logits)
        sum.add(logit);
    return sum.log();
}

}  // namespace

AttentionField::AttentionField(OffsetValues bias, Mask mask, std::int64_t length)
    : m_bias(std::move(bias)), m_mask(mask), m_length(length),
      m_logNormalisers(posbias::logNormalisers(m_bias, mask, length))
{
}

AttentionField::AttentionField(OffsetValues bias, Mask mask, std::int64_t length,
                               std::shared_ptr<const std::vector<double>> q,
                               std::shared_ptr<const std::vector<double>> k, std::int64_t dimension, Scaling scaling)
    : m_bias(std::move(bias)), m_mask(mask), m_length(length), m_q(std::move(q)), m_k(std::move(k)),
      m_dimension(dimension), m_scaling(scaling)
{
}

bool AttentionField::visible(std::int64_t i, std::int64_t j) const
{
    return i >= 0 && j >= 0 && i < m_length && j < m_length && (m_mask == Mask::Bidirectional || j <= i);
}

double AttentionField::dotProduct(std::int64_t i, std::int64_t j) const
{
    if (!hasContent())
        return 0.0;
    return ConstVector(m_q->data() + i * m_dimension, m_dimension)
        .dot(ConstVector(m_k->data() + j * m_dimension, m_dimension));
}

double AttentionField::logit(std::int64_t i, std::int64_t j) const
{
    const double bias = m_bias[i - j];
    if (!hasContent())
        return bias;
    const double rootDimension = std::sqrt(static_cast<double>(m_dimension));
    switch (m_scaling) {
    case Scaling::Unscaled: return dotProduct(i, j) + bias;
    case Scaling::ScaledThenBias: return dotProduct(i, j) / rootDimension + bias;
    case Scaling::BookBiasInside: return (dotProduct(i, j) + bias) / rootDimension;
    }
    return bias;
}

std::vector<double> AttentionField::logits(std::int64_t i) const
{
    const std::int64_t first = 0;
    const std::int64_t last = m_mask == Mask::Causal ? i : m_length - 1;
    std::vector<double> row(static_cast<std::size_t>(m_length), -std::numeric_limits<double>::infinity());
    if (!hasContent()) {
        for (std::int64_t j = first; j <= last; ++j)
            row[static_cast<std::size_t>(j)] = m_bias[i - j];
        return row;
    }
    const double rootDimension = std::sqrt(static_cast<double>(m_dimension));
    const double dotScale = m_scaling == Scaling::Unscaled ? 1.0 : 1.0 / rootDimension;
    const double biasScale = m_scaling == Scaling::BookBiasInside ? 1.0 / rootDimension : 1.0;
    // row = K q_i, K: (last + 1, dimension)
    Eigen::Map<Eigen::VectorXd> scores(row.data(), last + 1);
    scores.noalias() = ConstMatrix(m_k->data(), last + 1, m_dimension) *
                       ConstVector(m_q->data() + i * m_dimension, m_dimension);
    for (std::int64_t j = first; j <= last; ++j)
        scores[j] = scores[j] * dotScale + m_bias[i - j] * biasScale;
    return row;
}

double AttentionField::logNormaliser(std::int64_t i) const
{
    return hasContent() ? logSumExp(logits(i)) : m_logNormalisers[static_cast<std::size_t>(i)];
}

double AttentionField::at(std::int64_t i, std::int64_t j) const
{
    return visible(i, j) ? std::exp(logit(i, j) - logNormaliser(i)) : 0.0;
}

std::vector<double> AttentionField::row(std::int64_t i) const
{
    std::vector<double> row = logits(i);
    const double logZ = hasContent() ? logSumExp(row) : logNormaliser(i);
    for (double& value : row)
        value = std::exp(value - logZ);
    return row;
}

std::vector<double> randomContent(const RandomContent& content, std::int64_t length, int stream)
{
    const auto dimension = static_cast<std::size_t>(content.dimension);
    std::vector<double> values(static_cast<std::size_t>(length) * dimension);
    const double deviation = std::pow(static_cast<double>(content.dimension), -0.25);
    const std::uint64_t seed = splitMix(splitMix(static_cast<std::uint64_t>(content.seed)) + static_cast<std::uint64_t>(stream));
    for (std::size_t i = 0; i < static_cast<std::size_t>(length); ++i) {
        std::mt19937_64 generator(splitMix(seed + i));
        std::normal_distribution<double> normal(0.0, deviation);
        for (std::size_t c = 0; c < dimension; ++c)
            values[i * dimension + c] = normal(generator);
    }
    return values;
}

}  // namespace posbias
