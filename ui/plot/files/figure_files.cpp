// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/files/figure_files.h"

#include "core/base/error.h"
#include "core/base/quoted_text.h"
#include "core/io/atomic_file.h"
#include "core/io/lecture_file.h"
#include "ui/plot/files/figure_digest.h"
#include "ui/plot/files/figure_recipe.h"
#include "ui/plot/ink/tex_device.h"

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
                files.push_back(sheet.file.parent_path() / texPictureName(sheet.recipe.design.name, files.size() + 1));
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
        return FileState::Different;
    try {
        return digestOf(fileContent(file)) == digest ? FileState::Current : FileState::Changed;
    } catch (const InputError&) {
        return FileState::Different;
    }
}

FileState figureState(const FigureSheet& sheet, std::optional<FileDigests>& digests)
{
    if (!isThere(sheet.file))
        return FileState::Missing;
    if (isTable(sheet.format))
        return FileState::Different;  // until it is compared
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

/// By the digests that the files hold.
std::vector<FileReport> reportsByDigest(const FigureSheet& sheet)
{
    std::vector<FileReport> reports;
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
            add(file, FileState::Different);
    if (sheet.description)
        add(descriptionFile(sheet.file),
            partState(descriptionFile(sheet.file), digests ? digests->description : QByteArray()));
    return reports;
}

bool mayBeReplaced(FileState state)
{
    return state == FileState::Current || state == FileState::Missing || state == FileState::Outdated;
}

/// Whether drawing the figure would tell more. Of a figure that carries a recipe its own file tells all.
bool isToBeCompared(const FigureSheet& sheet, const std::vector<FileReport>& reports)
{
    return std::ranges::any_of(reports, [&](const FileReport& report) {
        return !mayBeReplaced(report.state) && (isTable(sheet.format) || report.file != sheet.file);
    });
}

struct WrittenFile {
    fs::path file;
    QByteArray bytes;
};

/// In the order of writing: the figure, which tells of the others, is the last.
std::vector<WrittenFile> writtenFiles(const FigureSheet& sheet, const RenderedFigure& rendered,
                                      const QString& description)
{
    std::vector<WrittenFile> files;
    for (const SideFile& side : rendered.sideFiles)
        files.push_back({sheet.file.parent_path() / side.name, side.bytes});
    if (sheet.description)
        files.push_back({descriptionFile(sheet.file), descriptionBytes(description)});
    files.push_back({sheet.file, rendered.bytes});
    return files;
}

bool holdsAlready(const WrittenFile& written)
{
    try {
        std::error_code error;
        return isThere(written.file) &&
               fs::file_size(written.file, error) == static_cast<std::uintmax_t>(written.bytes.size()) &&
               fileContent(written.file) == written.bytes;
    } catch (const InputError&) {
        return false;
    }
}

/// What is left of reports by digest: nothing of files that hold the very bytes, or that would not be written.
std::vector<FileReport> comparedReports(const FigureSheet& sheet, const std::vector<FileReport>& reports,
                                        const std::vector<WrittenFile>& files)
{
    std::vector<FileReport> left;
    for (const FileReport& report : reports) {
        const auto written = std::ranges::find(files, report.file, &WrittenFile::file);
        if (written != files.end() && !holdsAlready(*written))
            left.push_back(report);
    }
    // A figure that belongs to its recipe, but not to what is beside it.
    const bool named = std::ranges::find(reports, sheet.file, &FileReport::file) != reports.end();
    if (!named && left.size() < reports.size() && !holdsAlready(files.back()))
        left.push_back({sheet.file, FileState::Outdated});
    return left;
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
          std::tuple(FileState::Different, " exists and differs from what would be written",
                     " exist and differ from what would be written"),
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

void refuseForeign(const std::vector<FileReport>& reports)
{
    std::vector<FileReport> refused;
    std::ranges::copy_if(reports, std::back_inserter(refused),
                         [](const FileReport& report) { return !mayBeReplaced(report.state); });
    if (!refused.empty())
        refuse(refused);
}

/// Two of one list that are the same file, in words.
class Writers {
public:
    explicit Writers(const SheetList& list) : m_list(list) {}

    void add(const FigureSheet& sheet, const fs::path& file)
    {
        const Writer writer{&sheet, file};
        // Letters of other alphabets have upper and lower case too.
        const auto [other, isNew] =
            m_byName.try_emplace(QString::fromStdString(file.string()).toCaseFolded().toStdString(), writer);
        if (!isNew)
            throw InputError("-o", file.string() + " would be written twice: by " + inWords(other->second) +
                                       " and by " + inWords(writer) + "; give one of them another name");
        const std::string identity = fileIdentity(file);
        if (identity.empty())
            return;
        const auto [same, isFirst] = m_byIdentity.try_emplace(identity, writer);
        if (!isFirst)
            throw InputError("-o", same->second.file.string() + " and " + file.string() +
                                       " are links to the same file, which would be written twice: by " +
                                       inWords(same->second) + " and by " + inWords(writer));
    }

private:
    struct Writer {
        const FigureSheet* sheet = nullptr;
        fs::path file;
    };

    std::string inWords(const Writer& writer) const
    {
        const FigureSheet& sheet = *writer.sheet;
        const std::string figure = (sheet.frame ? "frame " + std::to_string(*sheet.frame + 1) + " of " : "") +
                                   "the figure " + quotedText(m_list.sources[sheet.source].recipe.design.name);
        if (writer.file == sheet.file)
            return figure;
        return figure + (writer.file.extension() == ".txt" ? " (its description)" : " (a picture of its .tex file)");
    }

    const SheetList& m_list;
    std::map<std::string, Writer> m_byName, m_byIdentity;
};

}  // namespace

std::vector<fs::path> filesOf(const FigureTarget& target)
{
    std::vector<fs::path> files;
    for (const FigureSheet& sheet : sheetsOf({target}).sheets)
        std::ranges::copy(filesOf(sheet), std::back_inserter(files));
    return files;
}

std::vector<std::vector<FileReport>> reportsOf(const std::vector<FigureTarget>& targets, const Progress& progress)
{
    const SheetList all = sheetsOf(targets);
    SheetList compared = {all.sources, {}};
    std::vector<std::vector<FileReport>> ofSheets;
    std::vector<std::size_t> placeOfCompared;
    for (const FigureSheet& sheet : all.sheets) {
        progress.check();
        ofSheets.push_back(reportsByDigest(sheet));
        if (isToBeCompared(sheet, ofSheets.back())) {
            placeOfCompared.push_back(ofSheets.size() - 1);
            compared.sheets.push_back(sheet);
        }
    }
    const auto compare = [&](std::size_t k, const RenderedFigure& rendered, const QString& description,
                             const Progress&) {
        const std::size_t place = placeOfCompared[k];
        const FigureSheet& sheet = all.sheets[place];
        ofSheets[place] = comparedReports(sheet, ofSheets[place], writtenFiles(sheet, rendered, description));
    };
    if (!compared.sheets.empty())
        renderSheets(std::move(compared), compare, progress);
    std::vector<std::vector<FileReport>> reports(targets.size());
    for (std::size_t k = 0; k < ofSheets.size(); ++k)
        std::ranges::copy(ofSheets[k], std::back_inserter(reports[all.sheets[k].target]));
    return reports;
}

FileState stateOf(const FigureTarget& target)
{
    const std::vector<FileReport> reports = reportsOf(std::vector{target}).front();
    for (const FileState worst : {FileState::Missing, FileState::Unknown, FileState::Different, FileState::Changed,
                                  FileState::Undigested, FileState::Outdated})
        if (std::ranges::find(reports, worst, &FileReport::state) != reports.end())
            return worst;
    return FileState::Current;
}

void refuseCollisions(const std::vector<FigureTarget>& targets)
{
    const SheetList list = sheetsOf(targets);
    Writers writers(list);
    for (const FigureSheet& sheet : list.sheets)
        for (const fs::path& file : filesOf(sheet))
            writers.add(sheet, file);
}

void refuseExisting(const std::vector<FigureTarget>& targets)
{
    std::vector<fs::path> existing;
    for (const FigureTarget& target : targets)
        if (target.replacing == Replacing::Nothing)
            std::ranges::copy(thoseThere(filesOf(target)), std::back_inserter(existing));
    if (!existing.empty())
        refuse(existing);
}

void refuseForeign(const std::vector<std::vector<FileReport>>& reports)
{
    std::vector<FileReport> all;
    for (const std::vector<FileReport>& ofTarget : reports)
        std::ranges::copy(ofTarget, std::back_inserter(all));
    refuseForeign(all);
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
    const std::vector<WrittenFile> written = writtenFiles(sheet, rendered, description);
    const bool own = sheet.replacing == Replacing::Own;
    if (own)
        refuseForeign(comparedReports(sheet, reportsByDigest(sheet), written));
    AtomicFiles files;
    for (const WrittenFile& one : written) {
        progress.check();
        if (own && holdsAlready(one))
            continue;
        const bool replace = sheet.replacing == Replacing::Everything || (own && isThere(one.file));
        files.write(one.file, {one.bytes.constData(), static_cast<std::size_t>(one.bytes.size())},
                    replace ? Existing::Replace : Existing::Refuse);
    }
    progress.check();
    files.commit();
}

}  // namespace posbias::ui
