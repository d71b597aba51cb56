// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/arguments.h"
#include "app/commands/commands.h"
#include "app/commands/scheme_fields.h"

#include <CLI/CLI.hpp>

namespace posbias::app {

namespace {

struct Options {};

void run(const Options&, const CommonOptions& common)
{
    Table table(common.format, {"id", "title", "parameters", "defaults", "ranges", "formula", "citation"});
    for (const Scheme& scheme : defaultSchemes()) {
        std::vector<std::string> keys, defaults, ranges;
        for (const FieldDescription& field : describeScheme(scheme)) {
            keys.push_back(field.path);
            defaults.push_back(field.path + "=" + defaultText(field));
            ranges.push_back(field.path + ": " + rangeText(field));
        }
        const SchemeInfo& info = schemeInfo(scheme);
        const std::string keyText = joined(keys), defaultsText = joined(defaults), rangesText = joined(ranges, "; ");
        table.row({info.id, info.title, std::string_view(keyText), std::string_view(defaultsText),
                   std::string_view(rangesText), info.formula, info.citation});
    }
    table.finish();
}

}  // namespace

void addSchemes(CLI::App& root, CommandLine& line)
{
    CLI::App* command = addCommand(root, line, "schemes", "List the schemes: settings, defaults, ranges, formula",
                                   "Columns: id title parameters defaults ranges formula citation\n\n"
                                   "Example:\n  posbias schemes --format json");
    addTableFormat(command, line);
    command->callback(actionOf<Options>(line, std::make_shared<const Options>(), run));
}

}  // namespace posbias::app
