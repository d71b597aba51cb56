// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commands.h"
#include "core/io/lecture_file.h"
#include "ui/plot/files/figure_recipe.h"

#include <CLI/CLI.hpp>

namespace posbias::app {

namespace {

struct Options {
    std::string file;
};

void run(const Options& options, const CommonOptions&)
{
    Output output;
    output.write(toJson(ui::readRecipe(options.file)));
    output.flush();
}

}  // namespace

void addRecipe(CLI::App& root, CommandLine& line)
{
    CLI::App* command =
        addCommand(root, line, "recipe", "Print what made a figure: its experiment and design, as a .posbias file",
                   "Example:\n"
                   "  posbias recipe figure.pdf > again.posbias\n"
                   "  posbias render again.posbias -o figure.svg");
    auto options = std::make_shared<Options>();
    command->add_option("FIGURE", options->file, "A PDF, SVG, PNG, GIF or TeX file made by PosBias")
        ->type_name("")
        ->required();
    command->callback(actionOf<Options>(line, options, run));
}

}  // namespace posbias::app
