// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/arguments.h"
#include "app/commands/commands.h"
#include "app/figure_options.h"
#include "app/long_work.h"
#include "app/output.h"
#include "app/outputs.h"
#include "app/painting.h"
#include "core/base/error.h"
#include "core/base/quoted_text.h"
#include "core/io/lecture_file.h"
#include "ui/plot/files/figure_files.h"
#include "ui/plot/ink/theme.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>

#include <unistd.h>

namespace posbias::app {

namespace {

struct Options {
    ExperimentArgument experiment;
    std::string target;
    FigureOptionTexts figure;
    bool all = false, check = false, force = false, description = false;
    std::vector<std::string> only;
    std::string formats;
};

using ui::FigureTarget, ui::FileReport, ui::FileState;

// ---- One figure ---------------------------------------------------------------------------------------------

ui::Replacing replacing(const Options& options, ui::Replacing unasked)
{
    return options.force ? ui::Replacing::Everything : unasked;
}

FigureTarget targetOf(const Options& options, const Lecture& lecture)
{
    const std::filesystem::path file = options.target;
    FigureDesign design;
    if (lecture.figures.size() == 1) {
        design = lecture.figures.front();
    } else {
        design.view = FigureKind::Bias;
        design.page = defaultPage(design.view);
    }
    design = withOptions(design, options.figure);
    design.name = file.stem().string();
    if (!characterCount(design.name))
        throw InputError("-o", "-o " + quotedText(options.target) + ": a figure carries its name, which must be UTF-8");
    ui::validate(design.page, ui::formatFromName(file));
    return {recipeOf(design, lecture.experiment), file, options.description,
            replacing(options, ui::Replacing::Nothing)};
}

// ---- The figures of a lecture -------------------------------------------------------------------------------

std::vector<std::string> namesOf(const Lecture& lecture)
{
    std::vector<std::string> names;
    for (const FigureDesign& design : lecture.figures)
        names.push_back(design.name);
    return names;
}

std::vector<FigureDesign> chosenFigures(const Options& options, const Lecture& lecture)
{
    if (lecture.figures.empty())
        throw InputError(options.experiment.name, options.experiment.name +
                                                      " lists no figures; without --all, --only "
                                                      "and --check, render draws one figure of an experiment");
    const std::vector<std::string> names = namesOf(lecture);
    for (const std::string& name : options.only)
        if (std::ranges::find(names, name) == names.end())
            throw InputError("--only", "--only " + quotedText(name) + ": no such figure" + didYouMean(name, names) +
                                           "; the figures are " + joined(names));
    std::vector<FigureDesign> chosen;
    for (const FigureDesign& design : lecture.figures)
        if (options.only.empty() || std::ranges::find(options.only, design.name) != options.only.end())
            chosen.push_back(design);
    return chosen;
}

std::vector<std::string> endingsOf(const std::string& list)
{
    std::vector<std::string> endings;
    for (std::size_t begin = 0; begin <= list.size();) {
        const std::size_t end = std::min(list.find(',', begin), list.size());
        endings.push_back(list.substr(begin, end - begin));
        const auto same = [&](ui::FigureFormat format) { return ui::endingOf(format) == endings.back(); };
        if (std::ranges::none_of(ui::figureFormats(), same))
            throw InputError("--formats", "--formats " + quotedText(list) + ": " + quotedText(endings.back()) +
                                              " is no format; allowed are pdf, svg, png, tex, csv, npy, gif");
        begin = end + 1;
    }
    return endings;
}

bool carriesRecipe(const std::string& ending)
{
    return !ui::isTable(ui::formatFromName("figure." + ending));
}

std::vector<FigureTarget> targetsOf(const Options& options, const Lecture& lecture)
{
    const std::filesystem::path folder = options.target.empty() ? "." : options.target;
    std::vector<FigureTarget> targets;
    for (const FigureDesign& design : chosenFigures(options, lecture)) {
        const Recipe recipe = recipeOf(withOptions(design, options.figure), lecture.experiment);
        std::vector<std::string> endings = recipe.design.formats;
        if (!options.formats.empty())
            endings = endingsOf(options.formats);
        else if (endings.empty())
            endings = {"pdf"};
        // One for each figure, beside a file that holds its digest.
        const auto describing = std::ranges::find_if(endings, carriesRecipe);
        const std::string& described = describing == endings.end() ? endings.front() : *describing;
        for (const std::string& ending : endings)
            targets.push_back({recipe, folder / (design.name + "." + ending),
                               options.description && ending == described, replacing(options, ui::Replacing::Own)});
    }
    return targets;
}

const char* inWords(FileState state)
{
    switch (state) {
    case FileState::Missing: return "missing";
    case FileState::Outdated: return "out of date";
    case FileState::Changed: return "changed since it was written";
    case FileState::Undigested: return "of an earlier version or cut off";
    case FileState::Different: return "differs from what would be written";
    case FileState::Unknown: return "carries no recipe";
    case FileState::Current: break;
    }
    return "up to date";
}

std::vector<std::vector<FileReport>> comparedWithDisk(const std::vector<FigureTarget>& targets,
                                                      const CommonOptions& common)
{
    LongWork work("comparing", common.quiet);
    return ui::reportsOf(targets, work.progress());
}

/// Prints every file that is not up to date; a failure if there is any.
void check(const std::vector<FigureTarget>& targets, const CommonOptions& common)
{
    ui::refuseCollisions(targets);
    Output output;
    std::size_t stale = 0;
    for (const std::vector<FileReport>& reports : comparedWithDisk(targets, common)) {
        stale += reports.empty() ? 0 : 1;
        for (const FileReport& report : reports)
            output.write(report.file.string() + '\t' + inWords(report.state) + '\n');
    }
    output.flush();
    if (stale > 0)
        throw FailureError(std::to_string(stale) + " of " + std::to_string(targets.size()) +
                           (targets.size() == 1 ? " figure is" : " figures are") + " not up to date");
}

// ---- Both ---------------------------------------------------------------------------------------------------

void makeFolder(const std::string& name)
{
    std::error_code error;
    if (!name.empty() && !std::filesystem::is_directory(name, error) &&
        !std::filesystem::create_directories(name, error))
        throw FailureError("cannot make the folder " + name + ": " + error.message());
}

void tellMissingFonts(const std::vector<FigureTarget>& targets)
{
    std::vector<std::string> told;
    for (const FigureTarget& target : targets) {
        const std::string missing = ui::missingFont(target.recipe.design.page);
        if (missing.empty() || std::ranges::find(told, missing) != told.end())
            continue;
        told.push_back(missing);
        std::fprintf(stderr, "posbias: the font \"%s\" is not installed; \"%s\" was used instead\n", missing.c_str(),
                     qPrintable(ui::figureFontFamily()));
    }
}

/// Throws InputError where a file may not be replaced.
std::vector<FigureTarget> staleOf(const std::vector<FigureTarget>& targets, const CommonOptions& common)
{
    const std::vector<std::vector<FileReport>> reports = comparedWithDisk(targets, common);
    ui::refuseForeign(reports);
    std::vector<FigureTarget> stale;
    for (std::size_t k = 0; k < targets.size(); ++k)
        if (!reports[k].empty())
            stale.push_back(targets[k]);
    return stale;
}

void renderAll(const std::vector<FigureTarget>& targets, const CommonOptions& common)
{
    const bool lists = !common.quiet && isatty(STDOUT_FILENO) == 1;
    LongWork work("drawing", common.quiet);
    Output output;
    std::vector<std::string> remarks;
    ui::renderFigures(targets, work.progress(), [&](const std::filesystem::path& file, const QStringList& more) {
        if (lists)
            output.write(file.string() + "\n");
        for (const QString& remark : more)
            remarks.push_back(file.string() + ": " + remark.toStdString());
    });
    tellMissingFonts(targets);
    for (const FigureTarget& target : targets)
        if (const std::string remark = framesRemark(target.recipe); !remark.empty())
            remarks.push_back(target.file.string() + ": " + remark);
    for (const std::string& remark : remarks)
        tell(remark);
    output.flush();
}

void checkUsage(const Options& options)
{
    const bool many = options.all || options.check || !options.only.empty();
    if (!many && options.target.empty())
        throw InputError("-o", "-o is needed: the file to write, or with --all the folder");
    if (!many && !options.formats.empty())
        throw InputError("--formats", "--formats belongs to --all and --only; the ending of -o chooses the format");
}

void run(const Options& options, const CommonOptions& common)
{
    checkUsage(options);
    const Lecture lecture = loadLecture(options.experiment);
    const Painting painting;
    if (options.check)
        return check(targetsOf(options, lecture), common);
    std::vector<FigureTarget> targets;
    if (options.all || !options.only.empty()) {
        targets = targetsOf(options, lecture);
        ui::refuseCollisions(targets);
        if (!options.force)
            targets = staleOf(targets, common);
        makeFolder(options.target);
    } else {
        targets = {targetOf(options, lecture)};
        ui::refuseExisting(targets);
    }
    for (const FigureTarget& target : targets)
        refuseInputs(ui::filesOf(target), options.experiment);
    renderAll(targets, common);
}

}  // namespace

void addRender(CLI::App& root, CommandLine& line)
{
    CLI::App* command = addCommand(
        root, line, "render", "Draw figures into files; needs no display",
        "Formats: pdf svg png tex (TikZ) gif (with --frames), and the data as csv or npy. The recipe, that is the\n"
        "experiment and the figure's design, is kept inside (not in csv and npy): posbias recipe prints it, and\n"
        "EXPERIMENT may be a figure.\n\n"
        "Cells that the mask hides: csv leaves them out, npy has 0 in attention (their weight), nan in biases and\n"
        "differences (no value), -1 in parameters (none). posbias matrix writes -inf for biases.\n\n"
        "Examples:\n"
        "  posbias render past-training -o figure.pdf\n"
        "  posbias render past-training --figure compare --page slide --theme dark -o figure.png\n"
        "  posbias render past-training --figure attention --frames length -o growing.gif\n"
        "  posbias render lecture.posbias --all --formats pdf,svg -o figures/\n"
        "  posbias render lecture.posbias --check -o figures/");
    auto options = std::make_shared<Options>();
    addExperiment(command, options->experiment);
    command
        ->add_option("-o", options->target,
                     "The file to write; its ending chooses the format.\nWith --all, --only and --check: the folder")
        ->type_name("FILE|FOLDER");
    addFigureOptions(command, options->figure);
    command->add_flag("--description", options->description,
                      "Also write the alternative text, as .txt beside the figure");
    addForce(command, options->force);
    command->add_flag("--all", options->all,
                      "Every figure that EXPERIMENT lists; what is up to date is left alone.\n"
                      "Tables (csv, npy) are when they hold the same bytes; others need --force");
    command->add_option("--only", options->only, "Only this one of them; repeatable")
        ->type_name("NAME")
        ->allow_extra_args(false);
    command->add_option("--formats", options->formats, "Of all of them; default as the file says, else pdf")
        ->type_name("pdf,svg,...");
    command->add_flag("--check", options->check,
                      "Write nothing: list the files that are not up to date, exit 1 if any");
    command->callback(actionOf<Options>(line, options, run));
}

}  // namespace posbias::app
