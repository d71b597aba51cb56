// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Document lengths read from a file, in words.

#include "core/experiment/experiment.h"

#include <QString>

namespace posbias::ui {

/// "3214 documents listed, 12 to 2048 tokens; 210 longer than 512 are cut." Empty for lengths of other kinds.
QString lengthSentence(const Lengths& lengths, std::int64_t trainingLength);

}  // namespace posbias::ui
