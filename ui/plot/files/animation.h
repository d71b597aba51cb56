// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The steps of renderAnimation(), for those who draw the frames themselves.

#include "core/base/progress.h"
#include "core/design/figure_design.h"

#include <QByteArray>
#include <QImage>
#include <QString>

#include <vector>

namespace posbias::ui {

/// Throws InputError: without frames, or when all pictures together need more than 1 GiB.
void validateAnimation(const Recipe& recipe);
/// What draws a frame: as a PNG.
Recipe framePicture(const Recipe& recipe);
/// The drawn frame as animationFile() takes it; on any thread.
QImage gifPicture(const QImage& drawn, const Page& page, bool grey);
/// On any thread. The recipe (with frames) is carried inside. `description`: the alternative text, of the first frame.
QByteArray animationFile(const std::vector<QImage>& pictures, const Recipe& recipe, const QString& description,
                         const Progress& progress);

}  // namespace posbias::ui
