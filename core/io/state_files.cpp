// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/state_files.h"

#include "core/io/atomic_file.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace posbias {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view stateEnding = ".state", lockEnding = ".lock";
constexpr std::size_t keyDigits = 16;

std::string stateName(std::uint64_t key)
{
    char text[keyDigits];
    const std::string number(text, std::to_chars(std::begin(text), std::end(text), key, 16).ptr);
    return std::string(keyDigits - number.size(), '0') + number;
}

/// Nothing: it is another file.
std::optional<std::uint64_t> keyOf(const fs::path& path, std::string_view ending)
{
    const std::string name = path.filename().string();
    std::uint64_t key = 0;
    if (name.size() != keyDigits + ending.size() || !name.ends_with(ending))
        return {};
    const auto [end, error] = std::from_chars(name.data(), name.data() + keyDigits, key, 16);
    return error == std::errc() && end == name.data() + keyDigits ? std::optional(key) : std::nullopt;
}

std::vector<std::uint64_t> keysIn(const fs::path& folder, std::string_view ending)
{
    std::vector<std::uint64_t> keys;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        if (const std::optional<std::uint64_t> key = keyOf(entry->path(), ending))
            keys.push_back(*key);
    }
    return keys;
}

/// The file that is locked is the one that has the name: another process may have taken it away in between.
bool hasName(int descriptor, const fs::path& path)
{
    struct stat opened = {}, named = {};
    return ::fstat(descriptor, &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino &&
           opened.st_dev == named.st_dev;
}

}  // namespace

StateFiles::StateFiles(fs::path folder, JournalFolder journal, Clock now)
    : m_folder(std::move(folder)), m_journal(std::move(journal)), m_now(std::move(now)), m_last(m_now())
{
}

StateFiles::~StateFiles()
{
    while (!m_held.empty())
        release(m_held.begin()->first);
}

void StateFiles::begin()
{
    m_last = m_now();
}

bool StateFiles::due()
{
    return m_now() - m_last >= interval;
}

bool StateFiles::empty() const
{
    return keysIn(m_folder, stateEnding).empty();
}

std::string StateFiles::find(std::uint64_t key)
{
    const std::lock_guard lock(m_mutex);
    std::error_code error;
    if (!fs::exists(file(key), error) || !hold(key))
        return {};
    std::ifstream stream(file(key), std::ios::binary);
    if (!stream)  // its training ended well in between
        return {};
    return {std::istreambuf_iterator<char>(stream), {}};
}

void StateFiles::keep(std::uint64_t key, std::string_view state)
{
    const fs::path journal = m_journal ? m_journal() : fs::path();
    {
        const std::lock_guard lock(m_mutex);
        try {
            if (!m_closed && state.size() <= mostBytes && hold(key)) {
                writeFileAtomically(file(key), state);
                if (!journal.empty())
                    std::ofstream(journal / file(key).filename());  // a mark: discarding the journal discards the state
                tidy();
            }
        } catch (const std::exception&) {
            // A full disk: tried again after the next interval.
        }
    }
    m_last = m_now();
}

void StateFiles::letGo(std::uint64_t key)
{
    const std::lock_guard lock(m_mutex);
    release(key);
}

void StateFiles::drop(std::uint64_t key)
{
    const std::lock_guard lock(m_mutex);
    if (m_held.contains(key))
        remove(key);
}

void StateFiles::discard(const fs::path& journalFolder)
{
    const std::lock_guard lock(m_mutex);
    for (const std::uint64_t key : keysIn(journalFolder, stateEnding))
        removeUnheld(key);
}

void StateFiles::close(bool discarded)
{
    const fs::path journal = m_journal ? m_journal() : fs::path();
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    if (!discarded)
        return;
    while (!m_held.empty())
        remove(m_held.begin()->first);
    for (const std::uint64_t key : keysIn(journal, stateEnding))
        removeUnheld(key);
}

fs::path StateFiles::file(std::uint64_t key) const
{
    return m_folder / (stateName(key) + std::string(stateEnding));
}

fs::path StateFiles::lockFile(std::uint64_t key) const
{
    return m_folder / (stateName(key) + std::string(lockEnding));
}

/// False: another process is at this work, or the folder cannot be had.
bool StateFiles::hold(std::uint64_t key)
{
    if (m_held.contains(key))
        return true;
    std::error_code error;
    fs::create_directories(m_folder, error);
    const int descriptor = ::open(lockFile(key).c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return false;
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 || !hasName(descriptor, lockFile(key))) {
        ::close(descriptor);
        return false;
    }
    m_held.emplace(key, descriptor);
    return true;
}

/// The state stays; where there is none, no trace does.
void StateFiles::release(std::uint64_t key)
{
    const auto held = m_held.find(key);
    if (held == m_held.end())
        return;
    std::error_code error;
    if (!fs::exists(file(key), error) && !error)
        fs::remove(lockFile(key), error);
    ::close(held->second);
    m_held.erase(held);
}

void StateFiles::remove(std::uint64_t key)
{
    std::error_code error;
    fs::remove(file(key), error);
    release(key);
}

void StateFiles::removeUnheld(std::uint64_t key)
{
    if (!m_held.contains(key) && hold(key))
        remove(key);
}

void StateFiles::tidy()
{
    struct Left {
        std::uint64_t key;
        fs::file_time_type time;
        std::uintmax_t bytes;
    };
    std::vector<Left> left;
    for (const std::uint64_t key : keysIn(m_folder, lockEnding)) {
        if (m_held.contains(key))
            continue;
        std::error_code error;
        const fs::file_time_type time = fs::last_write_time(file(key), error);
        const std::uintmax_t bytes = error ? 0 : fs::file_size(file(key), error);
        if (error)
            removeUnheld(key);  // a lock without a state: its process was killed before the first
        else
            left.push_back({key, time, bytes});
    }
    std::ranges::sort(left, std::ranges::greater(), &Left::time);
    std::size_t count = 0;
    std::uintmax_t bytes = 0;
    for (const Left& each : left) {
        bytes += each.bytes;
        if (++count > mostLeft || bytes > mostBytes || fs::file_time_type::clock::now() - each.time > longest)
            removeUnheld(each.key);
    }
}

}  // namespace posbias
