// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The work of renderFigures() in a list: one entry for each file.

#include "ui/plot/files/bulk_rendering.h"

#include <optional>

namespace posbias::ui {

/// Something to evaluate, once.
struct SheetSource {
    Recipe recipe;
    std::vector<Recipe> frames;  ///< of a recipe that has them
};

struct FigureSheet {
    std::size_t source = 0;
    std::optional<std::size_t> frame;  ///< one frame in a file of its own
    Recipe recipe;                     ///< what the file carries
    std::filesystem::path file;
    FigureFormat format = FigureFormat::Pdf;
    bool description = false;
    Replacing replacing = Replacing::Everything;
    std::size_t target = 0;  ///< that it is of, by its place in the list
};

struct SheetList {
    std::vector<SheetSource> sources;
    std::vector<FigureSheet> sheets;  ///< in the order of the targets
};
/// Throws InputError on an unknown ending and frames that cannot be.
SheetList sheetsOf(const std::vector<FigureTarget>& targets);

/// Is given what a sheet's files would hold, on a worker's thread, several at the same time; `sheet` is the place in the list.
using SheetTaker = std::function<void(std::size_t sheet, const RenderedFigure& rendered, const QString& description,
                                      const Progress& progress)>;
/// As renderFigures() does, but the files are `take`'s to write, or to compare.
void renderSheets(SheetList list, const SheetTaker& take, const Progress& progress, const FileListener& written = {});

/// Where a file's alternative text is.
std::filesystem::path descriptionFile(const std::filesystem::path& file);

}  // namespace posbias::ui
