// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A sampled corpus document by document, for minibatches: what every query read, adding up to the corpus's counts.

#include "core/learning/corpus.h"

#include <random>
#include <span>

namespace posbias {

/// Documents ascend by length.
struct DocumentReads {
    std::vector<std::int64_t> begins;   ///< shape (documents + 1)
    std::vector<std::int32_t> offsets;  ///< what each query read, in no order of queries; document m's at begins[m]..

    std::int64_t documents() const { return static_cast<std::int64_t>(begins.size()) - 1; }
    std::int64_t length(std::int64_t m) const { return begins[m + 1] - begins[m]; }
    std::span<const std::int32_t> of(std::int64_t m) const
    {
        return {offsets.data() + begins[m], static_cast<std::size_t>(length(m))};
    }
};

/// Gives every read to a document while makeCorpus() draws, from a random stream of its own.
///
/// Queries that wait at a level (drawSide() in corpus.cpp) are exchangeable: given how many of them read it, every
/// choice of them is as likely. So is, both ways, the choice of those that look backward among the queries of one
/// length and position. O(1) for each query.
class ReadSplitter {
public:
    /// `lengths` as the corpus has them. Writes to `out`, which must outlive it.
    ReadSplitter(const std::vector<LengthCount>& lengths, std::int64_t seed, DocumentReads& out);

    /// Causal: the query at position `level` of every longer document enters.
    void enter(std::int64_t level);
    /// Both ways: of the queries at one position of the documents of one length, `backward` will enter the positive
    /// side at level i, the others the negative side at level j. Lengths ascend.
    void turn(std::int64_t length, std::int64_t i, std::int64_t j, std::int64_t backward);
    /// Both ways: those that turned to this side at this level enter.
    void enter(std::int64_t sign, std::int64_t level);
    /// `count` of those that wait read `offset`.
    void read(std::int64_t offset, std::int64_t count);

private:
    std::size_t below(std::size_t count);

    DocumentReads& m_out;
    std::mt19937_64 m_random;
    std::vector<std::int64_t> m_next;     ///< where a document's next read goes
    std::vector<std::int32_t> m_waiting;  ///< the document of every waiting query
    std::vector<std::int32_t> m_sameLength;
    std::vector<std::vector<std::int32_t>> m_positive, m_negative;  ///< by level
};

}  // namespace posbias
