// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Small pieces of sentences.

#include "core/evaluation/result.h"

#include <QColor>
#include <QString>

#include <cstdint>

namespace posbias::ui {

/// "A", "B", ...
QString letter(std::size_t scheme);
/// "1 document", "40 documents".
QString counted(std::int64_t n, const QString& one, const QString& many);
/// "1000 tokens".
QString tokens(std::int64_t length);
/// "113–511", "7".
QString span(std::int64_t first, std::int64_t last);
/// Rich text.
QString coloured(const QString& text, const QColor& colour, bool strong = true);
/// "Step 120 of 1000. ", "Before training. ", "A shifted by +3. "; empty for the end of training as it is.
QString moment(const Result& result);

}  // namespace posbias::ui
