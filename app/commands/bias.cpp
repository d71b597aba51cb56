// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/arguments.h"
#include "app/commands/commands.h"
#include "app/long_work.h"
#include "core/base/error.h"
#include "core/base/quoted_text.h"
#include "core/evaluation/result.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace posbias::app {

namespace {

struct Options {
    ExperimentArgument experiment;
    std::string offsets = "0:1000";
};

void run(const Options& options, const CommonOptions& common)
{
    const OffsetRange range = parseOffsets("--offsets", options.offsets);
    const Experiment experiment = loadExperiment(options.experiment);
    if (experiment.mask == Mask::Causal && range.first < 0) {
        throw InputError("--offsets", "--offsets " + quotedText(options.offsets) +
                                          ": a causal mask hides negative offsets; "
                                          "start at 0, or --set mask=bidirectional");
    }
    const Training training = train(experiment, LongWork("training", common.quiet).progress());

    std::vector<std::string> columns = {"offset"};
    for (std::size_t s = 0; s < training.schemes.size(); ++s)
        columns.push_back(schemeLetter(s));
    Table table(common.format, columns);
    std::vector<Cell> row(columns.size());
    constexpr std::int64_t block = 1 << 16;
    for (std::int64_t first = range.first; first <= range.last; first += block) {
        const OffsetRange part = {first, std::min(range.last, first + block - 1)};
        std::vector<OffsetValues> biases;
        for (const auto& scheme : training.schemes)
            biases.push_back(scheme->bias(part));
        for (std::int64_t d = part.first; d <= part.last; ++d) {
            row[0] = d;
            for (std::size_t s = 0; s < biases.size(); ++s)
                row[s + 1] = biases[s][d];
            table.row(row);
        }
    }
    table.finish();
}

}  // namespace

void addBias(CLI::App& root, CommandLine& line)
{
    CLI::App* command = addCommand(
        root, line, "bias", "Print each scheme's learned bias by offset",
        "Columns: offset A B ...      raw biases b(d), offset d = i - j; training leaves their common level open\n\n"
        "Example:\n  posbias bias past-training --offsets 0:1000");
    auto options = std::make_shared<Options>();
    addExperiment(command, options->experiment);
    command
        ->add_option("--offsets", options->offsets,
                     "Offsets A to B, both included; causal 0 to 16777216,\n"
                     "bidirectional -16777216 to 16777216; default 0:1000")
        ->type_name("A:B");
    addTableFormat(command, line);
    command->callback(actionOf<Options>(line, options, run));
}

}  // namespace posbias::app
