// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The likelihood of training data under shared biases, and its gradient.
//
// With p(d | i) = exp b_d / Z_i, b_d = u_(parameter of d):
//     loss      = ( - sum_d c_d b_d + sum_i m_i log Z_i ) / Q          c_d reads, m_i queries at position i, Q queries
//     dloss/db_d = ( - c_d + exp(b_d) * sum over i that see d of m_i / Z_i ) / Q
// and the gradient of a shared parameter is the sum over its offsets. O(L) causal; O(L) for each distinct
// document length both ways. No biases overflow: references
// follow the largest terms (side_sums.h).

#include "core/learning/corpus.h"
#include "core/learning/side_sums.h"
#include "core/schemes/parameter_table.h"

#include <memory>
#include <span>

namespace posbias {

class TrainingLoss {
public:
    /// Memory that repeated calls reuse; each thread needs its own.
    struct Workspace {
        PrefixSums positive;
        PrefixSums negative;
        std::vector<double> positiveWeights;  ///< sum of m / Z by level, in units exp(-reference)
        std::vector<double> negativeWeights;
    };

    /// Keeps its own copy of what it needs of the corpus. `table` covers the training offsets (else InputError).
    TrainingLoss(const Corpus& corpus, const ParameterTable& table);
    ~TrainingLoss();
    TrainingLoss(TrainingLoss&&) noexcept;
    TrainingLoss& operator=(TrainingLoss&&) noexcept;

    std::int64_t parameterCount() const;
    /// Pairs per parameter, shape (parameterCount). 0: untrained.
    const std::vector<double>& exposure() const;
    /// Offsets that one gradient visits, over all distinct document lengths: what it costs.
    double offsetsPerGradient() const;

    /// Mean loss per query. `parameters` has shape (parameterCount).
    double value(std::span<const double> parameters) const;
    double value(std::span<const double> parameters, Workspace& workspace) const;
    /// Writes the gradient of the mean loss, shape (parameterCount); untrained parameters get exactly 0.
    void gradient(std::span<const double> parameters, std::span<double> gradient) const;
    void gradient(std::span<const double> parameters, std::span<double> gradient, Workspace& workspace) const;
    /// Both at once.
    double valueAndGradient(std::span<const double> parameters, std::span<double> gradient) const;
    double valueAndGradient(std::span<const double> parameters, std::span<double> gradient, Workspace& workspace) const;

private:
    friend class BatchGradient;
    friend class NewtonSystem;
    friend class FisherInformation;
    struct Data;
    std::unique_ptr<Data> m_data;
};

/// The loss of the preferences that the corpus was drawn from, each offset's own.
double teacherLoss(const Teacher& teacher, const Corpus& corpus);

}  // namespace posbias
