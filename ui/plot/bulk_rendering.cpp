// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/bulk_rendering.h"

#include "core/figure/figure_data.h"

namespace posbias::ui {

void renderFigures(const std::vector<FigureTarget>& targets, const Progress& progress,
                   const std::function<void(const std::filesystem::path&)>& written)
{
    for (const FigureTarget& target : targets) {
        const Figure figure = makeFigure(evaluateFigure(target.recipe, progress));
        writeFigure(renderFigure(figure, target.recipe, formatFromName(target.file), progress), target.file);
        if (written)
            written(target.file);
    }
}

std::vector<std::filesystem::path> filesOf(const FigureTarget& target)
{
    return {target.file};
}

FileState stateOf(const FigureTarget&)
{
    return FileState::Missing;
}

}  // namespace posbias::ui
