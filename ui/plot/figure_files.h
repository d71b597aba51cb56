// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The files of figures on the disk: which belong to a figure, how they stand, and which of them may be replaced. The
// window and the command line follow the same list and the same rule.

#include "core/base/progress.h"
#include "ui/plot/figure_sheets.h"

#include <QString>

namespace posbias::ui {

/// How a file on disk stands to the recipe it should be of.
enum class FileState {
    Current,
    Missing,
    Outdated,    ///< as it was written, by another recipe
    Changed,     ///< not as it was written: edited, shrunk, cut off, or the picture of another figure
    Undigested,  ///< holds no digest to tell by: of an earlier version, or cut off
    Unknown,     ///< no figure of this program's, or one that carries no recipe (CSV, NPY)
};

struct FileReport {
    std::filesystem::path file;
    FileState state = FileState::Current;
};

/// All files that renderFigures() may write for a target: figures, frames, alternative texts, and the pictures that a .tex
/// file includes where each of its maps needs one.
std::vector<std::filesystem::path> filesOf(const FigureTarget& target);
/// Those that are not current. Reads the files.
std::vector<FileReport> reportsOf(const FigureTarget& target);
/// The worst of them: Missing, Unknown, Changed, Undigested, Outdated, Current.
FileState stateOf(const FigureTarget& target);

/// Throws InputError (subject "-o") naming two figures that would write the same file, also where letters differ in case
/// only: figures are carried to systems that do not tell them apart.
void refuseCollisions(const std::vector<FigureTarget>& targets);
/// Throws InputError (subject "-o") naming all files that are there and that the targets do not let be replaced.
void refuseToReplace(const std::vector<FigureTarget>& targets);
/// Those that are there, and that writing would replace; devices and pipes are written to as they are.
std::vector<std::filesystem::path> thoseThere(const std::vector<std::filesystem::path>& files);
/// "a.pdf exists; --force replaces it", "a.pdf, a.txt and a-1.png exist; --force replaces them".
std::string existWords(const std::vector<std::filesystem::path>& files);

/// Writes a sheet with all that belongs to it, once more by the rule of refuseToReplace(): none of its files appears
/// before all are written. Throws Cancelled.
void writeSheet(const FigureSheet& sheet, const RenderedFigure& rendered, const QString& description,
                const Progress& progress);

}  // namespace posbias::ui
