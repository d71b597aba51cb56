// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The files that a command writes: none is replaced unasked, none is the command's input, no two are the same.

#include "core/io/atomic_file.h"

#include <filesystem>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace posbias::app {

struct ExperimentArgument;

/// --force
void addForce(CLI::App* command, bool& force);
/// What AtomicFile is told.
Existing existingFiles(bool force);

struct NamedOutput {
    std::string option;  ///< "-o"
    std::filesystem::path file;
};

/// Before any work. Throws InputError naming two options with the same file behind them, an output that is also read, and,
/// without `force`, all files that are there. Devices and pipes are written to as they are.
void checkOutputs(const std::vector<NamedOutput>& outputs, const ExperimentArgument& input, bool force);
/// The second of these rules alone.
void refuseInputs(const std::vector<std::filesystem::path>& outputs, const ExperimentArgument& input);

}  // namespace posbias::app
