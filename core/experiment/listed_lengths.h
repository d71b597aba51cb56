// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Counted document lengths as text: "128:30 256:12" is 30 documents of 128 tokens and 12 of 256.

#include "core/experiment/experiment.h"

#include <vector>

namespace posbias {

struct CountedLength {
    std::int64_t length = 0;     ///< 1 .. maxLength
    std::int64_t documents = 0;  ///< 1 .. mostListedDocuments
    bool operator==(const CountedLength&) const = default;
};
inline constexpr std::int64_t mostListedDocuments = 1'000'000'000;  ///< of one length

/// Ascending by length, at least one. Throws InputError (subject: corpus.lengths.counts) for any other text.
std::vector<CountedLength> countedLengths(const ListedLengths& listed);

/// `counts` ascending by length, each within its limits.
ListedLengths listedLengths(const std::vector<CountedLength>& counts);

}  // namespace posbias
