// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A file that appears whole or not at all: written beside its target, synced, then renamed over it.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace posbias {

/// Write, then commit(). Without a commit the target is untouched and nothing is left behind.
/// Keeps the target's permissions; follows a symbolic link to the file behind it. A device or pipe such as /dev/full
/// or /dev/stdout is written to directly.
/// Throws FailureError naming the target and the system's reason (no space left, is a directory, permission denied).
class AtomicFile {
public:
    explicit AtomicFile(std::filesystem::path target);
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    void write(std::string_view bytes);
    void commit();

private:
    void openDirectly();
    void openBeside();
    void startSync();
    void closeChecked();
    [[noreturn]] void fail(const std::string& reason) const;
    [[noreturn]] void failWithErrno() const;

    std::filesystem::path m_name;       ///< as the caller gave it, for messages
    std::filesystem::path m_target;     ///< with symbolic links followed
    std::filesystem::path m_temporary;  ///< empty when the target is written directly
    int m_descriptor = -1;
    std::int64_t m_written = 0;
    std::int64_t m_syncing = 0;  ///< of what was written, how much is on its way to the disk
};

void writeFileAtomically(const std::filesystem::path& target, std::string_view bytes);

}  // namespace posbias
