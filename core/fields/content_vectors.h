// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Queries and keys of content scores, made when asked for.

#include "core/experiment/experiment.h"

#include <cstdint>
#include <memory>
#include <span>

namespace posbias {

/// q_i and k_j of any i, j >= 0. Thread-safe.
class ContentVectors {
public:
    virtual ~ContentVectors() = default;
    virtual std::int64_t dimension() const = 0;
    /// `to`: shape (dimension).
    virtual void query(std::int64_t i, std::span<double> to) const = 0;
    virtual void key(std::int64_t j, std::span<double> to) const = 0;
};

/// Independent normal numbers with standard deviation dimension^(-1/4), so that q.k has about that of 1. q_i depends on
/// the seed and i only, k_j on the seed and j: a longer sequence begins with the shorter one's. Bit for bit the same on
/// every machine.
std::shared_ptr<const ContentVectors> randomVectors(const RandomContent& content);

}  // namespace posbias
