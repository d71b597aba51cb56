// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/io/lecture_file.h"
#include "ui/plot/figure_recipe.h"

namespace posbias::ui {

std::string recipeText(const std::filesystem::path& file)
{
    throw InputError(file.string(), file.string() + " is no figure");
}

Recipe readRecipe(const std::filesystem::path& file)
{
    return recipeFromJson(recipeText(file), file.string());
}

bool mayCarryRecipe(const std::filesystem::path&)
{
    return false;
}

}  // namespace posbias::ui
