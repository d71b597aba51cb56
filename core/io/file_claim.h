// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Says to a person's other windows, also those of other processes, that a file is open. It hinders nobody.

#include <filesystem>

namespace posbias {

/// Holds a locked file in a folder that all windows share, for as long as it lives; the system unlocks it when the
/// process ends, however it ends. Where the folder cannot be written to, every claim is its holder's: nothing is said.
class FileClaim {
public:
    FileClaim(const std::filesystem::path& folder, const std::filesystem::path& file);
    ~FileClaim();
    FileClaim(const FileClaim&) = delete;
    FileClaim& operator=(const FileClaim&) = delete;

    /// Takes away what processes that ended otherwise than by a person's will have left in the folder.
    static void sweep(const std::filesystem::path& folder);
    /// Tries again where another window had it: that may be closed by now.
    bool isMine();

private:
    enum class State { Mine, Elsewhere, Unknown };
    State take();

    std::filesystem::path m_path;
    int m_lock = -1;
    State m_state;
};

}  // namespace posbias
