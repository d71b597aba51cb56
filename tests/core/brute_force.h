// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The definitions of core/learning, query by query and pair by pair in long double: what its sums must equal.

#include "core/learning/corpus.h"
#include "core/schemes/parameter_table.h"

#include <cmath>
#include <random>

namespace posbias::brute {

/// Softmax of `bias` over the offsets that query i of a document of `length` tokens sees.
inline std::vector<long double> attention(const OffsetValues& bias, OffsetRange seen)
{
    long double top = bias[seen.first];
    for (std::int64_t d = seen.first; d <= seen.last; ++d)
        top = std::max<long double>(top, bias[d]);
    std::vector<long double> p;
    long double sum = 0.0L;
    for (std::int64_t d = seen.first; d <= seen.last; ++d)
        sum += p.emplace_back(std::exp(bias[d] - top));
    for (long double& x : p)
        x /= sum;
    return p;
}

inline OffsetRange seenBy(std::int64_t i, Mask mask, std::int64_t length)
{
    return {mask == Mask::Causal ? 0 : i - (length - 1), i};
}

/// visit(documents, offsets seen, their attention) for every position of every length.
template <typename Visit>
void visitQueries(const Corpus& corpus, const OffsetValues& bias, Visit visit)
{
    for (const auto& [length, documents] : corpus.lengths)
        for (std::int64_t i = 0; i < length; ++i) {
            const OffsetRange seen = seenBy(i, corpus.mask, length);
            visit(static_cast<long double>(documents), seen, attention(bias, seen));
        }
}

inline OffsetValues biasOf(const ParameterTable& table, const std::vector<double>& parameters, OffsetRange range)
{
    OffsetValues bias(range);
    for (std::int64_t d = range.first; d <= range.last; ++d)
        bias[d] = parameters[table.parameterOf(d)];
    return bias;
}

struct Loss {
    long double value = 0.0L;
    std::vector<long double> gradient;
};

/// Mean over queries of - log p(read | i), and its gradient by parameter.
inline Loss loss(const Corpus& corpus, const ParameterTable& table, const std::vector<double>& parameters)
{
    const OffsetValues bias = biasOf(table, parameters, corpus.reads.range());
    Loss result{0.0L, std::vector<long double>(parameters.size(), 0.0L)};
    visitQueries(corpus, bias, [&](long double documents, OffsetRange seen, const std::vector<long double>& p) {
        std::size_t top = 0;
        for (std::size_t k = 0; k < p.size(); ++k) {
            result.gradient[table.parameterOf(seen.first + k)] += documents * p[k];
            top = p[k] > p[top] ? k : top;
        }
        result.value += documents * (bias[seen.first + top] - std::log(p[top]));  // log Z
    });
    for (std::int64_t d = bias.first; d <= bias.last(); ++d) {
        result.value -= static_cast<long double>(corpus.reads[d]) * bias[d];
        result.gradient[table.parameterOf(d)] -= corpus.reads[d];
    }
    result.value /= corpus.queries;
    for (long double& g : result.gradient)
        g /= corpus.queries;
    return result;
}

using Matrix = std::vector<std::vector<long double>>;

/// (1/Q) sum over queries of diag(p) - p p', by parameter; shape (parameters, parameters).
inline Matrix hessian(const Corpus& corpus, const ParameterTable& table, const std::vector<double>& parameters)
{
    const std::size_t n = parameters.size();
    Matrix h(n, std::vector<long double>(n, 0.0L));
    const OffsetValues bias = biasOf(table, parameters, corpus.reads.range());
    visitQueries(corpus, bias, [&](long double documents, OffsetRange seen, const std::vector<long double>& p) {
        std::vector<long double> shares(n, 0.0L);
        for (std::size_t k = 0; k < p.size(); ++k)
            shares[table.parameterOf(seen.first + k)] += p[k];
        for (std::size_t a = 0; a < n; ++a) {
            h[a][a] += documents * shares[a];
            for (std::size_t b = 0; b < n; ++b)
                h[a][b] -= documents * shares[a] * shares[b];
        }
    });
    for (auto& row : h)
        for (long double& x : row)
            x /= corpus.queries;
    return h;
}

inline std::vector<double> randomParameters(std::int64_t count, double spread, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> uniform(-spread, spread);
    std::vector<double> parameters(count);
    for (double& u : parameters)
        u = uniform(random);
    return parameters;
}

}  // namespace posbias::brute
