// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The words above the views of the learning lab.

#include "core/figure/studies.h"

#include <QColor>
#include <QString>

namespace posbias::ui {

/// Empty: the stage's usual words (sentence.h) say it.
struct StudyWords {
    QString sentence;  ///< plain text
    QString detail;    ///< rich text, one line: numbers, with A's and B's colours
};

/// `studies` may lack what is not computed yet.
StudyWords studyWords(FigureKind kind, const Result& result, const Studies& studies, const QColor& a, const QColor& b);

}  // namespace posbias::ui
