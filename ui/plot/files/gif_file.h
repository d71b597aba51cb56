// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Pictures that follow each other, as an animated GIF.

#include "core/base/progress.h"

#include <QByteArray>
#include <QImage>

#include <string>
#include <vector>

namespace posbias::ui {

/// Plays for ever; the pictures have one size. One palette: all colours where there are at most 256, else the most
/// frequent ones as they are and the others as near as the rest of it allows. Only what changes is stored of each
/// picture. `seconds`: of each, at least 0.02, below which viewers play slowly; GIF counts hundredths of a second: pictures
/// are a hundredth longer or shorter, so that all together last as long as they should. Pictures with transparency
/// (ARGB32, not premultiplied): a pixel that is at least half there is there. Throws FailureError, Cancelled.
QByteArray gifFile(const std::vector<QImage>& pictures, double seconds, const std::string& comment,
                   const Progress& progress = {});

}  // namespace posbias::ui
