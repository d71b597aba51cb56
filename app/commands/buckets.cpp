// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/arguments.h"
#include "app/commands/commands.h"
#include "app/commands/scheme_fields.h"
#include "core/base/error.h"
#include "core/base/quoted_text.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>

namespace posbias::app {

namespace {

struct Options {
    std::string scheme = "t5";
    std::map<std::string, std::string> fields;  ///< settings of the scheme as typed, by key; empty if not given
    std::string mask = "causal";
    std::string trainingLength = "512";
    std::string offsets = "0:1000";
};

/// The same complaint about an option instead of a key.
InputError aboutOption(const InputError& error, const std::string& key)
{
    const std::string option = optionName(key);
    std::string message = error.what();
    for (const std::string& name : {"schemes.0." + key, key}) {
        const std::size_t at = message.find(name);
        if (at != std::string::npos)
            return {option, message.replace(at, name.size(), option)};
    }
    return {option, option + ": " + message};
}

Scheme schemeOf(const Options& options)
{
    const std::vector<std::string> ids = schemeIds();
    if (std::find(ids.begin(), ids.end(), options.scheme) == ids.end()) {
        throw InputError("--scheme", "--scheme " + quotedText(options.scheme) + ": no such scheme" +
                                         didYouMean(options.scheme, ids) + "; allowed are " + joined(ids));
    }
    Experiment experiment = withFieldText({}, "schemes.0.scheme", options.scheme);
    const std::vector<FieldDescription> fields = describeScheme(experiment.schemes[0]);
    for (const auto& [key, text] : options.fields) {
        if (text.empty())
            continue;
        const auto hasKey = [&key = key](const FieldDescription& field) { return field.path == key; };
        if (std::none_of(fields.begin(), fields.end(), hasKey))
            throw InputError(optionName(key), optionName(key) + ": " + options.scheme + " has no such setting");
        try {
            experiment = withFieldText(experiment, "schemes.0." + key, text);
        } catch (const InputError& error) {
            throw aboutOption(error, key);
        }
    }
    return experiment.schemes[0];
}

/// Runs of offsets with their parameter; offsets in no run have none.
std::vector<Segment> runsOf(const Scheme& scheme, Mask mask, std::int64_t trainingLength, const std::string& offsets,
                            OffsetRange range)
{
    const ParameterTable table = [&] {
        try {
            return parameterTable(scheme, mask, trainingLength);
        } catch (const InputError& error) {
            throw aboutOption(error, error.subject());
        }
    }();
    const auto* t5 = std::get_if<T5>(&scheme);
    if (t5 == nullptr || range.first >= 0)
        return table.segments(range);

    // The table holds what a mask lets see; the rule itself may answer, or refuse, beyond it.
    const T5Buckets buckets(*t5, mask);
    try {
        buckets.bucketOf(range.first);
    } catch (const InputError& error) {
        throw InputError("--offsets", "--offsets " + offsets + ": " + error.what());
    }
    return buckets.runs();
}

void run(const Options& options, const CommonOptions& common)
{
    const Scheme scheme = schemeOf(options);
    const Mask mask = [&] {
        try {
            return maskFromId(options.mask);
        } catch (const InputError& error) {
            throw InputError("--mask", "--mask " + quotedText(options.mask) + ": allowed are causal, bidirectional");
        }
    }();
    const std::int64_t trainingLength = parseInteger("--training-length", options.trainingLength, 1, maxLength);
    const OffsetRange range = parseOffsets("--offsets", options.offsets);
    const std::vector<Segment> runs = runsOf(scheme, mask, trainingLength, options.offsets, range);

    Table table(common.format, {"offset", "bucket"});
    std::int64_t d = range.first;
    const auto withoutBucket = [&](std::int64_t end) {
        for (; d < end; ++d)
            table.row({d, std::monostate()});
    };
    for (const Segment& run : runs) {
        withoutBucket(std::min(run.first, range.last + 1));
        for (const std::int64_t last = std::min(run.last, range.last); d <= last; ++d)
            table.row({d, run.parameterAt(d)});
    }
    withoutBucket(range.last + 1);
    table.finish();
}

void addSchemeOptions(CLI::App* command, Options& options)
{
    for (const Scheme& scheme : defaultSchemes()) {
        for (const FieldDescription& field : describeScheme(scheme)) {
            if (options.fields.count(field.path) > 0)
                continue;
            const bool choice = field.type == FieldType::Choice;
            command->add_option(optionName(field.path), options.fields[field.path], optionHelp(field))
                ->type_name(choice ? rangeText(field) : "N");
        }
    }
}

}  // namespace

void addBuckets(CLI::App& root, CommandLine& line)
{
    CLI::App* command = addCommand(
        root, line, "buckets", "Tell which bucket (parameter) each offset uses",
        "Columns: offset bucket      offset d = i - j, query minus key; transformers' relative_position is -d\n\n"
        "Examples:\n"
        "  posbias buckets --buckets 32 --max-distance 128 --offsets -5:700\n"
        "  posbias buckets --variant book --buckets 32 --max-distance 1024 --offsets 0:2000\n"
        "  posbias buckets --scheme per-offset --training-length 512 --offsets 0:1000");
    auto options = std::make_shared<Options>();
    command->add_option("--scheme", options->scheme, "Default t5")->type_name(joined(schemeIds(), "|"));
    addSchemeOptions(command, *options);
    command->add_option("--mask", options->mask, "Which keys a query may read; default causal")
        ->type_name("causal|bidirectional");
    command
        ->add_option("--training-length", options->trainingLength,
                     "Per-offset: the length it has parameters for, in tokens,\n1 to 16777216, default 512")
        ->type_name("L");
    command
        ->add_option("--offsets", options->offsets,
                     "Offsets A to B, both included, -16777216 to 16777216;\ndefault 0:1000")
        ->type_name("A:B");
    addTableFormat(command, line);
    command->callback(actionOf<Options>(line, options, run));
}

}  // namespace posbias::app
