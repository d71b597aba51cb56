// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/arguments.h"
#include "app/commands/commands.h"
#include "app/long_work.h"
#include "core/evaluation/result.h"
#include "core/figure/studies.h"
#include "ui/plot/figure_export.h"
#include "ui/plot/theme.h"

#include <CLI/CLI.hpp>
#include <QApplication>

#include <unistd.h>

namespace posbias::app {

namespace {

struct Options {
    ExperimentArgument experiment;
    std::string file;
    std::string figure = "bias";
    std::string width, height, dpi;
    std::string theme = "light";
};

Page settingsOf(const Options& options, FigureKind kind, ui::FigureFormat format)
{
    Page settings = defaultPage(kind);
    if (!options.width.empty())
        settings.widthMm = parseMillimetres("--width", options.width);
    if (!options.height.empty())
        settings.heightMm = parseMillimetres("--height", options.height);
    if (!options.dpi.empty())
        settings.dpi = static_cast<int>(parseInteger("--dpi", options.dpi, 36, 2400));
    settings.theme = ui::themeFromId(QString::fromStdString(options.theme));
    ui::validate(settings, format);
    return settings;
}

void run(const Options& options, const CommonOptions& common)
{
    const FigureKind kind = figureFromId(options.figure);
    const Page settings = settingsOf(options, kind, ui::formatFromName(options.file));
    const Experiment experiment = loadExperiment(options.experiment);
    const auto result = evaluate(experiment, LongWork("training", common.quiet).progress());
    Studies studies;
    if (needsStudy(kind))
        studies = studiesFor(kind, *result, LongWork("studying", common.quiet).progress());

    // Painting needs an application, and no display; what Qt tells about its platform is of no use here.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
    int argc = 1;
    char name[] = "posbias";
    char* argv[] = {name, nullptr};
    const QApplication application(argc, argv);
    Recipe recipe{experiment, {}};
    recipe.design.view = kind;
    recipe.design.page = settings;
    LongWork work("drawing", common.quiet);
    ui::writeFigure(ui::renderFigure(makeFigure(*result, kind, {}, studies), recipe, ui::formatFromName(options.file),
                                     work.progress()),
                    options.file, work.progress());

    if (!common.quiet && isatty(STDOUT_FILENO) == 1) {
        Output output;
        output.write(options.file + "\n");
        output.flush();
    }
}

std::string figureIds()
{
    std::vector<std::string> ids;
    for (const FigureKind kind : figureKinds())
        ids.push_back(figureId(kind));
    return joined(ids, "|");
}

}  // namespace

void addRender(CLI::App& root, CommandLine& line)
{
    CLI::App* command = addCommand(
        root, line, "render", "Draw a figure into a PDF, SVG or PNG file; needs no display",
        "The experiment is kept inside the figure.\n\n"
        "Examples:\n"
        "  posbias render past-training -o figure.pdf\n"
        "  posbias render past-training --figure compare --theme dark --width 180mm --height 120mm -o figure.png");
    auto options = std::make_shared<Options>();
    addExperiment(command, options->experiment);
    command->add_option("-o", options->file, "The file to write; its ending chooses the format")
        ->type_name("FILE.pdf|.svg|.png")
        ->required();
    command
        ->add_option("--figure", options->figure,
                     "What to draw; default bias\nbias, attention: maps A | B | difference\n"
                     "learning, generalization, level, sweep: the views of the learning lab")
        ->type_name(figureIds());
    const std::string size = " of the figure: a number and mm, cm, in or pt (mm if bare),\n"
                             "10mm to 2000mm; default suits the kind of figure";
    command->add_option("--width", options->width, "Width" + size)->type_name("SIZE");
    command->add_option("--height", options->height, "Height" + size)->type_name("SIZE");
    command
        ->add_option("--dpi", options->dpi,
                     "Dots per inch of a PNG, and of maps in PDF and SVG,\n36 to 2400, default 300")
        ->type_name("N");
    command->add_option("--theme", options->theme, "Default light")->type_name("light|dark");
    command->callback(actionOf<Options>(line, options, run));
}

}  // namespace posbias::app
