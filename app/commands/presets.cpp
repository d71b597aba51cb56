// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/presets.h"
#include "app/arguments.h"
#include "app/commands/commands.h"
#include "core/base/error.h"
#include "core/base/quoted_text.h"
#include "core/io/experiment_file.h"

#include <CLI/CLI.hpp>

namespace posbias::app {

namespace {

struct Options {
    std::string name;
};

void list(const CommonOptions& common)
{
    Table table(common.format, {"name", "title", "summary"});
    for (const Preset& preset : presets()) {
        table.row({std::string_view(preset.name), std::string_view(preset.experiment.title),
                   std::string_view(preset.summary)});
    }
    table.finish();
}

void run(const Options& options, const CommonOptions& common)
{
    if (options.name.empty())
        return list(common);
    const Preset* preset = findPreset(options.name);
    if (preset == nullptr) {
        throw InputError(options.name, "no such preset: " + quotedText(options.name) +
                                           didYouMean(options.name, presetNames()) + "; the presets are " +
                                           joined(presetNames()));
    }
    Output output;
    output.write(toJson(preset->experiment));
    output.flush();
}

}  // namespace

void addPresets(CLI::App& root, CommandLine& line)
{
    CLI::App* command = addCommand(root, line, "presets", "List the built-in experiments, or print one as a file",
                                   "Columns: name title summary\n\n"
                                   "Example:\n  posbias presets past-training > mine.posbias");
    auto options = std::make_shared<Options>();
    command->add_option("NAME", options->name, "Print this one as a .posbias file")->type_name("");
    addTableFormat(command, line);
    command->callback(actionOf<Options>(line, options, run));
}

}  // namespace posbias::app
