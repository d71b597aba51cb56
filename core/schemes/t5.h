// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// T5's relative position buckets (Raffel et al. 2020), in their two published definitions.

#include "core/schemes/parameter_table.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace posbias {

enum class T5Variant {
    HuggingFace,  ///< float32 arithmetic as transformers' modeling_t5.py runs it on a CPU, bit for bit
    Book,         ///< Xiao & Zhu ch. 2, n_b + 1 buckets, in exact arithmetic
};

struct T5 {
    T5Variant variant = T5Variant::HuggingFace;
    /// num_buckets for HuggingFace, n_b (one less than the number of buckets) for Book.
    std::int64_t buckets = 32;
    std::int64_t maxDistance = 128;
    bool operator==(const T5&) const = default;
};

inline constexpr std::int64_t maxT5Buckets = 65'536;
inline constexpr std::int64_t maxT5Distance = 2'147'483'647;

/// The shape of one side (distances |d| >= 0) of a T5 rule:
///   b(dist) = dist                                            for dist < m
///           = min(n - 1, m + floor(N * log(dist/m) / log(D/m)))  else, N = n - m
struct T5Shape {
    std::int64_t total = 0;        ///< parameters in all: num_buckets, or n_b + 1
    std::int64_t perSide = 0;      ///< n: total when causal, half of it (rounded down) when bidirectional
    std::int64_t exact = 0;        ///< m = n / 2 rounded down: distances 0..m-1 have a bucket each
    std::int64_t logarithmic = 0;  ///< N = n - m
    std::int64_t maxDistance = 0;  ///< D
};

/// Throws InputError (subject "buckets" or "maxDistance") when the setting is degenerate:
/// m < 1 (bidirectional with fewer than 4 buckets) or D <= m; or beyond 2..maxT5Buckets, 1..maxT5Distance.
T5Shape t5Shape(const T5&, Mask mask);

/// Buckets by offset d = i - j. Construction evaluates the rule a few times for each bucket; a look-up costs
/// O(log buckets).
class T5Buckets {
public:
    /// Throws like t5Shape.
    T5Buckets(const T5&, Mask mask);

    const T5Shape& shape() const { return m_shape; }
    /// Causal and d < 0: 0 for HuggingFace, as the reference answers; InputError for Book, which has no rule.
    std::int64_t bucketOf(std::int64_t d) const;
    /// Maximal runs over all offsets, ascending, ends open. Causal: from 0 up (HuggingFace: from -infinity, bucket 0).
    std::vector<Segment> runs() const;

private:
    std::int64_t bucketOfDistance(std::int64_t distance) const;
    std::vector<Segment> runsOfOneSide() const;

    T5 m_scheme;
    Mask m_mask;
    T5Shape m_shape;
    /// Shape (logarithmic): the smallest distance whose bucket is at least m + k. Ascending; bucket m + k is dead
    /// (no distance falls in it) where the next one starts at the same distance.
    std::vector<std::int64_t> m_starts;
};

/// How a bucket came about, with its numbers, for the inspector.
struct T5Derivation {
    T5Shape shape;
    std::int64_t offset = 0;
    std::int64_t distance = 0;  ///< |d|
    std::int64_t sideBase = 0;  ///< added for the upper half (j > i) when bidirectional, else 0
    bool exactHalf = false;     ///< distance < m: the bucket is the distance; the rest is then not set
    double scaledLog = 0.0;     ///< N * log(dist/m) / log(D/m), as the variant computes it
    std::int64_t steps = 0;     ///< its floor
    bool capped = false;        ///< m + steps > n - 1
    std::int64_t bucket = 0;
    /// HuggingFace only: exact arithmetic's bucket where it differs from float32's.
    std::optional<std::int64_t> exactBucket;
};
T5Derivation deriveBucket(const T5&, Mask mask, std::int64_t d);

/// Causal: offsets d >= 0 only. total parameters, dead ones included. The training length plays no part.
ParameterTable parameterTable(const T5&, Mask mask, std::int64_t trainingLength);

}  // namespace posbias
