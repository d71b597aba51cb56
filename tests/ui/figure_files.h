// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Figures as bytes, for tests that do not care about the rest of a design.

#include "ui/plot/files/figure_export.h"

namespace posbias::ui {

inline Page pageOf(double width, double height, int dpi = 150, ThemeName name = ThemeName::Light)
{
    Page page;
    page.widthMm = width;
    page.heightMm = height;
    page.dpi = dpi;
    page.theme = name;
    return page;
}

inline Recipe recipeWith(const Experiment& experiment, const Page& page, FigureKind view = FigureKind::Bias)
{
    Recipe recipe{experiment, {}};
    recipe.design.name = "figure";
    recipe.design.view = view;
    recipe.design.page = page;
    return recipe;
}

inline QByteArray rendered(const Figure& figure, const Experiment& experiment, const Page& page, FigureFormat format,
                           const Progress& progress = {})
{
    return renderFigure(figure, recipeWith(experiment, page), format, progress).bytes;
}

}  // namespace posbias::ui
