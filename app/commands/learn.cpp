// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "app/long_work.h"
#include "core/evaluation/result.h"
#include "core/io/atomic_file.h"

#include <CLI/CLI.hpp>

#include <optional>

namespace posbias::app {

namespace {

struct Options {
    ExperimentArgument experiment;
    std::string file;
};

/// A line for each parameter, in bounded memory.
void writeParameters(AtomicFile& file, const TrainedScheme& trained, const std::string& letter)
{
    constexpr std::size_t block = 1 << 16;
    std::string text;
    for (std::int64_t p = 0; p < trained.table.parameterCount(); ++p) {
        const auto index = static_cast<std::size_t>(p);
        const auto [first, last] = offsetCells(trained.table, p);
        text += letter + ',';
        appendNumber(text, p);
        text += ',';
        appendCell(text, first);
        text += ',';
        appendCell(text, last);
        text += ',';
        appendNumber(text, trained.fit.values[index]);
        text += trained.exposure[index] > 0.0 ? ",1\n" : ",0\n";
        if (text.size() > block) {
            file.write(text);
            text.clear();
        }
    }
    file.write(text);
}

void writeLearned(AtomicFile& file, const Training& training)
{
    file.write("scheme,parameter,first_offset,last_offset,value,trained\n");
    for (std::size_t s = 0; s < training.schemes.size(); ++s)
        writeParameters(file, *training.schemes[s], schemeLetter(s));
    file.commit();
}

void run(const Options& options, const CommonOptions& common)
{
    const Experiment experiment = loadExperiment(options.experiment);
    std::optional<AtomicFile> file;  // opened first: no training for a file that cannot be written
    if (!options.file.empty())
        file.emplace(options.file);
    const Training training = train(experiment, LongWork("training", common.quiet).progress());
    if (file)
        writeLearned(*file, training);

    Table table(common.format, {"scheme", "parameters", "untrained", "steps", "gradient_norm", "train_nll"});
    for (std::size_t s = 0; s < training.schemes.size(); ++s) {
        const TrainedScheme& trained = *training.schemes[s];
        const std::string letter = schemeLetter(s);
        table.row({std::string_view(letter), trained.table.parameterCount(), trained.untrainedCount,
                   trained.fit.steps, trained.fit.gradientNorm, trained.fit.trainNll});
    }
    table.finish();
}

}  // namespace

void addLearn(CLI::App& root, CommandLine& line)
{
    CLI::App* command = addCommand(
        root, line, "learn", "Fit the schemes to the simulated training data",
        "Columns: scheme parameters untrained steps gradient_norm train_nll\n"
        "train_nll: mean loss per query, in nats; gradient_norm: 2-norm of the gradient of what is minimised.\n"
        "The file: scheme,parameter,first_offset,last_offset,value,trained (1 or 0)\n\n"
        "Example:\n  posbias learn past-training --set learning.optimizer=exact -o learned.csv");
    auto options = std::make_shared<Options>();
    addExperiment(command, options->experiment);
    command->add_option("-o", options->file, "Write every learned parameter as CSV")->type_name("FILE.csv");
    addTableFormat(command, line);
    command->callback(actionOf<Options>(line, options, run));
}

}  // namespace posbias::app
