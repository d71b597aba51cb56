// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Attention maps with content by the pixel.

#include "core/fields/pixels.h"

namespace posbias {

/// Every row has to be computed: all of them while that is affordable (pixels.h says when), else the middle one of each
/// row of pixels.
std::shared_ptr<const MapSource> contentAttentionMap(std::shared_ptr<const AttentionField> field);

}  // namespace posbias
