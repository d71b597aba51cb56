// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figure/figure_data.h"

namespace posbias {

const FigurePart& FigureData::of(const PanelDesign&) const
{
    return parts.front();
}

FigureData evaluateFigure(const Recipe& recipe, const Progress& progress, const FigureData*)
{
    FigureData data{recipe.design, {}};
    data.parts.push_back({{}, evaluate(recipe.experiment, progress, {}, recipe.design.step), {}});
    if (needsStudy(recipe.design.view))
        data.parts.front().studies = studiesFor(recipe.design.view, *data.parts.front().result, progress);
    return data;
}

std::vector<Figure> makeFrames(const std::vector<Recipe>& recipes, const Progress& progress)
{
    std::vector<Figure> figures;
    for (const Recipe& recipe : recipes)
        figures.push_back(makeFigure(evaluateFigure(recipe, progress)));
    return figures;
}

}  // namespace posbias
