// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is being computed for a view of the learning lab, and how long it will take, in words.

#include "ui/model/study_model.h"

#include <QString>

namespace posbias::ui {

/// While it is computed: "Sweeping: 120 of 248 trainings, about 3 s left."
QString studyProgress(const StudyModel& studies);
/// After somebody stopped it: "Stopped after 120 of 248 trainings."
QString studyStopped(const StudyModel& studies);

}  // namespace posbias::ui
