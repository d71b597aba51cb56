// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schemes/per_offset.h"

namespace posbias {

ParameterTable parameterTable(const PerOffset&, Mask mask, std::int64_t trainingLength)
{
    const OffsetRange trained = visibleOffsets(mask, trainingLength);
    return {trained.size(), {{trained.first, trained.last, 0, false}}};
}

}  // namespace posbias
