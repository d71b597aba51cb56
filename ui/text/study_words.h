// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The words above the views of the learning lab.

#include "core/figure/studies.h"

#include "ui/text/sentence.h"

#include <QString>

namespace posbias::ui {

/// Empty: the stage's usual words (sentence.h) say it.
struct StudyWords {
    QString sentence;  ///< plain text
    QString detail;    ///< rich text, one line: numbers, in the schemes' colours
};

/// `studies` may lack what is not computed yet.
StudyWords studyWords(FigureKind kind, const Result& result, const Studies& studies, const Inks& inks);

}  // namespace posbias::ui
