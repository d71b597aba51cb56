// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/experiment_argument.h"

#include "app/arguments.h"
#include "app/output.h"
#include "core/base/error.h"
#include "core/base/quoted_text.h"
#include "core/experiment/fields.h"
#include "core/experiment/presets.h"
#include "core/io/length_list.h"
#include "ui/plot/files/figure_recipe.h"

#include <filesystem>

namespace posbias::app {

namespace {

Experiment withSetting(const Experiment& experiment, const std::string& setting)
{
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos || equals == 0) {
        throw InputError("--set", "--set " + quotedText(setting) +
                                      ": expected key.path=value, such as "
                                      "schemes.1.buckets=16");
    }
    try {
        return withFieldText(experiment, std::string_view(setting).substr(0, equals),
                             std::string_view(setting).substr(equals + 1));
    } catch (const InputError& error) {
        throw InputError(error.subject(), "--set " + quotedText(setting) + ": " + error.what());
    }
}

/// Says which column is which where the names in the table do not.
ListedLengths lengthsFrom(const std::string& file)
{
    const auto called = [](const std::string& column) {
        return column.empty() ? std::string("the column without a name") : "the column " + quotedText(column);
    };
    LengthTable table = readLengthTable(file);
    const bool unnamed = table.lengthColumn.empty() && table.countColumn.empty();
    if (table.guessed)
        tell(file + ": " + std::to_string(table.documents) + " documents of " + std::to_string(table.smallest) +
             " to " + std::to_string(table.largest) + " tokens; lengths were read from " +
             (unnamed ? "the second column" : called(table.lengthColumn)) + ", numbers of documents from " +
             (unnamed ? "the first" : called(table.countColumn)));
    return std::move(table.lengths);
}

}  // namespace

Lecture readLectureOrFigure(const std::string& file)
{
    if (!ui::mayCarryRecipe(file)) {
        if (const auto copies = copiesBeforeSaving(file); !copies.empty())
            tell("saving " + file + " broke off once: what it held before is in " + copies.front().string());
        return readLecture(file);
    }
    Recipe recipe = ui::readRecipe(file);
    return {std::move(recipe.experiment), {std::move(recipe.design)}};
}

std::vector<std::string> presetNames()
{
    std::vector<std::string> names;
    for (const Preset& preset : presets())
        names.push_back(preset.name);
    return names;
}

bool isExperimentFile(const std::string& name)
{
    std::error_code error;
    const std::filesystem::file_status status = std::filesystem::status(name, error);
    if (status.type() == std::filesystem::file_type::directory)
        return findPreset(name) == nullptr;
    // A file behind a folder that may not be entered cannot be seen; reading it gives the reason.
    return status.type() != std::filesystem::file_type::not_found && status.type() != std::filesystem::file_type::none;
}

void throwNoSuchExperiment(const std::string& name)
{
    throw InputError(name, "no such file or preset: " + quotedText(name) + didYouMean(name, presetNames()) +
                               "; the presets are " + joined(presetNames()));
}

Lecture loadLecture(const ExperimentArgument& argument)
{
    Lecture lecture;
    if (isExperimentFile(argument.name)) {
        lecture = readLectureOrFigure(argument.name);
    } else if (const Preset* preset = findPreset(argument.name)) {
        lecture.experiment = preset->experiment;
    } else {
        throwNoSuchExperiment(argument.name);
    }
    if (!argument.lengthsFile.empty())
        lecture.experiment.corpus.lengths = lengthsFrom(argument.lengthsFile);
    for (const std::string& setting : argument.settings)
        lecture.experiment = withSetting(lecture.experiment, setting);
    if (!argument.lengthsFile.empty() && !std::holds_alternative<ListedLengths>(lecture.experiment.corpus.lengths))
        throw InputError("--lengths-from",
                         "--lengths-from gives the lengths of documents, and --set replaces them; leave one out");
    validate(lecture.experiment);
    return lecture;
}

Experiment loadExperiment(const ExperimentArgument& argument)
{
    return loadLecture(argument).experiment;
}

std::size_t schemeIndex(const std::string& option, const std::string& letter, const Experiment& experiment)
{
    std::vector<std::string> letters;
    for (std::size_t i = 0; i < experiment.schemes.size(); ++i) {
        letters.push_back(schemeLetter(i));
        if (letter == letters.back() || (letter.size() == 1 && letter[0] - 'a' + 'A' == letters.back()[0]))
            return i;
    }
    throw InputError(option,
                     option + " " + quotedText(letter) + ": no such scheme; this experiment has " + joined(letters));
}

}  // namespace posbias::app
