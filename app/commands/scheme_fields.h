// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The fields of schemes as text, and as options of the command line.

#include "core/experiment/fields.h"

#include <string>
#include <vector>

namespace posbias::app {

/// One of each kind, with its defaults, in the order of schemeInfos().
std::vector<Scheme> defaultSchemes();
std::vector<std::string> schemeIds();

std::string defaultText(const FieldDescription& field);  ///< "32"
std::string rangeText(const FieldDescription& field);    ///< "2 to 65536", "huggingface|book"
std::string optionName(const std::string& key);          ///< "maxDistance" -> "--max-distance"
std::string optionHelp(const FieldDescription& field);   ///< its sentence, range and default, in short lines

}  // namespace posbias::app
