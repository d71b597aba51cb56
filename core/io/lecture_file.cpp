// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/lecture_file.h"

#include "core/io/experiment_file.h"

namespace posbias {

std::string toJson(const Lecture& lecture)
{
    return toJson(lecture.experiment);
}

std::string toJson(const Recipe& recipe)
{
    return toJson(recipe.experiment);
}

Lecture lectureFromJson(std::string_view text, const std::string& source)
{
    return {fromJson(text, source), {}};
}

Recipe recipeFromJson(std::string_view text, const std::string& source)
{
    return {fromJson(text, source), {}};
}

Lecture readLecture(const std::filesystem::path& file)
{
    return {readExperiment(file), {}};
}

void writeLecture(const std::filesystem::path& file, const Lecture& lecture)
{
    writeExperiment(file, lecture.experiment);
}

}  // namespace posbias
