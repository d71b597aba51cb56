// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/long_work.h"
#include "core/learning/corpus.h"
#include "core/learning/training_loss.h"
#include "core/schemes/scheme.h"

#include <CLI/CLI.hpp>

#include <numeric>

namespace posbias::app {

namespace {

struct Options {
    ExperimentArgument experiment;
};

void run(const Options& options, const CommonOptions& common)
{
    const Experiment experiment = loadExperiment(options.experiment);
    const Corpus corpus = makeCorpus(experiment.teacher, experiment.corpus, experiment.mask, experiment.trainingLength,
                                     LongWork("counting", common.quiet).progress());
    const double allPairs = std::accumulate(corpus.pairs.values.begin(), corpus.pairs.values.end(), 0.0);

    Table table(common.format, {"scheme", "parameter", "first_offset", "last_offset", "pairs", "share"});
    for (std::size_t s = 0; s < experiment.schemes.size(); ++s) {
        const std::string letter = schemeLetter(s);
        const ParameterTable parameters =
            parameterTable(experiment.schemes[s], experiment.mask, experiment.trainingLength);
        const TrainingLoss loss(corpus, parameters);
        for (std::int64_t p = 0; p < parameters.parameterCount(); ++p) {
            const auto [first, last] = offsetCells(parameters, p);
            const double pairs = loss.exposure()[static_cast<std::size_t>(p)];
            table.row({std::string_view(letter), p, first, last, pairs, pairs / allPairs});
        }
    }
    table.finish();
}

}  // namespace

void addExposure(CLI::App& root, CommandLine& line)
{
    CLI::App* command =
        addCommand(root, line, "exposure", "Count the training pairs behind each parameter",
                   "Columns: scheme parameter first_offset last_offset pairs share\n"
                   "pairs: (query, key) pairs of the training data that use the parameter; share: of all pairs.\n"
                   "An open end is inf or -inf; a dead bucket, which no offset uses, has neither end.\n\n"
                   "Example:\n  posbias exposure past-training --set corpus.documents=4");
    auto options = std::make_shared<Options>();
    addExperiment(command, options->experiment);
    addTableFormat(command, line);
    command->callback(actionOf<Options>(line, options, run));
}

}  // namespace posbias::app
