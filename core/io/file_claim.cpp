// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/file_claim.h"

#include "core/io/path_key.h"

#include <cerrno>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace posbias {

namespace fs = std::filesystem;

FileClaim::FileClaim(const fs::path& folder, const fs::path& file) : m_path(folder / pathKey(file))
{
    std::error_code ignored;
    fs::create_directories(folder, ignored);
    m_state = take();
}

FileClaim::State FileClaim::take()
{
    for (int attempt = 0; attempt < 10; ++attempt) {
        m_lock = ::open(m_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (m_lock < 0)
            return State::Unknown;
        const bool locked = ::flock(m_lock, LOCK_EX | LOCK_NB) == 0;
        const int error = errno;
        // Its last holder, or a sweep, may have taken the name away between the two calls.
        struct stat status = {};
        const bool hasName = ::fstat(m_lock, &status) == 0 && status.st_nlink > 0;
        if (locked && hasName)
            return State::Mine;
        ::close(m_lock);
        m_lock = -1;
        if (!locked && hasName)
            return error == EWOULDBLOCK ? State::Elsewhere : State::Unknown;
    }
    return State::Unknown;
}

/// A window that finds the file locked by a sweep takes it for another's until it looks again: two calls long.
void FileClaim::sweep(const fs::path& folder)
{
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        if (entry->path().filename().string().find_first_not_of("0123456789") != std::string::npos)
            continue;
        const int lock = ::open(entry->path().c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
        if (lock < 0)
            continue;
        // Whoever opened it before it is taken away sees that it has no name any more, and makes another.
        struct stat status = {}, named = {};
        if (::flock(lock, LOCK_EX | LOCK_NB) == 0 && ::fstat(lock, &status) == 0 && S_ISREG(status.st_mode) &&
            status.st_size == 0 && ::lstat(entry->path().c_str(), &named) == 0 && named.st_ino == status.st_ino)
            ::unlink(entry->path().c_str());
        ::close(lock);
    }
}

bool FileClaim::isMine()
{
    if (m_state == State::Elsewhere)
        m_state = take();
    return m_state != State::Elsewhere;
}

FileClaim::~FileClaim()
{
    if (m_lock < 0)
        return;
    ::unlink(m_path.c_str());
    ::close(m_lock);
}

}  // namespace posbias
