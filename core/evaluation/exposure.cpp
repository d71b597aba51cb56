// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/exposure.h"

#include "core/learning/teacher.h"

#include <algorithm>
#include <cmath>

namespace posbias {
namespace {

constexpr double leastReads = 1e-9;

/// The teacher's weights exp g over offsets, and sums of any stretch. Every teacher prefers offset 0, so that weights in
/// units of its own are at most 1 and normalisers at least 1.
class Weights {
public:
    Weights(const Teacher& teacher, OffsetRange offsets) : m_weight(preferences(teacher, offsets)), m_beyond(m_weight)
    {
        const double atZero = m_weight[0];
        for (double& g : m_weight.values)
            g = std::exp(g - atZero);
        // Added up from the far ends inward: small weights are not lost among large ones.
        double sum = 0.0;
        for (std::int64_t d = offsets.last; d >= 0; --d)
            m_beyond[d] = sum += m_weight[d];
        sum = 0.0;
        for (std::int64_t d = offsets.first; d < 0; ++d)
            m_beyond[d] = sum += m_weight[d];
    }

    double of(std::int64_t first, std::int64_t last) const
    {
        if (first > last)
            return 0.0;
        if (first == last)
            return m_weight[first];
        if (first < 0 && last >= 0)
            return of(first, -1) + of(0, last);
        return first >= 0 ? m_beyond[first] - (last < m_beyond.last() ? m_beyond[last + 1] : 0.0)
                          : m_beyond[last] - (first > m_beyond.first ? m_beyond[first - 1] : 0.0);
    }

private:
    OffsetValues m_weight, m_beyond;
};

/// Queries of documents of one length n (causal: of all documents, which differ in their last queries only).
class Queries {
public:
    /// `counts`: queries at each position, shape (n).
    Queries(const Weights& weights, Mask mask, std::vector<double> counts)
        : m_weights(weights),
          m_causal(mask == Mask::Causal),
          m_counts(std::move(counts)),
          m_z(m_counts.size()),
          m_inverse(m_counts.size() + 1),
          m_squared(m_counts.size() + 1)
    {
        for (std::size_t i = 0; i < m_counts.size(); ++i) {
            const auto query = static_cast<std::int64_t>(i);
            m_z[i] = weights.of(lowest(query), query);
            m_inverse[i + 1] = m_inverse[i] + m_counts[i] / m_z[i];
            m_squared[i + 1] = m_squared[i] + m_counts[i] / (m_z[i] * m_z[i]);
        }
    }

    /// Sum of p (1 - p) for the offsets a..b. Queries that see all of them are summed at once, the others one by one.
    double information(std::int64_t a, std::int64_t b) const
    {
        const std::int64_t n = size();
        const std::int64_t first = std::max<std::int64_t>(a, 0), last = std::min(n - 1, m_causal ? n - 1 : b + n - 1);
        std::int64_t whole = std::max<std::int64_t>(b, 0), wholeEnd = std::min(n, m_causal ? n : a + n);
        if (whole >= wholeEnd)
            whole = wholeEnd = last + 1;
        const double weight = m_weights.of(a, b);
        double sum = weight * (m_inverse[at(wholeEnd)] - m_inverse[at(whole)]) -
                     weight * weight * (m_squared[at(wholeEnd)] - m_squared[at(whole)]);
        for (std::int64_t i = first; i < whole; ++i)
            sum += ofQuery(i, a, b);
        for (std::int64_t i = std::max(first, wholeEnd); i <= last; ++i)
            sum += ofQuery(i, a, b);
        return std::max(0.0, sum);
    }

private:
    static std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }
    std::int64_t size() const { return static_cast<std::int64_t>(m_counts.size()); }
    std::int64_t lowest(std::int64_t query) const { return m_causal ? 0 : query + 1 - size(); }

    double ofQuery(std::int64_t i, std::int64_t a, std::int64_t b) const
    {
        const double p = std::min(1.0, m_weights.of(std::max(a, lowest(i)), std::min(b, i)) / m_z[at(i)]);
        return m_counts[at(i)] * p * (1.0 - p);
    }

    const Weights& m_weights;
    bool m_causal;
    std::vector<double> m_counts, m_z;
    std::vector<double> m_inverse, m_squared;  ///< sums of counts / Z, counts / Z^2 over the queries before
};

}  // namespace

std::vector<double> effectiveSamples(const Corpus& corpus, const Teacher& teacher, const ParameterTable& table)
{
    const std::int64_t longest = corpus.lengths.back().length;
    const OffsetRange offsets = visibleOffsets(corpus.mask, longest);
    const Weights weights(teacher, offsets);
    std::vector<double> samples(static_cast<std::size_t>(table.parameterCount()), 0.0);
    const auto add = [&](const Queries& queries, OffsetRange visible) {
        for (const Segment& segment : table.segments(visible))
            if (segment.shared)
                samples[static_cast<std::size_t>(segment.parameter)] +=
                    queries.information(segment.first, segment.last);
            else
                for (std::int64_t d = segment.first; d <= segment.last; ++d)
                    samples[static_cast<std::size_t>(segment.parameterAt(d))] += queries.information(d, d);
    };
    if (corpus.mask == Mask::Causal)
        add(Queries(weights, corpus.mask, queriesByPosition(corpus.lengths)), offsets);
    else
        for (const LengthCount& length : corpus.lengths)
            add(Queries(weights, corpus.mask,
                        std::vector<double>(static_cast<std::size_t>(length.length), length.documents)),
                visibleOffsets(corpus.mask, length.length));
    for (double& reads : samples)
        reads = reads < leastReads ? 0.0 : reads;
    return samples;
}

}  // namespace posbias
