// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The closed set of schemes, and the one list of what each is called. The fields a person sets are
// described in core/experiment/field_tables.h. Adding a scheme: its own pair of files, one alternative in
// Scheme, one entry in schemeInfos(), one list of fields; the compiler then asks for its short name (scheme.cpp)
// and for what is not allowed in combination (core/experiment/validation.cpp).

#include "core/schemes/per_offset.h"
#include "core/schemes/t5.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace posbias {

using Scheme = std::variant<PerOffset, T5>;

struct SchemeInfo {
    std::string_view id;       ///< "per-offset", "t5"
    std::string_view title;    ///< "Per-offset", "T5 buckets"
    std::string_view formula;  ///< plain text
    std::string_view citation;
};
/// In the order of the variant's alternatives.
const std::vector<SchemeInfo>& schemeInfos();
const SchemeInfo& schemeInfo(const Scheme& scheme);
/// "Per-offset", "T5 buckets 32 / 128": title and the numbers that tell settings apart.
std::string schemeName(const Scheme& scheme);

/// Throws InputError with a subject relative to the scheme ("maxDistance").
ParameterTable parameterTable(const Scheme& scheme, Mask mask, std::int64_t trainingLength);

}  // namespace posbias
