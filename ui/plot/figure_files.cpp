// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/figure_files.h"

#include "core/base/error.h"
#include "core/base/quoted_text.h"
#include "core/io/atomic_file.h"
#include "core/io/lecture_file.h"
#include "ui/plot/figure_digest.h"
#include "ui/plot/figure_recipe.h"
#include "ui/plot/tex_device.h"

#include <algorithm>
#include <map>

namespace posbias::ui {
namespace {

namespace fs = std::filesystem;

bool isThere(const fs::path& file)
{
    std::error_code ignored;
    return fs::is_regular_file(file, ignored) && !isWrittenDirectly(file);
}

/// A map that is drawn in shapes needs none; which those are is known only when they are drawn.
std::vector<fs::path> possiblePictures(const FigureSheet& sheet)
{
    std::vector<fs::path> files;
    if (sheet.format != FigureFormat::Tex)
        return files;
    for (const auto& row : panelsOf(sheet.recipe.design))
        for (const PanelDesign& panel : row)
            if (isMap(panel.show))
                files.push_back(sheet.file.parent_path() /
                                texPictureName(sheet.recipe.design.name, files.size() + 1));
    return files;
}

std::vector<fs::path> filesOf(const FigureSheet& sheet)
{
    std::vector<fs::path> files = {sheet.file};
    if (sheet.description)
        files.push_back(descriptionFile(sheet.file));
    std::ranges::copy(possiblePictures(sheet), std::back_inserter(files));
    return files;
}

/// Of a file that is not the figure itself, by the digest that the figure holds of it.
FileState partState(const fs::path& file, const QByteArray& digest)
{
    if (!isThere(file))
        return FileState::Missing;
    if (digest.isEmpty())
        return FileState::Unknown;
    try {
        return digestOf(fileContent(file)) == digest ? FileState::Current : FileState::Changed;
    } catch (const InputError&) {
        return FileState::Unknown;
    }
}

FileState figureState(const FigureSheet& sheet, std::optional<FileDigests>& digests)
{
    if (!isThere(sheet.file))
        return FileState::Missing;
    if (isTable(sheet.format))
        return FileState::Unknown;
    try {
        const QByteArray content = fileContent(sheet.file);
        const bool same = recipeTextIn(content, sheet.file) == carriedText(toJson(sheet.recipe));
        digests = digestsIn(content);
        if (!digests)
            return FileState::Undigested;
        if (!digests->intact)
            return FileState::Changed;
        return same ? FileState::Current : FileState::Outdated;
    } catch (const InputError&) {
        return FileState::Unknown;
    }
}

void addReports(const FigureSheet& sheet, std::vector<FileReport>& reports)
{
    const auto add = [&](const fs::path& file, FileState state) {
        if (state != FileState::Current)
            reports.push_back({file, state});
    };
    std::optional<FileDigests> digests;
    const FileState state = figureState(sheet, digests);
    add(sheet.file, state);
    std::vector<fs::path> pictures;
    for (const PictureDigest& picture : digests ? digests->pictures : std::vector<PictureDigest>()) {
        // What a file says of its neighbours leads to no other folder.
        const fs::path file = sheet.file.parent_path() / fs::path(picture.name).filename();
        pictures.push_back(file);
        add(file, partState(file, picture.digest));
    }
    for (const fs::path& file : possiblePictures(sheet))  // it may need them when it is drawn anew
        if (state != FileState::Current && isThere(file) && std::ranges::find(pictures, file) == pictures.end())
            add(file, FileState::Unknown);
    if (sheet.description)
        add(descriptionFile(sheet.file),
            partState(descriptionFile(sheet.file), digests ? digests->description : QByteArray()));
}

bool mayBeReplaced(FileState state)
{
    return state == FileState::Current || state == FileState::Missing || state == FileState::Outdated;
}

std::string listed(const std::vector<std::string>& names)
{
    constexpr std::size_t most = 40;
    std::string text;
    for (std::size_t k = 0; k < std::min(names.size(), most); ++k)
        text += (k == 0 ? "" : k + 1 == names.size() ? " and " : ", ") + names[k];
    return names.size() > most ? text + " and " + std::to_string(names.size() - most) + " more" : text;
}

std::vector<std::string> namesOf(const std::vector<fs::path>& files)
{
    std::vector<std::string> names;
    for (const fs::path& file : files)
        names.push_back(file.string());
    return names;
}

std::string replaceWords(std::size_t count)
{
    return count == 1 ? "; --force replaces it" : "; --force replaces them";
}

[[noreturn]] void refuse(const std::vector<fs::path>& files)
{
    throw InputError("-o", existWords(files));
}

/// Each reason once, with its files.
[[noreturn]] void refuse(const std::vector<FileReport>& reports)
{
    std::string text;
    for (const auto& [state, one, many] :
         {std::tuple(FileState::Unknown, " exists and carries no recipe", " exist and carry no recipe"),
          std::tuple(FileState::Changed, " has been changed since it was written",
                     " have been changed since they were written"),
          std::tuple(FileState::Undigested, " is of an earlier version or cut off, and holds no digest",
                     " are of an earlier version or cut off, and hold no digest")}) {
        std::vector<std::string> names;
        for (const FileReport& report : reports)
            if (report.state == state)
                names.push_back(report.file.string());
        if (!names.empty())
            text += (text.empty() ? "" : "; ") + listed(names) + (names.size() == 1 ? one : many);
    }
    throw InputError("-o", text + replaceWords(reports.size()));
}

void addRefused(const FigureSheet& sheet, std::vector<fs::path>& existing, std::vector<FileReport>& refused)
{
    if (sheet.replacing == Replacing::Nothing)
        std::ranges::copy(thoseThere(filesOf(sheet)), std::back_inserter(existing));
    if (sheet.replacing != Replacing::Own)
        return;
    std::vector<FileReport> reports;
    addReports(sheet, reports);
    std::ranges::copy_if(reports, std::back_inserter(refused),
                         [](const FileReport& report) { return !mayBeReplaced(report.state); });
}

void refuseToReplace(const std::vector<FigureSheet>& sheets)
{
    std::vector<fs::path> existing;
    std::vector<FileReport> refused;
    for (const FigureSheet& sheet : sheets)
        addRefused(sheet, existing, refused);
    if (!existing.empty())
        refuse(existing);
    if (!refused.empty())
        refuse(refused);
}

}  // namespace

std::vector<fs::path> filesOf(const FigureTarget& target)
{
    std::vector<fs::path> files;
    for (const FigureSheet& sheet : sheetsOf({target}).sheets)
        std::ranges::copy(filesOf(sheet), std::back_inserter(files));
    return files;
}

std::vector<FileReport> reportsOf(const FigureTarget& target)
{
    std::vector<FileReport> reports;
    for (const FigureSheet& sheet : sheetsOf({target}).sheets)
        addReports(sheet, reports);
    return reports;
}

FileState stateOf(const FigureTarget& target)
{
    const std::vector<FileReport> reports = reportsOf(target);
    for (const FileState worst : {FileState::Missing, FileState::Unknown, FileState::Changed, FileState::Undigested,
                                  FileState::Outdated})
        if (std::ranges::find(reports, worst, &FileReport::state) != reports.end())
            return worst;
    return FileState::Current;
}

void refuseCollisions(const std::vector<FigureTarget>& targets)
{
    const auto inWords = [](const FigureSheet& sheet, const fs::path& file) {
        const std::string figure = "the figure " + quotedText(sheet.recipe.design.name);
        if (file == sheet.file)
            return figure;
        return figure + (file.extension() == ".txt" ? " (its description)" : " (a picture of its .tex file)");
    };
    std::map<std::string, std::pair<const FigureSheet*, fs::path>> writers;
    const SheetList list = sheetsOf(targets);
    for (const FigureSheet& sheet : list.sheets) {
        for (const fs::path& file : filesOf(sheet)) {
            const std::string name = QString::fromStdString(file.string()).toCaseFolded().toStdString();
            const auto [other, isNew] = writers.try_emplace(name, &sheet, file);
            if (!isNew)
                throw InputError("-o", file.string() + " would be written twice: by " +
                                           inWords(*other->second.first, other->second.second) + " and by " +
                                           inWords(sheet, file) + "; give one of them another name");
        }
    }
}

void refuseToReplace(const std::vector<FigureTarget>& targets)
{
    refuseToReplace(sheetsOf(targets).sheets);
}

std::vector<fs::path> thoseThere(const std::vector<fs::path>& files)
{
    std::vector<fs::path> there;
    std::ranges::copy_if(files, std::back_inserter(there), isThere);
    return there;
}

std::string existWords(const std::vector<fs::path>& files)
{
    return listed(namesOf(files)) + (files.size() == 1 ? " exists" : " exist") + replaceWords(files.size());
}

void writeSheet(const FigureSheet& sheet, const RenderedFigure& rendered, const QString& description,
                const Progress& progress)
{
    progress.check();
    refuseToReplace(std::vector{sheet});
    AtomicFiles files;
    const auto write = [&](const fs::path& file, const QByteArray& bytes) {
        progress.check();
        const bool replace = sheet.replacing == Replacing::Everything ||
                             (sheet.replacing == Replacing::Own && isThere(file));
        files.write(file, {bytes.constData(), static_cast<std::size_t>(bytes.size())},
                    replace ? Existing::Replace : Existing::Refuse);
    };
    for (const SideFile& side : rendered.sideFiles)
        write(sheet.file.parent_path() / side.name, side.bytes);
    if (sheet.description)
        write(descriptionFile(sheet.file), descriptionBytes(description));
    write(sheet.file, rendered.bytes);
    progress.check();
    files.commit();
}

}  // namespace posbias::ui
