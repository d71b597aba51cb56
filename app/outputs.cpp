// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/outputs.h"

#include "app/experiment_argument.h"
#include "core/base/error.h"
#include "core/base/quoted_text.h"
#include "ui/plot/files/figure_files.h"

#include <CLI/CLI.hpp>

namespace posbias::app {

namespace {

namespace fs = std::filesystem;

/// Whatever the spelling, through links of both kinds.
bool isSameFile(const fs::path& a, const fs::path& b)
{
    const std::string identity = fileIdentity(a);
    return !identity.empty() && identity == fileIdentity(b);
}

std::vector<fs::path> filesOf(const ExperimentArgument& input)
{
    std::vector<fs::path> files;
    if (isExperimentFile(input.name))
        files.emplace_back(input.name);
    if (!input.lengthsFile.empty())
        files.emplace_back(input.lengthsFile);
    return files;
}

}  // namespace

void addForce(CLI::App* command, bool& force)
{
    command->add_flag("--force", force, "Replace files that exist");
}

Existing existingFiles(bool force)
{
    return force ? Existing::Replace : Existing::Refuse;
}

void refuseInputs(const std::vector<fs::path>& outputs, const ExperimentArgument& input)
{
    for (const fs::path& read : filesOf(input))
        for (const fs::path& output : outputs)
            if (isSameFile(output, read))
                throw InputError("-o",
                                 output.string() + " is read by this command, and would be replaced by what it writes");
}

void checkOutputs(const std::vector<NamedOutput>& outputs, const ExperimentArgument& input, bool force)
{
    std::vector<fs::path> files;
    for (std::size_t k = 0; k < outputs.size(); ++k) {
        for (std::size_t other = 0; other < k; ++other)
            if (isSameFile(outputs[k].file, outputs[other].file))
                throw InputError(outputs[k].option, outputs[k].option + ' ' + quotedText(outputs[k].file.string()) +
                                                        ": " + outputs[other].option + " names the same file");
        files.push_back(outputs[k].file);
    }
    refuseInputs(files, input);
    if (const std::vector<fs::path> existing = ui::thoseThere(files); !force && !existing.empty())
        throw InputError(outputs.front().option, ui::existWords(existing));
}

}  // namespace posbias::app
