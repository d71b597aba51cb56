// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What differs between two versions of a document, in lines for a person.

#include "core/io/lecture_file.h"

#include <QStringList>

namespace posbias::ui {

/// "Scheme B: Max distance: 128 → 256", "Figure “level”: only before". Fields that only one of them has are told, too.
QStringList differences(const Lecture& before, const Lecture& after);

}  // namespace posbias::ui
