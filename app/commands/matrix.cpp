// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/arguments.h"
#include "app/commands/commands.h"
#include "app/long_work.h"
#include "app/outputs.h"
#include "core/base/error.h"
#include "core/base/quoted_text.h"
#include "core/evaluation/result.h"
#include "core/experiment/fields.h"
#include "core/fields/attention_rows.h"
#include "core/io/matrix_file.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace posbias::app {

namespace {

struct Options {
    ExperimentArgument experiment;
    std::string field = "bias";
    std::string scheme = "A";
    std::string length;
    std::string type = "float64";
    std::string file;
    bool force = false;
};

void requireOneOf(const std::string& option, const std::string& value, const std::vector<std::string>& allowed)
{
    if (std::find(allowed.begin(), allowed.end(), value) == allowed.end())
        throw InputError(option, option + " " + quotedText(value) + ": allowed are " + joined(allowed));
}

/// Where a file has no room: the same numbers without it.
std::string withoutFile(const std::string& field, const Experiment& experiment)
{
    const OffsetRange offsets = visibleOffsets(experiment.mask, experiment.length);
    const std::string render = "posbias render --figure " + field + " draws the matrix at any length.";
    if (field == "attention")
        return "Without a file, " + render;
    return "Without a file, posbias bias --offsets " + std::to_string(offsets.first) + ":" +
           std::to_string(offsets.last) + " gives the same numbers by offset, and " + render;
}

void run(const Options& options, const CommonOptions& common)
{
    requireOneOf("--field", options.field, {"bias", "attention"});
    requireOneOf("--dtype", options.type, {"float32", "float64"});
    Experiment experiment = loadExperiment(options.experiment);
    if (!options.length.empty()) {
        const std::int64_t length = parseInteger("--length", options.length, 1, maxLength);
        experiment = withField(experiment, "length", length);
        validate(experiment);
    }
    const std::size_t scheme = schemeIndex("--scheme", options.scheme, experiment);

    checkOutputs({{"-o", options.file}}, options.experiment, options.force);
    // Opened first: nothing is trained for a file that cannot be written or has no room.
    const NpyType type = options.type == "float32" ? NpyType::Float32 : NpyType::Float64;
    MatrixFile file(options.file, experiment.length, experiment.length, type, withoutFile(options.field, experiment),
                    existingFiles(options.force));
    LongWork work("writing " + options.file, common.quiet);
    const auto field = evaluate(experiment, work.progress())->schemes[scheme].attention;
    if (options.field == "bias") {
        file.writeToeplitz(field->bias(), work.progress());
    } else {
        const AttentionRows rows(field);
        file.writeRows([&](std::int64_t i, std::span<double> row) { rows.write(i, row); }, work.progress());
    }
}

}  // namespace

void addMatrix(CLI::App& root, CommandLine& line)
{
    CLI::App* command = addCommand(
        root, line, "matrix", "Write the n x n matrix of biases or attention to a file",
        "Row i is the query, column j the key. Biases are raw; masked ones are -inf. Masked attention is 0.\n\n"
        "Example:\n  posbias matrix past-training --field attention --scheme B --length 1000 -o attention.npy");
    auto options = std::make_shared<Options>();
    addExperiment(command, options->experiment);
    command->add_option("-o", options->file, "The file to write; its ending chooses the format")
        ->type_name("FILE.npy|FILE.csv")
        ->required();
    command->add_option("--field", options->field, "Default bias")->type_name("bias|attention");
    command->add_option("--scheme", options->scheme, "The scheme's letter, in the order of the file; default A")
        ->type_name("A|B|...");
    command->add_option("--length", options->length, "Tokens, 1 to 16777216; default the experiment's length")
        ->type_name("N");
    command->add_option("--dtype", options->type, "Type of numbers in a .npy file; default float64")
        ->type_name("float32|float64");
    addForce(command, options->force);
    command->callback(actionOf<Options>(line, options, run));
}

}  // namespace posbias::app
