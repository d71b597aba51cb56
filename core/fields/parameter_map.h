// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which parameter a cell uses, as a field.

#include "core/fields/pixels.h"
#include "core/schemes/parameter_table.h"

namespace posbias {

/// The number of the parameter that offset i - j uses; at() is noParameter where it has none, and pixels and runs leave
/// these cells out. Numbers have no average: a pixel shows the middle one of its cells.
std::shared_ptr<const MapSource> parameterMap(ParameterTable table, Mask mask, std::int64_t length);

}  // namespace posbias
