// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/journal_place.h"

#include "core/base/error.h"
#include "core/io/atomic_file.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace posbias {

namespace fs = std::filesystem;

namespace {

constexpr auto journalName = "journal.json", lockName = "lock", asideName = "discarded.json";
constexpr std::string_view placePrefix = "window-";
/// A folder without a journal that is younger may be another process's that has only just made it.
constexpr std::chrono::minutes newborn(1);

[[noreturn]] void failWithErrno(const fs::path& path)
{
    throw FailureError("cannot write " + path.string() + ": " + std::generic_category().message(errno));
}

/// The locked file's descriptor; nothing where another process holds it.
std::optional<int> lockIn(const fs::path& folder)
{
    const int descriptor = ::open((folder / lockName).c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return std::nullopt;
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        return descriptor;
    ::close(descriptor);
    return std::nullopt;
}

bool isNewborn(const fs::path& folder)
{
    std::error_code error;
    const fs::file_time_type changed = fs::last_write_time(folder, error);
    return error || fs::file_time_type::clock::now() - changed < newborn;
}

}  // namespace

JournalPlace JournalPlace::create(const fs::path& folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw FailureError("cannot make the folder " + folder.string() + ": " + error.message());
    std::string made = (folder / (std::string(placePrefix) + "XXXXXX")).string();
    if (::mkdtemp(made.data()) == nullptr)
        failWithErrno(folder);
    syncFolder(folder);
    const std::optional<int> lock = lockIn(made);
    if (!lock)
        failWithErrno(made);
    return {made, *lock};
}

std::vector<JournalPlace> JournalPlace::orphans(const fs::path& folder)
{
    std::vector<std::pair<fs::file_time_type, JournalPlace>> found;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        const fs::path path = entry->path();
        std::error_code ignored;
        if (!path.filename().string().starts_with(placePrefix) || !fs::is_directory(fs::symlink_status(path, ignored)))
            continue;
        const bool hasJournal = fs::exists(path / journalName, ignored);
        if (!hasJournal && isNewborn(path))
            continue;
        const std::optional<int> lock = lockIn(path);
        if (!lock)
            continue;
        JournalPlace place(path, *lock);
        // Looked at again now that it is locked: its process may have ended well in between.
        if (!fs::exists(place.file(), ignored))
            fs::remove_all(path, ignored);
        else
            found.emplace_back(fs::last_write_time(place.file(), ignored), std::move(place));
    }
    std::ranges::stable_sort(found, std::ranges::greater(), [](const auto& each) { return each.first; });
    std::vector<JournalPlace> places;
    for (auto& [time, place] : found)
        places.push_back(std::move(place));
    return places;
}

JournalPlace::JournalPlace(JournalPlace&& other) noexcept
    : m_folder(std::move(other.m_folder)), m_lock(std::exchange(other.m_lock, -1))
{
}

JournalPlace& JournalPlace::operator=(JournalPlace&& other) noexcept
{
    std::swap(m_folder, other.m_folder);
    std::swap(m_lock, other.m_lock);
    return *this;
}

JournalPlace::~JournalPlace()
{
    if (m_lock >= 0)
        ::close(m_lock);
}

fs::path JournalPlace::file() const
{
    return m_folder / journalName;
}

void JournalPlace::rename(const char* from, const char* to)
{
    std::error_code error;
    fs::rename(m_folder / from, m_folder / to, error);
    if (error)
        throw FailureError("cannot rename " + (m_folder / from).string() + ": " + error.message());
    syncFolder(m_folder);
}

void JournalPlace::setAside()
{
    rename(journalName, asideName);
}

void JournalPlace::takeBack()
{
    rename(asideName, journalName);
}

void JournalPlace::remove()
{
    // The journal first: whatever else is left then offers nothing.
    std::error_code error;
    fs::remove(file(), error);
    if (!error)
        fs::remove_all(m_folder, error);
    if (error)
        throw FailureError("cannot remove " + m_folder.string() + ": " + error.message());
    syncFolder(m_folder.parent_path());
}

}  // namespace posbias
