// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Every row of an attention map, fast, for exports.

#include "core/fields/attention.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace posbias {

/// A[i, 0..n-1] as AttentionField::row gives it, to the last digits of a double. From biases alone
/// A[i,j] = e(i-j) / Z_i, one multiplication a cell: exponentials are taken once for each offset. O(n) memory.
class AttentionRows {
public:
    explicit AttentionRows(std::shared_ptr<const AttentionField> field);
    /// Shape of `row`: (n). May be called from several threads at once.
    void write(std::int64_t i, std::span<double> row) const;

private:
    std::shared_ptr<const AttentionField> m_field;
    double m_reference = 0.0;
    /// exp(b(d) - reference) from the largest offset down; empty where rows have to be asked of the field: with
    /// content, and where a weight would leave the range of a double.
    std::vector<double> m_weights;
};

}  // namespace posbias
