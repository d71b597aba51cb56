// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"

#include "core/base/error.h"
#include "core/base/quoted_text.h"

#include <CLI/CLI.hpp>

namespace posbias::app {

CLI::App* addCommand(CLI::App& root, CommandLine& line, const std::string& name, const std::string& description,
                     const std::string& footer)
{
    CLI::App* command = root.add_subcommand(name, description);
    command->add_flag("--quiet", line.common.quiet, "No progress, no confirmations");
    command->footer(footer);
    return command;
}

void addTableFormat(CLI::App* command, CommandLine& line)
{
    const auto choose = [&line](const std::string& id) {
        if (id != "tsv" && id != "json")
            throw InputError("--format", "--format " + quotedText(id) + ": allowed are tsv, json");
        line.common.format = id == "json" ? TableFormat::Json : TableFormat::Tsv;
    };
    command
        ->add_option_function<std::string>("--format", choose,
                                           "tsv: tab-separated, with a header row (default)\n"
                                           "json: an array of objects; null for infinity and for nothing")
        ->type_name("tsv|json");
}

void addExperiment(CLI::App* command, ExperimentArgument& experiment)
{
    command
        ->add_option("EXPERIMENT", experiment.name,
                     "A .posbias file, a figure, or the name of a preset (posbias presets)")
        ->type_name("")
        ->required();
    command
        ->add_option("--set", experiment.settings,
                     "Change one value, such as trainingLength=256 or schemes.1.buckets=16;\n"
                     "repeatable; keys as in a .posbias file, list items from 0")
        ->type_name("KEY.PATH=VALUE")
        ->allow_extra_args(false);
    command
        ->add_option("--lengths-from", experiment.lengthsFile,
                     "Draw training documents by the lengths in this table: one in each line, or a\n"
                     "column of lengths (length, n_tokens, ...) and, if there is one, of numbers of\n"
                     "documents (count, n, Freq, ...); any usual separator and encoding, also gzip")
        ->type_name("FILE.csv");
}

}  // namespace posbias::app
