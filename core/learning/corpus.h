// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Simulated training data, reduced to what the likelihood needs: how many documents of each length, how often
// each offset was read, how many (query, key) pairs each offset had.

#include "core/base/progress.h"
#include "core/experiment/experiment.h"
#include "core/learning/random_streams.h"

#include <string>

namespace posbias {

struct DocumentReads;  // document_reads.h

struct LengthCount {
    std::int64_t length = 0;
    double documents = 0.0;  ///< a whole number when sampled
    bool operator==(const LengthCount&) const = default;
};

struct Corpus {
    Mask mask = Mask::Causal;
    std::int64_t trainingLength = 0;
    std::vector<LengthCount> lengths;  ///< ascending, documents > 0
    double queries = 0.0;              ///< sum of documents * length; each query reads one key
    OffsetValues reads;                ///< c_d over visibleOffsets(mask, trainingLength); sums to queries
    OffsetValues pairs;                ///< exposure of offset d: visible (query, key) pairs at d, in all documents
    /// Both ways with more than 64 distinct lengths: lengths were rounded up to 64 distinct ones. Said in words.
    std::string note;
};

/// Draws (Counts::Sampled, deterministic for a seed) or computes (Counts::Expected) the training data.
/// O(L) for each distinct document length (causal: O(L) in all), whatever the number of documents.
/// Throws InputError for a training length or a number of documents below 1.
/// Writes what each document read to `documents`, too, where that is asked for (and counts are sampled): O(queries).
Corpus makeCorpus(const Teacher& teacher, const CorpusSettings& settings, Mask mask, std::int64_t trainingLength,
                  const Progress& progress = {}, DocumentReads* documents = nullptr);

/// `settings.heldOut` documents of the same kind, from streams of their own.
Corpus makeHeldOut(const Teacher& teacher, CorpusSettings settings, Mask mask, std::int64_t trainingLength,
                   const Progress& progress = {});

/// The number of documents of each length: drawn, or expected. Ascending, documents > 0.
std::vector<LengthCount> documentLengths(const CorpusSettings& settings, std::int64_t trainingLength,
                                         Stream stream = Stream::Lengths);

/// The documents that `settings` read, as a list: what "listed" begins with, so that nothing is made up. Drawn ones
/// exactly; expected ones in their proportions. More than about 20,000 distinct lengths are rounded up to fewer.
/// Throws InputError as makeCorpus().
ListedLengths listedDocuments(const CorpusSettings& settings, std::int64_t trainingLength);

/// m_i, the queries at position i: documents longer than i. Shape (longest length). `lengths` ascending.
std::vector<double> queriesByPosition(const std::vector<LengthCount>& lengths);

}  // namespace posbias
