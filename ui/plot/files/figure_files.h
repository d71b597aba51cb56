// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The files of figures on the disk: which belong to a figure, how they stand, and which of them may be replaced. The
// window and the command line follow the same list and the same rule.

#include "core/base/progress.h"
#include "ui/plot/files/figure_sheets.h"

#include <QString>

namespace posbias::ui {

/// How a file on disk stands to the recipe it should be of.
enum class FileState {
    Current,
    Missing,
    Outdated,    ///< as it was written, by another recipe
    Changed,     ///< not as it was written: edited, shrunk, cut off, or the picture of another figure
    Undigested,  ///< holds no digest to tell by: of an earlier version, or cut off
    Different,  ///< compared with what would be written, for it holds nothing to tell by: a table (CSV, NPY), or a file
                ///< beside a figure that is missing or knows nothing of it
    Unknown,    ///< no figure of this program's
};

struct FileReport {
    std::filesystem::path file;
    FileState state = FileState::Current;
};

/// All files that renderFigures() may write for a target: figures, frames, alternative texts, and the pictures that a .tex
/// file includes where each of its maps needs one.
std::vector<std::filesystem::path> filesOf(const FigureTarget& target);
/// Of each target, those that are not current. Reads the files; where what they hold does not tell, draws the figures
/// concerned and compares the bytes, on the GUI thread as renderFigures(). Throws Cancelled.
std::vector<std::vector<FileReport>> reportsOf(const std::vector<FigureTarget>& targets, const Progress& progress = {});
/// The worst of them: Missing, Unknown, Different, Changed, Undigested, Outdated, Current.
FileState stateOf(const FigureTarget& target);

/// Throws InputError (subject "-o") naming two figures that would write the same file, through links of both kinds, and also
/// where letters differ in case only: figures are carried to systems that do not tell them apart.
void refuseCollisions(const std::vector<FigureTarget>& targets);
/// Throws InputError (subject "-o") naming all files that are there, of targets that let nothing be replaced.
void refuseExisting(const std::vector<FigureTarget>& targets);
/// Throws InputError (subject "-o") naming all files of such reports that are not as this program wrote them.
void refuseForeign(const std::vector<std::vector<FileReport>>& reports);
/// Those that are there, and that writing would replace; devices and pipes are written to as they are.
std::vector<std::filesystem::path> thoseThere(const std::vector<std::filesystem::path>& files);
/// "a.pdf exists; --force replaces it", "a.pdf, a.txt and a-1.png exist; --force replaces them".
std::string existWords(const std::vector<std::filesystem::path>& files);

/// Writes a sheet with all that belongs to it, once more by these rules: none of its files appears before all are written.
/// Where only its own may be replaced, those that hold the same bytes already are left alone. Throws Cancelled.
void writeSheet(const FigureSheet& sheet, const RenderedFigure& rendered, const QString& description,
                const Progress& progress);

}  // namespace posbias::ui
