// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What TrainingLoss keeps, for the files that compute with it.

#include "core/learning/training_loss.h"

namespace posbias {

struct TrainingLoss::Data {
    Mask mask = Mask::Causal;
    std::int64_t parameterCount = 0;
    std::vector<LengthCount> lengths;
    std::vector<double> queriesAt;  ///< m_i, shape (longest document)
    double queries = 0.0;           ///< Q
    Side positive;                  ///< offsets up to the longest document
    Side negative;                  ///< empty when causal
    std::vector<double> reads;      ///< c summed by parameter
    std::vector<double> exposure;   ///< pairs summed by parameter

    void sumPrefixes(std::span<const double> parameters, Workspace& workspace) const;
    /// After sumPrefixes: sum of m log Z / Q, less b_0.
    double meanLogNormaliser(const Workspace& workspace) const;
    /// After sumPrefixes: the weights m / Z at the farthest level that each query sees.
    void weigh(Workspace& workspace) const;
    void gradient(std::span<const double> parameters, std::span<double> gradient, Workspace& workspace) const;
    double value(std::span<const double> parameters, const Workspace& workspace) const;
};

}  // namespace posbias
