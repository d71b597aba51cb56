// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where running windows keep their journals: a folder of their own for each, locked while its process lives. What a
// process left behind that ended otherwise than by a person's will is an orphan.

#include <filesystem>
#include <vector>

namespace posbias {

/// One window's folder. It is locked as long as this lives; the system unlocks it when the process ends, however it
/// ends. Other windows and processes leave a locked place alone.
class JournalPlace {
public:
    /// A new one inside `folder`, which is made where it is missing. Throws FailureError.
    static JournalPlace create(const std::filesystem::path& folder);
    /// Those that no process holds any more and that have a journal, newest first; they are held from now on. Empty
    /// ones are taken away. Never throws for what is in the folder.
    static std::vector<JournalPlace> orphans(const std::filesystem::path& folder);

    JournalPlace(JournalPlace&& other) noexcept;
    JournalPlace& operator=(JournalPlace&& other) noexcept;
    ~JournalPlace();

    const std::filesystem::path& folder() const { return m_folder; }
    /// The journal. Files of other names may stand beside it, such as a long training's state: they go with it.
    std::filesystem::path file() const;
    /// The journal is not wanted, and can still be had back: from now on no other start finds it, and once this process
    /// has ended the next takes it away. Throws FailureError, as takeBack(), which undoes it.
    void setAside();
    void takeBack();
    /// Takes the folder away with all that is in it, at once on the disk too. Throws FailureError.
    void remove();

private:
    JournalPlace(std::filesystem::path folder, int lock) : m_folder(std::move(folder)), m_lock(lock) {}

    void rename(const char* from, const char* to);

    std::filesystem::path m_folder;
    int m_lock = -1;
};

}  // namespace posbias
