// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <string>

namespace posbias::ui {

/// Files that belong to another: pictures of maps that a .tex file includes.
struct SideFile {
    std::string name;  ///< "attention-1.png"; beside the file
    QByteArray bytes;
};

}  // namespace posbias::ui
