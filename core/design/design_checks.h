// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What checking a design is made of. `key` is where a value stands in the design: "frames.first".

#include "core/design/figure_design.h"

namespace posbias {

/// "step is 12; it must be from 0 to 10". Throws InputError (subject: the key).
[[noreturn]] void refuseKey(const std::string& key, const std::string& found, const std::string& allowed);
void checkWhole(const std::string& key, std::int64_t value, std::int64_t least, std::int64_t most);
inline constexpr std::size_t longestTitle = 200;  ///< characters
void checkText(const std::string& key, std::string_view text, std::size_t longest);

/// As validate(page), in the words of a design's keys.
void checkPage(const Page& page);
/// Whether an annotation refers to something that the experiment of its panel has. Throws InputError.
void checkAnnotation(const std::string& key, const Annotation& annotation, const FigureDesign& design,
                     const Experiment& experiment);

/// What a frame stands for, ascending, at least two: lengths, numbers of buckets, steps. Throws InputError.
std::vector<std::int64_t> frameValues(const Frames& frames, const Experiment& experiment);

}  // namespace posbias
