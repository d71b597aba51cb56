// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Long trainings' states as files: one for each, named by its key, in a folder that all windows share.

#include "core/base/state_shelf.h"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>

namespace posbias {

/// The state of work that runs is locked by its process, and the others leave it alone; the system unlocks it when the
/// process ends, however it ends. Of states that nobody is at, the newest `mostLeft` stay, within `mostBytes` and
/// `longest`. The folder is made with the first state. Files appear whole or not at all.
class StateFiles final : public StateShelf {
public:
    static constexpr std::chrono::seconds interval{10};  ///< from one state to the next
    static constexpr std::size_t mostLeft = 8;
    static constexpr std::uintmax_t mostBytes = std::uintmax_t{256} << 20;
    static constexpr std::chrono::hours longest{24 * 30};
    using Clock = std::function<std::chrono::steady_clock::time_point()>;
    /// The folder of the journal that tells of this work; empty: there is none.
    using JournalFolder = std::function<std::filesystem::path()>;

    explicit StateFiles(
        std::filesystem::path folder, JournalFolder journal = {},
        Clock now = [] { return std::chrono::steady_clock::now(); });
    ~StateFiles() override;
    StateFiles(const StateFiles&) = delete;
    StateFiles& operator=(const StateFiles&) = delete;

    void begin() override;
    bool due() override;
    bool empty() const override;
    std::string find(std::uint64_t key) override;
    void keep(std::uint64_t key, std::string_view state) override;
    void letGo(std::uint64_t key) override;
    void drop(std::uint64_t key) override;

    /// A journal is discarded: the states of its work go, but those that somebody is at. Before the folder goes. From any
    /// thread, as the next.
    void discard(const std::filesystem::path& journalFolder);
    /// The window closes: nothing is kept any more. Discarded: as discard(), of the window's own journal, and what it is
    /// at goes, too. Else the states stay for whoever opens the same again.
    void close(bool discarded);

private:
    std::filesystem::path file(std::uint64_t key) const;
    std::filesystem::path lockFile(std::uint64_t key) const;
    bool hold(std::uint64_t key);
    void release(std::uint64_t key);
    void remove(std::uint64_t key);
    void removeUnheld(std::uint64_t key);
    void tidy();

    const std::filesystem::path m_folder;
    const JournalFolder m_journal;
    const Clock m_now;
    std::chrono::steady_clock::time_point m_last;  ///< when work began or was kept; only the work's thread looks

    std::mutex m_mutex;
    std::map<std::uint64_t, int> m_held;  ///< the locked files' descriptors
    bool m_closed = false;
};

}  // namespace posbias
