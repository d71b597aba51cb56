// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What `render` lets people change of a figure's design.

#include "core/design/figure_design.h"

#include <string>

namespace CLI {
class App;
}

namespace posbias::app {

/// As typed; empty: as the design has it.
struct FigureOptionTexts {
    std::string figure, page, width, height, dpi, theme, font, fontSize, text, colours, differences, title, caption;
    std::string frames, frameCount, seconds;
    bool transparent = false, letters = false, standalone = false;
};

void addFigureOptions(CLI::App* command, FigureOptionTexts& texts);

/// The design with what was typed. Another view brings its own panels and size. Throws InputError naming the option.
FigureDesign withOptions(FigureDesign design, const FigureOptionTexts& texts);

}  // namespace posbias::app
