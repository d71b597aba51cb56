// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Names of files between the system, where they are bytes, and the window, where they are text. Names whose bytes are
// no UTF-8 do not survive as text: the window refuses them before anything depends on them.

#include <QString>

#include <filesystem>

namespace posbias::ui {

std::filesystem::path pathOf(const QString& text);
/// Of a name that is UTF-8; in others "�" stands for what is not.
QString textOf(const std::filesystem::path& path);
/// For messages: bytes that are no UTF-8 as in "d\xE9".
QString shownName(const std::filesystem::path& path);
/// The file's name without its ending; ".posbias.gz" is one.
std::filesystem::path withoutEnding(const std::filesystem::path& file);
bool isText(const std::filesystem::path& path);
/// The absolute path, for a file that the window is to keep. Throws InputError (subject: the file) when its name or a
/// folder's is not UTF-8.
std::filesystem::path windowFile(const std::filesystem::path& path);

}  // namespace posbias::ui
