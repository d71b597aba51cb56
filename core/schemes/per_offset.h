// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One learned parameter for each offset of the training length: u_d, d = i - j.
// (Xiao & Zhu, Foundations of Large Language Models, ch. 2: "shared learnable bias per offset".)

#include "core/schemes/parameter_table.h"

namespace posbias {

struct PerOffset {
    bool operator==(const PerOffset&) const = default;
};

/// Causal: u_0..u_(L-1), L parameters. Bidirectional: index d + L - 1, 2 L - 1 parameters.
/// Offsets past the training length have none.
ParameterTable parameterTable(const PerOffset&, Mask mask, std::int64_t trainingLength);

}  // namespace posbias
