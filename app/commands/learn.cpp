// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learning/learn.h"
#include "app/arguments.h"
#include "app/commands/commands.h"
#include "app/long_work.h"
#include "app/outputs.h"
#include "core/base/error.h"
#include "core/base/quoted_text.h"
#include "core/evaluation/history.h"
#include "core/io/atomic_file.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <optional>

namespace posbias::app {

namespace {

struct Options {
    ExperimentArgument experiment;
    std::string file;
    std::string history;
    bool force = false;
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

void appendRow(std::string& text, const std::string& letter, const SchemeHistory& history, std::size_t k)
{
    text += letter + ',';
    appendNumber(text, history.steps[k]);
    text += ',';
    appendNumber(text, history.trainNll[k]);
    text += ',';
    if (!history.heldOutNll.empty())
        appendNumber(text, history.heldOutNll[k]);
    for (const std::vector<double>* column :
         {&history.gradientNorm, &history.klWithin, &history.klAtLength, &history.level}) {
        text += ',';
        appendNumber(text, (*column)[k]);
    }
    text += '\n';
}

void writeHistory(AtomicFile& file, const TrainingHistory& history)
{
    std::string text = "scheme,step,train_nll,held_out_nll,gradient_norm,kl_within,kl_at_length,level\n";
    for (std::size_t s = 0; s < history.schemes.size(); ++s)
        for (std::size_t k = 0; k < history.schemes[s].steps.size(); ++k)
            appendRow(text, schemeLetter(s), history.schemes[s], k);
    file.write(text);
    file.commit();
}

/// Opened first: no training for a file that cannot be written.
std::optional<AtomicFile> opened(const std::string& name, bool force)
{
    return name.empty() ? std::nullopt : std::optional<AtomicFile>(std::in_place, name, existingFiles(force));
}

void run(const Options& options, const CommonOptions& common)
{
    const Experiment experiment = loadExperiment(options.experiment);
    std::vector<NamedOutput> outputs;
    for (const auto& [option, name] : {std::pair("-o", options.file), std::pair("--history", options.history)})
        if (!name.empty())
            outputs.push_back({option, name});
    checkOutputs(outputs, options.experiment, options.force);
    std::optional<AtomicFile> file = opened(options.file, options.force),
                              historyFile = opened(options.history, options.force);
    const Training training = train(experiment, LongWork("training", common.quiet).progress());
    if (historyFile)
        writeHistory(*historyFile,
                     trainingHistory(experiment, training, 256, LongWork("looking back", common.quiet).progress()));
    if (file)
        writeLearned(*file, training);

    Table table(common.format, {"scheme", "parameters", "untrained", "steps", "gradient_norm", "train_nll"});
    for (std::size_t s = 0; s < training.schemes.size(); ++s) {
        const TrainedScheme& trained = *training.schemes[s];
        const std::string letter = schemeLetter(s);
        table.row({std::string_view(letter), trained.table.parameterCount(), trained.untrainedCount, trained.fit.steps,
                   trained.fit.gradientNorm, trained.fit.trainNll});
    }
    table.finish();
    const std::int64_t every =
        heldOutInterval({training.corpus, training.heldOut, training.documents}, experiment.learning);
    if (every > 1 && !common.quiet)
        std::fprintf(stderr,
                     "posbias: early stopping looked at one step in %lld, where looking costs far more than training\n",
                     static_cast<long long>(every));
}

}  // namespace

void addLearn(CLI::App& root, CommandLine& line)
{
    CLI::App* command = addCommand(
        root, line, "learn", "Fit the schemes to the simulated training data",
        "Columns: scheme parameters untrained steps gradient_norm train_nll\n"
        "train_nll: mean loss per query, in nats; gradient_norm: 2-norm of the gradient of what is minimised.\n"
        "steps: with early stopping the best of all steps on held-out documents; where looking at each would cost\n"
        "far more than training, the best of one in several (standard error says of how many).\n"
        "The file of -o: scheme,parameter,first_offset,last_offset,value,trained (1 or 0); an untrained\n"
        "value is its initial one, less what weight decay took.\n"
        "The file of --history: scheme,step,train_nll,held_out_nll,gradient_norm,kl_within,kl_at_length,level,\n"
        "at up to 256 steps, ever farther apart. gradient_norm: of the mean loss; kl_within: over the training\n"
        "length; kl_at_length: over the length shown; level: the mean of the trained parameters.\n\n"
        "Example:\n  posbias learn past-training --set learning.optimizer=exact -o learned.csv");
    auto options = std::make_shared<Options>();
    addExperiment(command, options->experiment);
    command->add_option("-o", options->file, "Write every learned parameter as CSV")->type_name("FILE.csv");
    command->add_option("--history", options->history, "Write the course of training as CSV")->type_name("FILE.csv");
    addForce(command, options->force);
    addTableFormat(command, line);
    command->callback(actionOf<Options>(line, options, run));
}

}  // namespace posbias::app
