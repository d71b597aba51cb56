// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// From arguments to an exit code: 0 done, 1 could not be done, 2 wrong usage or input.

namespace posbias::app {

int runCommandLine(int argc, char** argv);

}  // namespace posbias::app
