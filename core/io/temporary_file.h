// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Files that exist while somebody works on them, and copies that keep something safe meanwhile.

#include <filesystem>
#include <vector>

#include <sys/types.h>

namespace posbias {

struct TemporaryFile {
    int descriptor = -1;         ///< for reading and writing; -1: none was made, errno says why
    std::filesystem::path path;  ///< empty: it has no name, and is gone when the descriptor is closed
};

/// Without a name where the file system knows such files, else ".posbias-NUMBER.part". The user's mask applies to `mode`.
/// It is locked (flock) for as long as the descriptor is open.
TemporaryFile makeTemporaryFile(const std::filesystem::path& folder, mode_t mode);
/// A name in the folder that a temporary file may have for a moment.
std::filesystem::path temporaryName(const std::filesystem::path& folder);
/// Takes away ".posbias-NUMBER.part" of programs that were killed: unlocked, and not written to for ten minutes (locks do
/// not reach other machines). A process looks through each folder once: writing a thousand files into one stays linear.
void removeAbandonedFiles(const std::filesystem::path& folder);

/// What is no setting and outlives a restart belongs in the first: $XDG_STATE_HOME/posbias where that is absolute, then
/// ~/.local/state/posbias. They need not be there.
std::vector<std::filesystem::path> stateFolders();
/// Where files are kept that must outlive a crash: the first of stateFolders() or /var/tmp that can be written to.
std::filesystem::path safeFolder();

}  // namespace posbias
