// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Standard output, in large blocks and with its errors noticed; messages on standard error.

#include <string>
#include <string_view>

namespace posbias::app {

/// The reader went away (posbias ... | head): nothing is left to do, and nothing went wrong.
class ReaderGone {};

class Output {
public:
    Output();
    void write(std::string_view text);
    /// Call once at the end. Throws ReaderGone, FailureError (a full disk), Cancelled (Ctrl+C).
    void flush();

private:
    std::string m_buffer;
};

/// One line on standard error, "posbias: ...", whatever a hostile file put into a name: control characters become
/// spaces, bytes that are not UTF-8 \xe9.
void tell(std::string_view message);

}  // namespace posbias::app
