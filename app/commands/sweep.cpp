// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/sweep.h"
#include "app/arguments.h"
#include "app/commands/commands.h"
#include "app/interruption.h"
#include "app/long_work.h"
#include "core/base/error.h"
#include "core/base/quoted_text.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cstdio>

namespace posbias::app {

namespace {

constexpr std::int64_t mostValues = 65'536, mostSeeds = 1000, mostTrainings = 200'000;

struct Options {
    ExperimentArgument experiment;
    std::string over;
    std::string lengths;
    std::string seeds;
};

struct Setting {
    SweepOver over;
    std::string key;  ///< as in files, and the first column
    std::int64_t least, most;
};

const std::array<Setting, 3>& settings()
{
    static const std::array<Setting, 3> all{{{SweepOver::Buckets, "buckets", 2, maxT5Buckets},
                                             {SweepOver::MaxDistance, "maxDistance", 1, maxT5Distance},
                                             {SweepOver::Documents, "documents", 1, 1'000'000}}};
    return all;
}

const Setting& settingOf(SweepOver over)
{
    return *std::ranges::find(settings(), over, &Setting::over);
}

const Setting& settingCalled(std::string_view key, const std::string& text)
{
    std::vector<std::string> keys;
    for (const Setting& setting : settings()) {
        if (setting.key == key)
            return setting;
        keys.push_back(setting.key);
    }
    throw InputError("--over", "--over " + quotedText(text) + ": no such setting: " + quotedText(key) +
                                   didYouMean(key, keys) + "; allowed are " + joined(keys));
}

/// "A:B", every whole number from A to B, or "8,16,32".
std::vector<std::int64_t> valuesOf(const Setting& setting, const std::string& text, std::string_view values)
{
    const std::string option = "--over " + setting.key;
    const std::size_t colon = values.find(':');
    std::vector<std::int64_t> all;
    if (colon == std::string_view::npos) {
        for (std::size_t begin = 0; begin <= values.size();) {
            const std::size_t end = std::min(values.find(',', begin), values.size());
            all.push_back(parseInteger(option, values.substr(begin, end - begin), setting.least, setting.most));
            begin = end + 1;
        }
        return all;
    }
    const std::int64_t first = parseInteger(option, values.substr(0, colon), setting.least, setting.most);
    const std::int64_t last = parseInteger(option, values.substr(colon + 1), setting.least, setting.most);
    const std::string start = "--over " + quotedText(text) + ": ";
    if (last < first)
        throw InputError("--over",
                         start + "the range is backwards; write " + std::to_string(last) + ":" + std::to_string(first));
    if (last - first >= mostValues)
        throw InputError("--over", start + std::to_string(last - first + 1) + " values; at most " +
                                       std::to_string(mostValues) + " are allowed; list some, such as " + setting.key +
                                       "=" + std::to_string(first) + "," + std::to_string(last));
    for (std::int64_t value = first; value <= last; ++value)
        all.push_back(value);
    return all;
}

SweepPlan planOf(const Options& options, Experiment experiment)
{
    std::vector<std::int64_t> values;
    if (!options.over.empty()) {
        const std::size_t equals = options.over.find('=');
        const Setting& setting = settingCalled(std::string_view(options.over).substr(0, equals), options.over);
        experiment.sweep.over = setting.over;
        if (equals != std::string::npos)
            values = valuesOf(setting, options.over, std::string_view(options.over).substr(equals + 1));
    }
    if (!options.seeds.empty()) {
        experiment.sweep.seeds = parseInteger("--seeds", options.seeds, 1, mostSeeds);
        if (experiment.sweep.seeds > 1 && experiment.corpus.counts == Counts::Expected)
            throw InputError("--seeds", "--seeds " + quotedText(options.seeds) +
                                            ": expected counts have no randomness; "
                                            "leave --seeds out, or set corpus.counts=sampled");
    }
    SweepPlan plan = sweepPlan(experiment);
    if (!values.empty())
        plan.values = std::move(values);
    if (!options.lengths.empty())
        plan.lengths = parseLengths("--lengths", options.lengths);
    const auto trainings = static_cast<std::int64_t>(plan.values.size() * plan.seeds.size());
    if (trainings > mostTrainings)
        throw InputError("--seeds", "--seeds " + std::to_string(plan.seeds.size()) + ": with " +
                                        std::to_string(plan.values.size()) + " values these are more than " +
                                        std::to_string(mostTrainings) + " trainings; choose fewer");
    return plan;
}

// What was skipped, in few lines ------------------------------------------------------------------------------------

/// Values of one scheme that follow one another in the plan.
struct SkippedStretch {
    std::size_t scheme = 0;
    std::int64_t first = 0, last = 0;
    std::string reason;  ///< of the first
};

std::vector<SkippedStretch> stretchesOf(const Sweep& sweep)
{
    std::vector<SkippedStretch> stretches;
    std::vector<std::int64_t> values = sweep.plan.values;
    std::ranges::sort(values);
    const auto follows = [&](std::int64_t before, std::int64_t value) {
        const auto place = std::ranges::upper_bound(values, before);
        return place != values.end() && *place == value;
    };
    for (const SkippedValue& skipped : sweep.skipped) {
        if (skipped.seed)
            continue;
        const auto open = std::ranges::find_if(stretches, [&](const SkippedStretch& s) {
            return s.scheme == skipped.scheme && follows(s.last, *skipped.value);
        });
        if (open == stretches.end())
            stretches.push_back({skipped.scheme, *skipped.value, *skipped.value, skipped.reason});
        else
            open->last = *skipped.value;
    }
    return stretches;
}

/// "3 of 80 trainings, the first one scheme B, buckets 8, seed 2: SGD diverged at ..."; empty when all came to an end.
std::string failedTrainings(const Sweep& sweep, const std::string& key)
{
    const auto failed = [](const SkippedValue& skipped) { return skipped.seed.has_value(); };
    const auto first = std::ranges::find_if(sweep.skipped, failed);
    if (first == sweep.skipped.end())
        return {};
    return std::to_string(std::ranges::count_if(sweep.skipped, failed)) + " of " + std::to_string(sweep.trainings) +
           " trainings, the first one scheme " + schemeLetter(first->scheme) +
           (first->value ? ", " + key + " " + std::to_string(*first->value) : "") + ", seed " +
           std::to_string(*first->seed) + ": " + first->reason;
}

void tellSkipped(const Sweep& sweep, const std::string& key)
{
    for (const SkippedStretch& stretch : stretchesOf(sweep)) {
        const std::string values = stretch.first == stretch.last
                                       ? std::to_string(stretch.first)
                                       : std::to_string(stretch.first) + ":" + std::to_string(stretch.last);
        std::fprintf(stderr, "posbias: skipped %s %s of scheme %s: %s\n", key.c_str(), values.c_str(),
                     schemeLetter(stretch.scheme).c_str(), stretch.reason.c_str());
    }
    if (const std::string failed = failedTrainings(sweep, key); !failed.empty())
        std::fprintf(stderr, "posbias: skipped %s\n", failed.c_str());
}

// Rows ---------------------------------------------------------------------------------------------------------------

void print(const Sweep& sweep, const std::string& key, const CommonOptions& common)
{
    Table table(common.format, {key, "scheme", "length", "seed", "kl"});
    for (const SweepRow& row : sweep.rows) {
        const std::string letter = schemeLetter(row.scheme);
        const Cell value = row.value ? Cell(*row.value) : Cell();
        table.row({value, std::string_view(letter), row.length, row.seed, row.kl});
    }
    table.finish();
}

void run(const Options& options, const CommonOptions& common)
{
    const Experiment experiment = loadExperiment(options.experiment);
    const SweepPlan plan = planOf(options, experiment);
    const std::string& key = settingOf(plan.over).key;
    Sweep sweep;
    try {
        LongWork work("training", common.quiet);
        sweep = runSweep(experiment, plan, work.progress(), [&](const Sweep& soFar) { sweep = soFar; });
    } catch (const Cancelled&) {
        const LastWords lastWords;
        print(sweep, key, common);
        std::fprintf(stderr, "posbias: stopped after %zu of %zu trainings\n", sweep.done, sweep.trainings);
        throw;
    }
    if (sweep.rows.empty())
        throw FailureError("no training came to its end: " + failedTrainings(sweep, key));
    if (!common.quiet)
        tellSkipped(sweep, key);
    print(sweep, key, common);
}

}  // namespace

void addSweep(CLI::App& root, CommandLine& line)
{
    CLI::App* command = addCommand(
        root, line, "sweep", "Train at many values of one setting, on several corpora each",
        "Columns: buckets (or maxDistance, documents) scheme length seed kl\n"
        "kl: mean per query of KL(data || scheme) over a sequence of this length, in nats. A scheme without the\n"
        "setting is trained once for each seed; its first column is empty. Values that a scheme does not allow\n"
        "are skipped and named on standard error. Ctrl+C prints what is done so far.\n"
        "Rows are the same whatever the number of threads.\n\n"
        "Example:\n  posbias sweep past-training --over buckets=2:512 --lengths 512,1000,4096 --seeds 8");
    auto options = std::make_shared<Options>();
    addExperiment(command, options->experiment);
    command
        ->add_option("--over", options->over,
                     "buckets=, maxDistance= or documents=, then A:B (every whole number from A\n"
                     "to B) or a list (8,16,32); the name alone: values evenly spaced on a\n"
                     "logarithmic axis; default as the experiment's sweep says")
        ->type_name("KEY=A:B");
    command
        ->add_option("--lengths", options->lengths,
                     "Tokens, each 1 to 16777216; default the training length\nand the length shown")
        ->type_name("N,N,...");
    command
        ->add_option("--seeds", options->seeds,
                     "Corpora for each value, seeds from the corpus's own on; 1 to 1000;\n"
                     "default as the experiment's sweep says")
        ->type_name("K");
    addTableFormat(command, line);
    command->callback(actionOf<Options>(line, options, run));
}

}  // namespace posbias::app
