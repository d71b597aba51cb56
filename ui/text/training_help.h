// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How training is modelled, what is assumed, what the views of the learning lab mean.

#include <QString>

namespace posbias::ui {

/// Rich text.
QString trainingHelp();

}  // namespace posbias::ui
