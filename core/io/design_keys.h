// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One figure of a file: an object with the keys of FigureDesign.

#include "core/design/figure_design.h"
#include "core/io/json_node.h"

namespace posbias {

/// Types and ids are checked here, the rest by validate(design, experiment).
FigureDesign designIn(const JsonNode& object);
/// As it stands in a list of the outermost object.
std::string designText(const FigureDesign& design);

}  // namespace posbias
