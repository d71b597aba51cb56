// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/file_claim.h"

#include "core/io/path_key.h"

#include <cerrno>
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
        // Its last holder may have taken the name away between the two calls.
        struct stat status = {};
        if (locked && ::fstat(m_lock, &status) == 0 && status.st_nlink > 0)
            return State::Mine;
        ::close(m_lock);
        m_lock = -1;
        if (!locked)
            return error == EWOULDBLOCK ? State::Elsewhere : State::Unknown;
    }
    return State::Unknown;
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
