// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The gradient of some documents at a time.

#include "core/learning/document_reads.h"
#include "core/learning/training_loss.h"

#include <memory>

namespace posbias {

/// Which documents each step reads: every epoch all of them once, in an order that seed and epoch decide; the last
/// batch of an epoch may be smaller. Steps count from 1.
class BatchOrder {
public:
    BatchOrder(std::int64_t documents, std::int64_t batch, std::int64_t seed);
    /// Ascending. Valid until the next call.
    std::span<const std::int32_t> documentsOf(std::int64_t step);

private:
    std::int64_t m_batch;
    std::int64_t m_seed;
    std::int64_t m_stepsPerEpoch;
    std::int64_t m_epoch = -1;
    std::vector<std::int32_t> m_order;  ///< of this epoch; within a batch ascending
};

/// Of the mean loss per query of a step's documents. Its own memory; each thread needs its own.
class BatchGradient {
public:
    BatchGradient(const TrainingLoss& loss, const ParameterTable& table, std::shared_ptr<const DocumentReads> documents,
                  std::int64_t batch, std::int64_t seed);
    ~BatchGradient();
    BatchGradient(BatchGradient&&) noexcept;
    /// Both of shape (parameterCount). O(L + queries of the documents); both ways O(L) for each distinct length.
    void gradient(std::int64_t step, std::span<const double> parameters, std::span<double> gradient);

private:
    void read(std::span<const std::int32_t> documents);

    std::shared_ptr<const DocumentReads> m_documents;
    BatchOrder m_order;
    OffsetArray<std::int32_t> m_parameterOf;  ///< by offset
    std::unique_ptr<TrainingLoss::Data> m_data;
    TrainingLoss::Workspace m_workspace;
};

}  // namespace posbias
