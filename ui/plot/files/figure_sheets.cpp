// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/files/figure_sheets.h"

#include <algorithm>

namespace posbias::ui {
namespace {

/// "attention-001.png"
std::filesystem::path numberedFile(const std::filesystem::path& file, std::size_t frame, std::size_t count)
{
    const std::size_t digits = std::max<std::size_t>(3, std::to_string(count).size());
    std::string number = std::to_string(frame + 1);
    number.insert(0, digits - number.size(), '0');
    return file.parent_path() / (file.stem().string() + '-' + number + file.extension().string());
}

std::size_t sourceOf(const Recipe& recipe, std::vector<SheetSource>& sources)
{
    const auto found = std::find_if(sources.begin(), sources.end(),
                                    [&](const SheetSource& source) { return source.recipe == recipe; });
    if (found != sources.end())
        return static_cast<std::size_t>(found - sources.begin());
    sources.push_back({recipe, recipe.design.frames ? framesOf(recipe) : std::vector<Recipe>()});
    return sources.size() - 1;
}

}  // namespace

SheetList sheetsOf(const std::vector<FigureTarget>& targets)
{
    SheetList list;
    for (std::size_t t = 0; t < targets.size(); ++t) {
        const FigureTarget& target = targets[t];
        const FigureFormat format = formatFromName(target.file);
        const std::size_t source = sourceOf(target.recipe, list.sources);
        const std::vector<Recipe>& frames = list.sources[source].frames;
        if (frames.empty() || format == FigureFormat::Gif) {
            list.sheets.push_back(
                {source, {}, target.recipe, target.file, format, target.description, target.replacing, t});
            continue;
        }
        for (std::size_t k = 0; k < frames.size(); ++k) {
            const std::filesystem::path file = numberedFile(target.file, k, frames.size());
            list.sheets.push_back({source, k, frames[k], file, format, target.description, target.replacing, t});
            list.sheets.back().recipe.design.name = file.stem().string();
        }
    }
    return list;
}

std::filesystem::path descriptionFile(const std::filesystem::path& file)
{
    return std::filesystem::path(file).replace_extension(".txt");
}

}  // namespace posbias::ui
