// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The way from a file that was written to the folder that it is in.

#include <QString>

namespace posbias::ui {

/// Opens the desktop's file manager with the file selected, where there is one that can; else on the folder.
void showInFolder(const QString& file);

}  // namespace posbias::ui
