// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The sub-commands: each describes its options to the parser, which then chooses one action to run.

#include "app/experiment_argument.h"
#include "app/table.h"

#include <functional>
#include <memory>
#include <string>

namespace CLI {
class App;
}

namespace posbias::app {

struct CommonOptions {
    TableFormat format = TableFormat::Tsv;
    bool quiet = false;
};

struct CommandLine {
    CommonOptions common;
    std::function<void()> action;  ///< set by the sub-command that was asked for
};

void addSchemes(CLI::App& root, CommandLine& line);
void addBuckets(CLI::App& root, CommandLine& line);
void addBias(CLI::App& root, CommandLine& line);
void addMatrix(CLI::App& root, CommandLine& line);
void addExposure(CLI::App& root, CommandLine& line);
void addLearn(CLI::App& root, CommandLine& line);
void addSweep(CLI::App& root, CommandLine& line);
void addCompare(CLI::App& root, CommandLine& line);
void addRender(CLI::App& root, CommandLine& line);
void addRecipe(CLI::App& root, CommandLine& line);
void addPresets(CLI::App& root, CommandLine& line);

// What several of them share.

/// A sub-command with --quiet and an example under its help.
CLI::App* addCommand(CLI::App& root, CommandLine& line, const std::string& name, const std::string& description,
                     const std::string& footer);
/// --format tsv|json
void addTableFormat(CLI::App* command, CommandLine& line);
/// EXPERIMENT, --set and --lengths-from
void addExperiment(CLI::App* command, ExperimentArgument& experiment);

/// Runs `run(options, common)` when the command was asked for. `options` lives as long as the parser.
template <typename Options>
std::function<void()> actionOf(CommandLine& line, std::shared_ptr<const Options> options,
                               void (*run)(const Options&, const CommonOptions&))
{
    return [&line, options, run] { line.action = [&line, options, run] { run(*options, line.common); }; };
}

}  // namespace posbias::app
