// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Random numbers for each purpose from a generator of its own, so that none disturbs another.

#include <cstdint>
#include <random>

namespace posbias {

enum class Stream : std::uint32_t {
    Lengths = 1,
    Reads = 2,
    HeldOutLengths = 3,
    HeldOutReads = 4,
    Split = 5,  ///< which document each read belongs to
    Order = 6,  ///< of the documents in an epoch
};

inline std::mt19937_64 generator(std::int64_t seed, Stream stream)
{
    const auto bits = static_cast<std::uint64_t>(seed);
    std::seed_seq sequence{static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32),
                           static_cast<std::uint32_t>(stream)};
    return std::mt19937_64(sequence);
}

/// The k-th of a stream's generators.
inline std::mt19937_64 generator(std::int64_t seed, Stream stream, std::int64_t k)
{
    const auto bits = static_cast<std::uint64_t>(seed), number = static_cast<std::uint64_t>(k);
    std::seed_seq sequence{static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32),
                           static_cast<std::uint32_t>(stream), static_cast<std::uint32_t>(number),
                           static_cast<std::uint32_t>(number >> 32)};
    return std::mt19937_64(sequence);
}

}  // namespace posbias
