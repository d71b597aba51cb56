// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/figure_sheets.h"

#include "core/base/error.h"
#include "core/io/lecture_file.h"
#include "ui/plot/figure_recipe.h"

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

FileState stateOf(const FigureSheet& sheet)
{
    if (!std::filesystem::exists(sheet.file))
        return FileState::Missing;
    if (sheet.description && !std::filesystem::exists(descriptionFile(sheet.file)))
        return FileState::Missing;
    if (isTable(sheet.format))
        return FileState::Unknown;
    try {
        return recipeText(sheet.file) == carriedText(toJson(sheet.recipe)) ? FileState::Current : FileState::Outdated;
    } catch (const InputError&) {
        return FileState::Unknown;
    }
}

}  // namespace

SheetList sheetsOf(const std::vector<FigureTarget>& targets)
{
    SheetList list;
    for (const FigureTarget& target : targets) {
        const FigureFormat format = formatFromName(target.file);
        const std::size_t source = sourceOf(target.recipe, list.sources);
        const std::vector<Recipe>& frames = list.sources[source].frames;
        if (frames.empty() || format == FigureFormat::Gif) {
            list.sheets.push_back({source, {}, target.recipe, target.file, format, target.description});
            continue;
        }
        for (std::size_t k = 0; k < frames.size(); ++k) {
            const std::filesystem::path file = numberedFile(target.file, k, frames.size());
            list.sheets.push_back({source, k, frames[k], file, format, target.description});
            list.sheets.back().recipe.design.name = file.stem().string();
        }
    }
    return list;
}

std::filesystem::path descriptionFile(const std::filesystem::path& file)
{
    return std::filesystem::path(file).replace_extension(".txt");
}

std::vector<std::filesystem::path> filesOf(const FigureTarget& target)
{
    std::vector<std::filesystem::path> files;
    for (const FigureSheet& sheet : sheetsOf({target}).sheets)
        files.push_back(sheet.file);
    return files;
}

FileState stateOf(const FigureTarget& target)
{
    std::vector<FileState> states;
    for (const FigureSheet& sheet : sheetsOf({target}).sheets)
        states.push_back(stateOf(sheet));
    for (const FileState worst : {FileState::Missing, FileState::Unknown, FileState::Outdated})
        if (std::find(states.begin(), states.end(), worst) != states.end())
            return worst;
    return FileState::Current;
}

}  // namespace posbias::ui
