// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A file that appears whole or not at all, and stays what it was: its owner, its other names, its place.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct stat;

namespace posbias {

/// What to do with a file that is there already.
enum class Existing {
    Replace,
    Refuse,  ///< also one that appears before commit()
};

/// Write, then commit(). Without a commit the target is untouched and nothing is left behind, not even by a killed
/// program where the file system knows files without a name (O_TMPFILE); elsewhere the next program that saves in the
/// folder takes away what a killed one left.
///
/// The new content is renamed over the target where that keeps what the target is: owner, group, permissions, access
/// lists and extended attributes; a symbolic link is followed to the file behind it. Where a rename would not (hard
/// links, a file of another owner) or cannot be (the folder is not writable, the file is a mount of its own), the target
/// is written in place, after a copy of the old content is safe on the disk, beside it or in $XDG_STATE_HOME/posbias
/// (~/.local/state/posbias) or /var/tmp. The copy is put back when writing fails, and removed when it is not needed any
/// more; where it cannot be put back the message names it. A device, pipe or descriptor such as /dev/full or
/// /dev/stdout is written to directly.
///
/// Throws FailureError naming the target, or its folder where that is the reason, and the system's reason (no space
/// left, quota, read-only file system, permission denied).
class AtomicFile {
public:
    explicit AtomicFile(std::filesystem::path target, Existing existing = Existing::Replace);
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    void write(std::string_view bytes);
    void commit();

private:
    void openDirectly();
    void openStage();
    void startSync();
    int openTarget() const;
    bool appear();
    bool replace(int target, const struct stat& status);
    void writeInPlace(int target, const struct stat& status);
    bool nameStage(const std::filesystem::path& path) const;
    [[noreturn]] void fail(const std::string& reason) const;
    [[noreturn]] void failWithErrno() const;
    [[noreturn]] void failAsFolder() const;

    std::filesystem::path m_name;    ///< as the caller gave it, for messages
    std::filesystem::path m_target;  ///< with symbolic links followed
    Existing m_existing;
    bool m_direct = false;  ///< the descriptor is the target's own
    int m_descriptor = -1;  ///< of the new content
    std::filesystem::path m_stageFolder;
    std::filesystem::path m_stage;  ///< the new content's temporary name; empty while it has none
    unsigned m_mode = 0;            ///< of a target that was there at the start
    std::int64_t m_written = 0;
    std::int64_t m_syncing = 0;  ///< of what was written, how much is on its way to the disk
};

/// Files that belong together: none appears before all are written.
class AtomicFiles {
public:
    void write(const std::filesystem::path& target, std::string_view bytes, Existing existing = Existing::Replace);
    /// Throws FailureError; it names the files that are in their places by then.
    void commit();

private:
    std::vector<std::pair<std::filesystem::path, std::unique_ptr<AtomicFile>>> m_files;
};

void writeFileAtomically(const std::filesystem::path& target, std::string_view bytes,
                         Existing existing = Existing::Replace);

/// The same text for every name under which AtomicFile writes one file: another spelling, a hard link, a symbolic link, also
/// one whose end does not exist yet. Empty for what is written to directly.
std::string fileIdentity(const std::filesystem::path& file);

/// Whether AtomicFile writes to it directly, so that there is nothing to replace: a device, a pipe, or a descriptor by name.
bool isWrittenDirectly(const std::filesystem::path& file);

/// What was made, named or removed in the folder is so on the disk, too. A file system that cannot do that is no failure.
void syncFolder(const std::filesystem::path& folder);

/// Where a file cannot be replaced but only written in place, what it held is kept in a safe copy meanwhile. Those that
/// a crash has left, newest first: "lecture.posbias.before-saving-123" beside the file, or in a folder for what must
/// outlive a crash. Copies of saving that is under way, and those that hold what the file holds, are not among them.
std::vector<std::filesystem::path> abandonedSafeCopies(const std::filesystem::path& file);

}  // namespace posbias
