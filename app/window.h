// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// posbias without a sub-command: the window.

#include <string>

namespace posbias::app {

/// Opens the window on a file or a preset ("": the default experiment) and runs it until it is closed.
/// Throws InputError for a name that is neither or a bad file, FailureError without a display.
int runWindow(int argc, char** argv, const std::string& experiment);

}  // namespace posbias::app
