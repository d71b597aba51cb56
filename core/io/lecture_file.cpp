// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/lecture_file.h"

#include "core/base/error.h"
#include "core/base/quoted_text.h"
#include "core/io/atomic_file.h"
#include "core/io/design_keys.h"
#include "core/io/experiment_entries.h"
#include "core/io/experiment_file.h"

#include <algorithm>
#include <set>

namespace posbias {
namespace {

constexpr std::size_t mostFigures = 1000;

/// Checked from the experiment of the file; errors name the figure's place in it.
void checkFigure(const FigureDesign& design, const Experiment& experiment, const std::string& path)
{
    try {
        validate(design, experimentOf(design, experiment));
    } catch (const InputError& error) {
        throw InputError(path + '.' + error.subject(), path + '.' + error.what());
    }
}

std::vector<FigureDesign> figuresIn(const JsonNode& list, const Experiment& experiment)
{
    std::vector<FigureDesign> figures;
    std::set<std::string> names;
    for (const JsonNode& object : list.elements(mostFigures)) {
        FigureDesign& design = figures.emplace_back(designIn(object));
        checkFigure(design, experiment, object.path());
        if (!names.insert(design.name).second)
            throw InputError(object.path() + ".name", object.path() + ".name is " + quotedText(design.name) +
                                                          ", as another figure's; names must differ");
    }
    return figures;
}

Lecture lectureIn(std::vector<JsonEntry> entries)
{
    const auto figures = std::ranges::find(entries, figuresKey, &JsonEntry::path);
    if (figures == entries.end())
        return {experimentIn(std::move(entries)), {}};
    const auto first = figures - entries.begin();
    std::vector<JsonEntry> rest(entries.begin(), figures);
    rest.insert(rest.end(), entries.begin() + static_cast<std::ptrdiff_t>(figures->end), entries.end());
    Lecture lecture{experimentIn(std::move(rest)), {}};
    lecture.figures = figuresIn(JsonNode(entries, static_cast<std::size_t>(first)), lecture.experiment);
    return lecture;
}

Recipe recipeIn(std::vector<JsonEntry> entries)
{
    Lecture lecture = lectureIn(std::move(entries));
    if (lecture.figures.size() != 1)
        throw InputError("figures", "figures has " + std::to_string(lecture.figures.size()) +
                                        " entries; a figure's recipe has one");
    Recipe recipe{std::move(lecture.experiment), std::move(lecture.figures.front())};
    for (const auto& [key, isEmpty] :
         {std::pair("preset", recipe.design.preset.empty()), std::pair("set", recipe.design.set.empty())})
        if (!isEmpty) {
            const std::string path = std::string("figures.0.") + key;
            throw InputError(path, path + " is there; a figure's recipe has the experiment as it is");
        }
    return recipe;
}

template <class Read>
auto namingSource(std::string_view text, const std::string& source, const Read& read)
{
    std::vector<JsonEntry> entries = readJsonEntries(text, source);
    try {
        return read(std::move(entries));
    } catch (const InputError& error) {
        throw InputError(error.subject(), source + ": " + error.what());
    }
}

}  // namespace

std::string toJson(const Lecture& lecture)
{
    std::string text = toJson(lecture.experiment);
    if (lecture.figures.empty())
        return text;
    std::vector<std::string> figures;
    for (const FigureDesign& design : lecture.figures)
        figures.push_back(designText(design));
    text.resize(text.size() - std::string_view("\n}\n").size());
    return text + ",\n  \"" + std::string(figuresKey) + "\": " + bracketed('[', figures, ']', 4) + "\n}\n";
}

std::string toJson(const Recipe& recipe)
{
    return toJson(Lecture{recipe.experiment, {recipe.design}});
}

Lecture lectureFromJson(std::string_view text, const std::string& source)
{
    return namingSource(text, source, lectureIn);
}

Recipe recipeFromJson(std::string_view text, const std::string& source)
{
    return namingSource(text, source, recipeIn);
}

Lecture readLecture(const std::filesystem::path& file)
{
    return lectureFromJson(experimentText(file), file.string());
}

std::vector<std::filesystem::path> copiesBeforeSaving(const std::filesystem::path& file)
{
    std::vector<std::filesystem::path> copies = abandonedSafeCopies(file);
    std::erase_if(copies, [](const std::filesystem::path& copy) {
        try {
            readLecture(copy);
            return false;
        } catch (const std::exception&) {
            return true;
        }
    });
    return copies;
}

void writeLecture(const std::filesystem::path& file, const Lecture& lecture)
{
    writeFileAtomically(file, bytesFor(file, toJson(lecture)));
}

}  // namespace posbias
