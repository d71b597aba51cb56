// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/output.h"

#include "app/interruption.h"
#include "core/base/error.h"

#include <cerrno>
#include <system_error>

#include <unistd.h>

namespace posbias::app {

namespace {
constexpr std::size_t blockSize = std::size_t{1} << 18;
}

Output::Output()
{
    m_buffer.reserve(blockSize + 4096);
}

void Output::write(std::string_view text)
{
    m_buffer.append(text);
    if (m_buffer.size() >= blockSize)
        flush();
}

void Output::flush()
{
    throwIfInterrupted();
    std::string_view rest = m_buffer;
    while (!rest.empty()) {
        const ssize_t written = ::write(STDOUT_FILENO, rest.data(), rest.size());
        if (written >= 0) {
            rest.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EPIPE) {
            throw ReaderGone();
        } else if (errno == EINTR) {
            throwIfInterrupted();
        } else {
            throw FailureError("cannot write to standard output: " + std::generic_category().message(errno));
        }
    }
    m_buffer.clear();
}

}  // namespace posbias::app
