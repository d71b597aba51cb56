// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// x = N * log(dist/m) / log(D/m) and its floor, for dist >= m, in the two arithmetics of the T5 rules.

#include <cstdint>

namespace posbias {

struct T5Shape;

/// Bit for bit what `torch.log(dist.float() / m) / math.log(D / m) * N` gives on a CPU, then `.to(torch.long)`.
class T5Float32 {
public:
    explicit T5Float32(const T5Shape& shape);
    float scaledLog(std::int64_t distance) const;
    std::int64_t steps(std::int64_t distance) const;

private:
    float m_exact;        // m
    float m_logRange;     // log(D/m)
    float m_logarithmic;  // N
};

/// floor(x) as real numbers have it: the largest k with (dist/m)^N >= (D/m)^k.
class T5Exact {
public:
    explicit T5Exact(const T5Shape& shape);
    /// A whole number where x is one exactly, else as near as a long double gets.
    long double scaledLog(std::int64_t distance) const;
    std::int64_t steps(std::int64_t distance) const;

private:
    /// (dist/m)^N == (D/m)^k in integers.
    bool isWhole(std::int64_t distance, std::int64_t k) const;

    std::int64_t m_exact, m_logarithmic, m_maxDistance;  // m, N, D
    long double m_logRange;                              // log(D/m)
};

}  // namespace posbias
