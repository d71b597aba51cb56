// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/arguments.h"
#include "app/commands/commands.h"
#include "app/long_work.h"
#include "core/evaluation/result.h"

#include <CLI/CLI.hpp>

namespace posbias::app {

namespace {

struct Options {
    ExperimentArgument experiment;
    std::string lengths;
};

std::vector<std::int64_t> lengthsOf(const Options& options, const Experiment& experiment)
{
    if (!options.lengths.empty())
        return parseLengths("--lengths", options.lengths);
    if (experiment.trainingLength == experiment.length)
        return {experiment.length};
    return {experiment.trainingLength, experiment.length};
}

void run(const Options& options, const CommonOptions& common)
{
    const Experiment experiment = loadExperiment(options.experiment);
    const std::vector<std::int64_t> lengths = lengthsOf(options, experiment);
    const Training training = train(experiment, LongWork("training", common.quiet).progress());

    Table table(common.format, {"scheme", "length", "nll", "kl", "untrained_mass", "unseen_mass"});
    for (std::size_t s = 0; s < training.schemes.size(); ++s) {
        const std::string letter = schemeLetter(s);
        for (const std::int64_t length : lengths) {
            LongWork work("comparing " + letter + " at " + std::to_string(length), common.quiet);
            const Comparison comparison = compareAt(experiment, training, s, length, work.progress());
            table.row({std::string_view(letter), length, comparison.nll, comparison.kl, comparison.untrainedMass,
                       comparison.unseenMass});
        }
    }
    table.finish();
}

}  // namespace

void addCompare(CLI::App& root, CommandLine& line)
{
    CLI::App* command = addCommand(
        root, line, "compare", "Tell how far each scheme is from the data, at any length",
        "Columns: scheme length nll kl untrained_mass unseen_mass      exact means per query, in nats; no sampling\n"
        "untrained_mass: attention on offsets whose parameter training never touched;\n"
        "unseen_mass: on offsets that no training pair had. From biases alone, whatever the content.\n\n"
        "Example:\n  posbias compare past-training --lengths 512,1000,4096");
    auto options = std::make_shared<Options>();
    addExperiment(command, options->experiment);
    command
        ->add_option("--lengths", options->lengths,
                     "Tokens, each 1 to 16777216; default the training length\nand the length shown")
        ->type_name("N,N,...");
    addTableFormat(command, line);
    command->callback(actionOf<Options>(line, options, run));
}

}  // namespace posbias::app
