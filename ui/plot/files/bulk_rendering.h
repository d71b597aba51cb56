// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Many figures into files: evaluated and encoded on all cores, painted on the GUI thread.

#include "core/design/figure_design.h"
#include "ui/plot/files/figure_export.h"

#include <filesystem>
#include <functional>
#include <vector>

namespace posbias::ui {

/// Which files that are there may be replaced.
enum class Replacing {
    Nothing,
    Own,  ///< those that are as this program wrote them; a figure's recipe makes them again
    Everything,
};

struct FigureTarget {
    Recipe recipe;
    std::filesystem::path file;  ///< its ending chooses the format
    bool description = false;    ///< also writes the alternative text beside it: "attention.txt"
    Replacing replacing = Replacing::Everything;
};

/// Is told of a file that was written, and what a person has to know of it (RenderedFigure::remarks).
using FileListener = std::function<void(const std::filesystem::path& file, const QStringList& remarks)>;

/// Evaluates, draws and writes each, as renderFigure() and, for .gif, renderAnimation() do. A recipe with frames and any
/// other ending becomes numbered files: "attention-001.png", ... Recipes that are the same are evaluated once, whatever
/// formats are written. `written` is told of each file on the calling thread, which must be the GUI thread; several
/// figures are under way at the same time, and the bytes do not depend on it. Two figures that would write the same file are
/// refused before anything is done, and what may not be replaced at the time of writing. The first failure (the earliest in the list
/// of those that fail) ends the work and is thrown; what is written by then stays.
void renderFigures(const std::vector<FigureTarget>& targets, const Progress& progress = {},
                   const FileListener& written = {});

}  // namespace posbias::ui
