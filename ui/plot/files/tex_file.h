// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A figure as a .tex file: what TexDevice painted, with the recipe and what a person has to know before it.

#include "ui/plot/files/figure_recipe.h"
#include "ui/plot/ink/tex_device.h"

namespace posbias::ui {

/// The .tex file: the recipe in comments, how to use it, the picture with exactly the page's size; a document of its own
/// where the page asks for one.
QByteArray texFile(const TexDevice& device, const Page& page, const FigureWords& words);
/// What a person has to know of it, in sentences: characters that not every engine sets, a name that TeX does not read.
QStringList texRemarks(const TexNeeds& needs, const std::string& name);

}  // namespace posbias::ui
