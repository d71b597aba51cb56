// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/output.h"

#include "app/interruption.h"
#include "core/base/error.h"
#include "core/base/quoted_text.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
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

void tell(std::string_view message)
{
    std::string text = "posbias: ";
    for (std::string_view rest = message; !rest.empty();) {
        const std::size_t size = utf8Size(rest);
        if (size == 0) {  // of a name that is not UTF-8
            char escaped[5];
            std::snprintf(escaped, sizeof escaped, "\\x%02x",
                          static_cast<unsigned>(static_cast<unsigned char>(rest[0])));
            text += escaped;
        } else {
            text += startsWithControl(rest) ? " " : rest.substr(0, size);
        }
        rest.remove_prefix(std::max<std::size_t>(1, size));
    }
    std::fprintf(stderr, "%s\n", text.c_str());
}

}  // namespace posbias::app
