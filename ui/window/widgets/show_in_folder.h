// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The way from a file that was written to the folder that it is in.

#include <QString>

#include <functional>

class QObject;

namespace posbias::ui {

enum class FolderShown {
    Yes,
    Asked,   ///< a program was started that may show it, or not: nobody tells
    Nobody,  ///< there is no program that shows folders
};

/// Opens the desktop's file manager with the file selected, where there is one that can; else on the folder. `then` is
/// told what came of it, on this thread, while `context` lives.
void showInFolder(const QString& file, QObject* context, std::function<void(FolderShown)> then);

}  // namespace posbias::ui
