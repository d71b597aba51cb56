// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Many figures into files: evaluated and encoded on all cores, painted on the GUI thread.

#include "core/design/figure_design.h"
#include "ui/plot/figure_export.h"

#include <filesystem>
#include <functional>
#include <vector>

namespace posbias::ui {

struct FigureTarget {
    Recipe recipe;
    std::filesystem::path file;   ///< its ending chooses the format
    bool description = false;     ///< also writes the alternative text beside it: "attention.txt"
};

/// Evaluates, draws and writes each, as renderFigure() and, for .gif, renderAnimation() do. A recipe with frames and any
/// other ending becomes numbered files: "attention-001.png", ... Recipes that are the same are evaluated once, whatever
/// formats are written. `written` is told of each file on the calling thread, which must be the GUI thread; several
/// figures are under way at the same time, and the bytes do not depend on it. The first failure (the earliest in the list
/// of those that fail) ends the work and is thrown; what is written by then stays.
void renderFigures(const std::vector<FigureTarget>& targets, const Progress& progress = {},
                   const std::function<void(const std::filesystem::path&)>& written = {});

/// The files that renderFigures writes for a target, without side files.
std::vector<std::filesystem::path> filesOf(const FigureTarget& target);

/// How a file on disk stands to the recipe it should be of.
enum class FileState {
    Current,
    Missing,
    Outdated,   ///< its recipe is another
    Unknown,    ///< no figure of this program's, or it carries no recipe (CSV, NPY)
};
FileState stateOf(const FigureTarget& target);

}  // namespace posbias::ui
