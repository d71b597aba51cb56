// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Words for core's facts: translatable, one place.

#include "core/evaluation/explanation.h"
#include "core/evaluation/result.h"
#include "core/experiment/experiment.h"
#include "ui/text/numbers.h"

#include <QColor>
#include <QString>

#include <vector>

namespace posbias::ui {

/// The schemes' colours as words, in their order; of further schemes from the first one again.
struct Inks {
    std::vector<QColor> colours;
    const QColor& of(std::size_t scheme) const { return colours[scheme % colours.size()]; }
};

/// The sentence over the stage, plain text: what the picture shows, in numbers.
QString sentence(const Result& result, const Story& story);
/// The line below it, rich text: KL of the schemes over n and inside L, each in its colour with its letter.
QString distanceLine(const Result& result, const Inks& inks);

/// Under a scheme's controls: "0–15 have a bucket each, 16–112 share 15 buckets, 113 and beyond use bucket 31."
/// Computed from the scheme alone; empty when it is invalid.
QString schemeSentence(const Scheme& scheme, Mask mask, std::int64_t trainingLength);
/// Under the training data: "20 480 queries, 5 253 120 query–key pairs; half of them at offsets up to 149."
QString corpusSentence(const Result& result);

}  // namespace posbias::ui
