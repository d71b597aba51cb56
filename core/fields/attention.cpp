// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fields/attention.h"

#include "core/base/parallel.h"
#include "core/fields/content_kernels.h"
#include "core/learning/partition.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace posbias {
namespace {

constexpr double nothing = -std::numeric_limits<double>::infinity();
constexpr std::size_t mostRemembered = 1 << 14;

}  // namespace

AttentionField::AttentionField(OffsetValues bias, Mask mask, std::int64_t length)
    : m_bias(std::move(bias)), m_mask(mask), m_length(length), m_sums(m_bias, mask, length, m_logNormalisers)
{
}

AttentionField::AttentionField(OffsetValues bias, Mask mask, std::shared_ptr<const ContentScores> content,
                               Scaling scaling)
    : m_bias(std::move(bias)), m_mask(mask), m_length(content->length()), m_content(std::move(content))
{
    const double perRoot = 1.0 / std::sqrt(static_cast<double>(m_content->dimension()));
    if (scaling != Scaling::Unscaled)
        m_dotScale = perRoot;
    if (scaling == Scaling::BookBiasInside)
        m_biasScale = perRoot;
}

bool AttentionField::visible(std::int64_t i, std::int64_t j) const
{
    return i >= 0 && j >= 0 && i < m_length && j < m_length && (m_mask == Mask::Bidirectional || j <= i);
}

double AttentionField::dotProduct(std::int64_t i, std::int64_t j) const
{
    return hasContent() ? m_content->at(i, j) : 0.0;
}

double AttentionField::logit(std::int64_t i, std::int64_t j) const
{
    return hasContent() ? m_content->at(i, j) * m_dotScale + m_bias[i - j] * m_biasScale : m_bias[i - j];
}

double AttentionField::toLogits(std::int64_t i, std::int64_t firstKey, std::span<double> dots) const
{
    if (dots.empty())
        return nothing;
    const double* bias = m_bias.values.data() + (i - firstKey - m_bias.first);
    return content_kernels::toLogits(dots.data(), bias, dots.size(), m_dotScale, m_biasScale);
}

/// A[i, 0..n-1] into `weights`; returns log Z_i. Pass 1: exp(logit - m), m the largest of each stretch of keys. Pass 2:
/// stretches in one unit.
double AttentionField::contentRow(std::int64_t i, std::vector<double>& weights) const
{
    constexpr std::size_t together = 1 << 15;
    const auto keys = static_cast<std::size_t>(keysOf(i));
    const auto dots = m_content->row(i, keysOf(i));
    weights.resize(static_cast<std::size_t>(m_length));
    const auto stretch = [&](std::size_t s) {
        const std::size_t first = s * together;
        return std::span<double>(weights).subspan(first, std::min(together, keys - first));
    };
    std::vector<ScaledSum> sums((keys + together - 1) / together);
    inParallel(sums.size(), [&](std::size_t s) {
        const std::span<double> values = stretch(s);
        std::copy_n(dots->begin() + static_cast<std::ptrdiff_t>(s * together), values.size(), values.begin());
        sums[s].max = toLogits(i, static_cast<std::int64_t>(s * together), values);
        sums[s].sum = content_kernels::toWeights(values.data(), values.size(), sums[s].max);
    });
    ScaledSum all;
    for (const ScaledSum& sum : sums)
        all.add(sum.log());
    const double logZ = all.log();
    inParallel(sums.size(), [&](std::size_t s) {
        const double factor = std::exp(sums[s].max - logZ);
        for (double& value : stretch(s))
            value *= factor;
    });
    rememberLogNormaliser(i, logZ);
    return logZ;
}

void AttentionField::rememberLogNormaliser(std::int64_t i, double logNormaliser) const
{
    const std::scoped_lock lock(m_remembering);
    if (m_remembered.size() >= mostRemembered)
        m_remembered.clear();
    m_remembered.emplace(i, logNormaliser);
}

double AttentionField::logNormaliser(std::int64_t i) const
{
    if (!hasContent())
        return m_logNormalisers[static_cast<std::size_t>(i)];
    {
        const std::scoped_lock lock(m_remembering);
        if (const auto found = m_remembered.find(i); found != m_remembered.end())
            return found->second;
    }
    std::vector<double> weights;
    return contentRow(i, weights);
}

double AttentionField::at(std::int64_t i, std::int64_t j) const
{
    return visible(i, j) ? std::exp(logit(i, j) - logNormaliser(i)) : 0.0;
}

std::vector<double> AttentionField::row(std::int64_t i) const
{
    std::vector<double> row;
    if (hasContent()) {
        contentRow(i, row);
        return row;
    }
    row.resize(static_cast<std::size_t>(m_length));
    const double logZ = logNormaliser(i);
    for (std::int64_t j = 0; j < keysOf(i); ++j)
        row[static_cast<std::size_t>(j)] = std::exp(m_bias[i - j] - logZ);
    return row;
}

double AttentionField::share(std::int64_t i, OffsetRange offsets) const
{
    const auto upTo = [&](std::int64_t d) { return std::exp(m_sums.logUpTo(m_bias, d) - logNormaliser(i)); };
    double share = 0.0;
    const std::int64_t first = std::max<std::int64_t>(offsets.first, 0), last = std::min(offsets.last, i);
    if (first <= last)
        share += upTo(last) - (first > 0 ? upTo(first - 1) : 0.0);
    const std::int64_t inner = std::min<std::int64_t>(offsets.last, -1),
                       outer = std::max(offsets.first, i + 1 - m_length);
    if (m_mask == Mask::Bidirectional && outer <= inner)
        share += upTo(outer) - (inner < -1 ? upTo(inner + 1) : 0.0);
    return std::max(0.0, share);  // below 0 it is rounding
}

}  // namespace posbias
