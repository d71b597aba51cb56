// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/temporary_file.h"

#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace posbias {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view prefix = ".posbias-", suffix = ".part";

/// A file without a name gets one through its entry in /proc.
bool canBeNamed(int descriptor)
{
    return ::access(("/proc/self/fd/" + std::to_string(descriptor)).c_str(), F_OK) == 0;
}

TemporaryFile makeUnnamed(const fs::path& folder, mode_t mode)
{
    TemporaryFile file{::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, mode), {}};
    if (file.descriptor >= 0 && !canBeNamed(file.descriptor)) {
        ::close(file.descriptor);
        file.descriptor = -1;
    }
    return file;
}

/// Unlike mkstemp it lets the kernel apply the user's mask to `mode`.
TemporaryFile makeNamed(const fs::path& folder, mode_t mode)
{
    for (int attempt = 0; attempt < 100; ++attempt) {
        TemporaryFile file{-1, temporaryName(folder)};
        file.descriptor = ::open(file.path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (file.descriptor < 0) {
            if (errno == EEXIST)
                continue;
            return {};
        }
        // Between these two calls another program may take it for an abandoned one.
        struct stat status = {};
        const bool lockedByAnother = ::flock(file.descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
        if (!lockedByAnother && ::fstat(file.descriptor, &status) == 0 && status.st_nlink > 0)
            return file;
        ::close(file.descriptor);
    }
    return {};
}

bool isAbandoned(const fs::path& path)
{
    constexpr std::time_t restSeconds = 600;
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    struct stat status = {};
    const bool abandoned = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) &&
                           std::time(nullptr) - status.st_mtime > restSeconds &&
                           ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
    ::close(descriptor);
    return abandoned;
}

/// Whether this process meets the folder for the first time.
bool isNewHere(const fs::path& folder)
{
    static std::mutex mutex;
    static std::set<fs::path> known;
    std::error_code error;
    const fs::path name = fs::canonical(folder, error);
    const std::lock_guard lock(mutex);
    return !error && known.insert(name).second;
}

fs::path folderInVariable(const char* variable, const char* below)
{
    const char* const value = std::getenv(variable);
    return value && *value == '/' ? fs::path(value) / below : fs::path();
}

}  // namespace

fs::path temporaryName(const fs::path& folder)
{
    std::random_device random;
    return folder / (std::string(prefix) + std::to_string(random()) + std::string(suffix));
}

TemporaryFile makeTemporaryFile(const fs::path& folder, mode_t mode)
{
    TemporaryFile file = makeUnnamed(folder, mode);
    if (file.descriptor < 0)
        return makeNamed(folder, mode);
    ::flock(file.descriptor, LOCK_EX | LOCK_NB);
    return file;
}

void removeAbandonedFiles(const fs::path& folder)
{
    if (!isNewHere(folder))
        return;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (name.starts_with(prefix) && name.ends_with(suffix) && isAbandoned(entry->path()))
            ::unlink(entry->path().c_str());
    }
}

std::vector<fs::path> stateFolders()
{
    std::vector<fs::path> folders = {folderInVariable("XDG_STATE_HOME", "posbias"),
                                     folderInVariable("HOME", ".local/state/posbias")};
    std::erase(folders, fs::path());
    if (folders.empty()) {  // started without a home: the system knows it
        const passwd* const person = ::getpwuid(::getuid());
        folders.push_back(fs::path(person ? person->pw_dir : "/") / ".local/state/posbias");
    }
    return folders;
}

fs::path safeFolder()
{
    for (const fs::path& folder : stateFolders()) {
        std::error_code error;
        if (fs::create_directories(folder, error))
            fs::permissions(folder, fs::perms::owner_all, error);
        if (::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) == 0)
            return folder;
    }
    return "/var/tmp";
}

}  // namespace posbias
