// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/document.h"

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "core/io/experiment_entries.h"
#include "core/io/lecture_file.h"
#include "core/io/text_file.h"
#include "ui/plot/files/figure_recipe.h"
#include "ui/text/file_names.h"
#include "ui/window/document_steps.h"
#include "ui/window/reading_job.h"
#include "ui/window/widgets/settings.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QStandardPaths>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

namespace posbias::ui {

namespace {

QString openFilter()
{
    return Document::tr(
        "Experiments and figures (*.posbias *.posbias.gz *.pdf *.svg *.svgz *.svg.gz *.png *.tex *.gif);;"
        "PosBias experiments (*.posbias *.posbias.gz);;All files (*)");
}

QString saveFilter()
{
    return Document::tr("PosBias experiments (*.posbias *.posbias.gz);;All files (*)");
}

QString lastFolder()
{
    return settings().value(QStringLiteral("folder"), QDir::homePath()).toString();
}

void rememberFolder(const QString& file)
{
    settings().setValue(QStringLiteral("folder"), QFileInfo(file).absolutePath());
}

/// A file with a figure that its experiment cannot have could not be opened again.
void requireFittingFigures(const Lecture& lecture)
{
    for (const FigureDesign& design : lecture.figures) {
        try {
            recipeOf(design, lecture.experiment);
        } catch (const InputError& error) {
            const QString why =
                Document::tr("The figure “%1” does not fit the experiment any more: %2. Mend or remove it "
                             "under File › Figures, or undo.");
            throw InputError(
                error.subject(),
                why.arg(QString::fromStdString(design.name), QString::fromStdString(error.what())).toStdString());
        }
    }
}

/// The file that was written: absolute.
std::filesystem::path writtenFile(const std::filesystem::path& file, const std::string& text)
{
    const std::filesystem::path kept = windowFile(file);
    writeFileAtomically(kept, text);
    return kept;
}

std::string bytesOf(const std::filesystem::path& file)
{
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    if (!stream.is_open() || stream.bad())
        throw FailureError("What is in it now cannot be read and kept: " + std::generic_category().message(errno));
    return bytes;
}

constexpr int mostCopies = 1000;  // of one file

/// "name (word).posbias" or "name (word 2).posbias.gz", beside the file.
std::filesystem::path markedName(std::filesystem::path file, const QString& word, int number)
{
    const QString mark = number == 1 ? word : QStringLiteral("%1 %2").arg(word).arg(number);
    const std::filesystem::path bare = withoutEnding(file);
    const QString ending = textOf(file.filename()).mid(textOf(bare).size());
    return file.replace_filename(pathOf(QStringLiteral("%1 (%2)%3").arg(textOf(bare), mark, ending)));
}

/// Without a folder for the person's data there is no trash, and Qt would then put the file where the program was started.
bool moveToTrash(const std::filesystem::path& file)
{
    const QString trash =
        QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/Trash");
    return QDir().mkpath(trash) && QFile::moveToTrash(textOf(file));
}

/// Whether the copy is wanted in the place of the file that cannot be opened.
bool askForCopy(const QString& what, const QString& why, const std::filesystem::path& copy, QWidget* window)
{
    QMessageBox box(QMessageBox::NoIcon, Document::tr("PosBias"), what, QMessageBox::Cancel, window);
    box.setInformativeText(Document::tr("%1\n\nSaving it seems to have broken off. What it held before is in “%2”.")
                               .arg(why, shownName(copy.filename())));
    box.setTextFormat(Qt::PlainText);
    const QPushButton* open = box.addButton(Document::tr("Open What It Held Before"), QMessageBox::AcceptRole);
    box.exec();
    return box.clickedButton() == open;
}

/// A copy of what is in the file now, beside it: "name (other version).posbias", or with a number where that exists.
std::filesystem::path keptCopy(const std::filesystem::path& file)
{
    const std::string bytes = bytesOf(file);
    for (int number = 1; number <= mostCopies; ++number) {
        const std::filesystem::path copy = markedName(file, Document::tr("other version"), number);
        std::error_code error;
        if (const auto type = std::filesystem::symlink_status(copy, error).type();
            type != std::filesystem::file_type::not_found)
            continue;
        writeFileAtomically(copy, bytes, Existing::Refuse);
        // What is overwritten must be what was kept.
        if (contentOf(file, contentDigest(bytes)).kind != FileContent::Kind::Same)
            throw FailureError("Another program is writing to it just now.");
        return copy;
    }
    throw FailureError("There are too many copies of it already.");
}

}  // namespace

Document::Document(ExperimentModel* model, QWidget* window) : QObject(window), m_model(model), m_window(window)
{
    connect(&m_watch, &FileWatch::looked, this, &Document::fileLookedAt);
}

void Document::warn(const QString& what, const QString& why)
{
    QMessageBox box(QMessageBox::NoIcon, tr("PosBias"), what, QMessageBox::Ok, m_window);
    box.setInformativeText(why);
    box.setTextFormat(Qt::PlainText);
    box.exec();
}

void Document::warnOfCopy(const std::filesystem::path& copy, const std::exception& error)
{
    warn(tr("“%1” cannot be read.").arg(shownName(copy)), QString::fromStdString(error.what()));
}

void Document::load(const Experiment& experiment, DocumentOrigin origin)
{
    m_origin = std::move(origin);
    m_model->load(experiment);
    Q_EMIT loaded();
    originChanged();
}

void Document::originChanged()
{
    setTrouble({});
    const bool another = m_watch.file() != m_origin.file;
    if (another)
        setCopies({});
    m_readOnly = m_readOnly && !m_origin.file.empty();
    m_watch.setFile(m_origin.file, m_origin.digest);
    if (another)
        claimFile();
    Q_EMIT fileChanged();
    Q_EMIT figuresChanged();
}

void Document::setDigest(const std::string& digest)
{
    m_origin.digest = digest;
    const auto tell = [this](const QUndoCommand* step) {
        if (const auto* change = dynamic_cast<const ChangeOrigin*>(step))
            change->tellContent(m_origin.file, m_origin.digest);
    };
    const QUndoStack& steps = *m_model->undoStack();
    for (int i = 0; i < steps.count(); ++i) {
        tell(steps.command(i));
        for (int part = 0; part < steps.command(i)->childCount(); ++part)
            tell(steps.command(i)->child(part));
    }
}

void Document::newExperiment()
{
    stopOpening();
    if (mayGo())
        load(presets().front().experiment, {});
}

void Document::openExperiment(const Experiment& experiment)
{
    stopOpening();
    try {
        validateForWindow(experiment);
        load(experiment, {});
    } catch (const InputError& error) {
        warn(tr("The experiment cannot be shown."), QString::fromStdString(error.what()));
    }
}

void Document::openByDialog()
{
    const QString chosen = QFileDialog::getOpenFileName(m_window, tr("Open Experiment"), lastFolder(), openFilter());
    if (chosen.isEmpty())
        return;
    rememberFolder(chosen);
    openFile(pathOf(chosen));
}

bool Document::openFile(const std::filesystem::path& file)
{
    m_toOpen.push_back(file);
    return openNext();
}

void Document::stopOpening()
{
    m_toOpen.clear();
    if (m_reading)
        m_reading->cancel();
}

/// While a file is read or a question about a file is open, the next one waits.
bool Document::openNext()
{
    bool opened = true;
    while (!m_reading && !m_opening && !m_toOpen.empty()) {
        const std::filesystem::path file = std::move(m_toOpen.front());
        m_toOpen.pop_front();
        if (isQuicklyRead(file))
            opened = readAndLoad(file, [&] { return readForWindow(file); });
        else
            startReading(file, tr("Opening “%1”…").arg(shownName(file.filename())),
                         [this, file](const ReadingJob& job) { readAndLoad(file, [&] { return job.reading(); }); });
    }
    return opened;
}

void Document::startReading(const std::filesystem::path& file, const QString& words,
                            std::function<void(const ReadingJob& job)> then)
{
    m_reading = new ReadingJob(file, this);
    const auto ended = [this] {
        m_reading->deleteLater();
        m_reading = nullptr;
    };
    Q_EMIT reading(m_reading, words);
    connect(m_reading, &Job::finished, this, [this, ended, then = std::move(then)] {
        const ReadingJob* const job = m_reading;
        ended();
        then(*job);
        openNext();
    });
    connect(m_reading, &Job::cancelled, this, [this, ended] {
        ended();
        m_toOpen.clear();
    });
}

template <typename Read>
bool Document::readAndLoad(const std::filesystem::path& file, const Read& read)
{
    const QString name = textOf(file);
    m_opening = true;
    const auto done = qScopeGuard([this] { m_opening = false; });
    QString why;
    try {
        const FileReading found = read();
        if (!(found.recipe ? loadRecipe(*found.recipe) : loadLecture(found)))
            return false;
        Q_EMIT fileUsed(name);
        return true;
    } catch (const std::exception& error) {
        why = QString::fromStdString(error.what());
    }
    Q_EMIT fileRefused(name);
    const QString what =
        tr("“%1” could not be opened. The open experiment is unchanged.").arg(shownName(file.filename()));
    const std::vector<std::filesystem::path> copies = copiesForWindow(file);
    if (!copies.empty())
        return askForCopy(what, why, copies.front(), m_window) && loadCopy(file, copies.front());
    warn(what, why);
    return false;
}

/// False: it is not wanted.
bool Document::loadLecture(const FileReading& read)
{
    const std::string before = m_origin.digest;
    if (!mayGo())
        return false;
    std::error_code ignored;
    if (m_origin.digest != before && std::filesystem::equivalent(m_origin.file, read.file, ignored)) {
        m_toOpen.push_front(read.file);  // the answer was to save, and into this very file
        return true;
    }
    load(read.lecture.experiment, {read.file, read.digest, false, read.lecture.figures});
    setCopies(read.copies);
    return true;
}

/// What the file held before, in the place of what it holds: not saved yet.
bool Document::loadCopy(const std::filesystem::path& file, const std::filesystem::path& copy)
{
    Lecture lecture;
    std::filesystem::path kept;
    try {
        kept = windowFile(file);
        lecture = lectureForWindow(copy);
    } catch (const std::exception& error) {
        warnOfCopy(copy, error);
        return false;
    }
    if (!mayGo())
        return false;
    load(lecture.experiment, {kept, contentOf(kept, {}).digest, false, std::move(lecture.figures)});
    m_model->undoStack()->resetClean();
    Q_EMIT fileUsed(textOf(kept));
    return true;
}

/// The figure is no file to save into: saving asks for a name.
bool Document::loadRecipe(const Recipe& recipe)
{
    if (!mayGo())
        return false;
    load(recipe.experiment, {});
    Q_EMIT recipeOpened(recipe);
    return true;
}

void Document::keepFigure(const FigureDesign& design)
{
    std::vector<FigureDesign> next = figures();
    const auto same = std::ranges::find(next, design.name, &FigureDesign::name);
    if (same != next.end() && *same == design)
        return;
    if (same != next.end())
        *same = design;
    else
        next.push_back(design);
    const QString step = tr("Keep Figure “%1”").arg(QString::fromStdString(design.name));
    m_model->undoStack()->push(new ChangeFigures(this, std::move(next), step));
}

void Document::removeFigure(const std::string& name)
{
    std::vector<FigureDesign> next = figures();
    if (std::erase_if(next, [&](const FigureDesign& design) { return design.name == name; }) == 0)
        return;
    const QString step = tr("Remove Figure “%1”").arg(QString::fromStdString(name));
    m_model->undoStack()->push(new ChangeFigures(this, std::move(next), step));
}

void Document::usePreset(const Preset& preset)
{
    if (m_model->experiment() == preset.experiment)
        return;
    stopOpening();
    const QString name = tr("Preset “%1”").arg(QString::fromStdString(preset.experiment.title));
    QUndoStack* steps = m_model->undoStack();
    const DocumentOrigin origin{{}, {}, isModified(), {}};
    steps->beginMacro(name);
    steps->push(new ChangeOrigin(this, origin));
    m_model->replace(preset.experiment, name);
    steps->endMacro();
}

bool Document::isModified() const
{
    if (m_trouble.kind == FileTrouble::Kind::Gone || isOverwritten())
        return true;  // the window has the only copy
    if (m_model->undoStack()->isClean())
        return false;
    return !file().empty() || m_origin.replacedUnsaved || !figures().empty() || !unchangedPreset(m_model->experiment());
}

/// By others, after work was done here: without any, what was only read and then changed elsewhere is nobody's loss.
bool Document::isOverwritten() const
{
    return m_trouble.kind == FileTrouble::Kind::Changed && m_model->undoStack()->count() > 0;
}

bool Document::save()
{
    return m_origin.file.empty() ? saveAs() : saveToOwnFile();
}

bool Document::saveAs()
{
    const QString start = m_origin.file.empty() ? QDir(lastFolder()).filePath(suggestedName(QStringLiteral("posbias")))
                                                : textOf(m_origin.file);
    QFileDialog dialog(m_window, tr("Save Experiment"), QFileInfo(start).absolutePath(), saveFilter());
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(QStringLiteral("posbias"));
    dialog.selectFile(QFileInfo(start).fileName());
    if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty())
        return false;
    const QString chosen = dialog.selectedFiles().constFirst();
    rememberFolder(chosen);
    std::error_code ignored;
    const bool own =
        pathOf(chosen) == m_origin.file || std::filesystem::equivalent(pathOf(chosen), m_origin.file, ignored);
    return own ? saveToOwnFile() : writeTo(pathOf(chosen));
}

/// What others did to it meanwhile is found out by reading it, however quiet the watch was.
bool Document::saveToOwnFile()
{
    fileLookedAt(contentOf(m_origin.file, m_origin.digest));
    if (m_trouble.kind == FileTrouble::Kind::Changed || m_trouble.kind == FileTrouble::Kind::Unreadable) {
        Q_EMIT attentionAsked();
        return refuseToSave(m_trouble.kind == FileTrouble::Kind::Changed
                                ? tr("it was changed by another program or in another window")
                                : tr("it cannot be read any more"));
    }
    if (!m_readOnly)
        return writeTo(m_origin.file);
    setTrouble({FileTrouble::Kind::NotWritten, m_origin.file, tr("You are not allowed to write to it.")});
    Q_EMIT attentionAsked();
    return refuseToSave(tr("you are not allowed to write to it"));
}

bool Document::refuseToSave(const QString& why)
{
    Q_EMIT saveRefused(why);
    return false;
}

bool Document::writeTo(const std::filesystem::path& file, const std::filesystem::path& otherVersion)
{
    const QString refused = tr("“%1” was not saved.").arg(shownName(file.filename()));
    std::string text;
    if (m_model->problem()) {
        refuseToSave(tr("a setting is not valid"));
        warn(refused, tr("A setting is not valid: %1").arg(m_model->problem()->whole()));
        return false;
    }
    const Lecture lecture{m_model->experiment(), figures()};
    try {
        requireFittingFigures(lecture);
    } catch (const std::exception& error) {
        refuseToSave(tr("a figure does not fit"));
        warn(refused, QString::fromStdString(error.what()));
        return false;
    }
    try {
        text = bytesFor(file, toJson(lecture));
        requireRegularFile(file);  // a device keeps nothing, and a pipe may wait for a reader for ever
        m_origin.file = writtenFile(file, text);
    } catch (const std::exception& error) {
        setTrouble({FileTrouble::Kind::NotWritten, file, QString::fromStdString(error.what())});
        Q_EMIT attentionAsked();
        return refuseToSave(tr("it could not be written"));
    }
    setDigest(contentDigest(text));
    m_origin.replacedUnsaved = false;
    setTrouble({});
    m_model->undoStack()->setClean();
    originChanged();
    setCopies(copiesForWindow(m_origin.file));
    Q_EMIT fileUsed(textOf(m_origin.file));
    Q_EMIT fileSaved(textOf(m_origin.file), textOf(otherVersion));
    return true;
}

void Document::fileLookedAt(const FileContent& state)
{
    if (m_readOnly != state.readOnly) {
        m_readOnly = state.readOnly;
        Q_EMIT readOnlyChanged();
    }
    lookElsewhere();
    const std::filesystem::path& file = m_origin.file;
    switch (state.kind) {
    case FileContent::Kind::Changed:
        if (m_trouble.kind != FileTrouble::Kind::Changed || m_trouble.digest != state.digest)
            setTrouble({FileTrouble::Kind::Changed, file, {}, state.digest});
        break;
    case FileContent::Kind::Gone: setTrouble({FileTrouble::Kind::Gone, file, {}, {}}); break;
    case FileContent::Kind::Unreadable: setTrouble({FileTrouble::Kind::Unreadable, file, state.reason, {}}); break;
    case FileContent::Kind::Same:
        if (m_trouble.kind != FileTrouble::Kind::NotWritten)
            setTrouble({});
        break;
    }
}

void Document::claimFilesIn(const std::filesystem::path& folder)
{
    m_claims = folder;
    FileClaim::sweep(folder);
    claimFile();
}

void Document::claimFile()
{
    if (m_claims.empty())
        return;
    m_claim.reset();
    if (!m_origin.file.empty())
        m_claim = std::make_unique<FileClaim>(m_claims, m_origin.file);
    lookElsewhere();
}

void Document::lookElsewhere()
{
    const bool elsewhere = m_claim && !m_claim->isMine();
    if (elsewhere == m_openElsewhere)
        return;
    m_openElsewhere = elsewhere;
    Q_EMIT openElsewhereChanged();
}

QWidget* Document::otherWindow() const
{
    for (QWidget* window : QApplication::topLevelWidgets()) {
        const auto* other = window->isVisible() ? window->findChild<Document*>() : nullptr;
        std::error_code ignored;
        if (other && other != this && !other->file().empty() &&
            std::filesystem::equivalent(other->file(), m_origin.file, ignored))
            return window;
    }
    return nullptr;
}

void Document::setTrouble(const FileTrouble& trouble)
{
    if (trouble == m_trouble)
        return;
    m_trouble = trouble;
    Q_EMIT troubleChanged();
}

void Document::reload()
{
    if (m_reading)
        return;
    const std::filesystem::path file = m_origin.file;
    if (isQuicklyRead(file))
        reloadFrom(file, [&] { return readForWindow(file); });
    else
        startReading(file, tr("Reloading “%1”…").arg(shownName(file.filename())), [this, file](const ReadingJob& job) {
            if (file == m_origin.file)
                reloadFrom(file, [&] { return job.reading(); });
        });
}

template <typename Read>
void Document::reloadFrom(const std::filesystem::path& file, const Read& read)
{
    FileReading found;
    try {
        found = read();
    } catch (const std::exception& error) {
        setTrouble(
            {FileTrouble::Kind::Changed, file, QString::fromStdString(error.what()), contentOf(file, {}).digest});
        return;
    }
    replace(std::move(found.lecture), tr("Reload “%1”").arg(textOf(file.filename())));
    setDigest(found.digest);
    m_model->undoStack()->setClean();
    originChanged();
    setCopies(std::move(found.copies));
}

void Document::replace(Lecture lecture, const QString& step)
{
    QUndoStack* steps = m_model->undoStack();
    const bool sameFigures = lecture.figures == figures();
    if (sameFigures && lecture.experiment == m_model->experiment())
        return;
    steps->beginMacro(step);
    if (!sameFigures)
        steps->push(new ChangeFigures(this, std::move(lecture.figures), step));
    m_model->replace(lecture.experiment, step);
    steps->endMacro();
}

void Document::setCopies(std::vector<std::filesystem::path> copies)
{
    if (copies == m_copies)
        return;
    m_copies = std::move(copies);
    Q_EMIT copiesChanged();
}

/// It is answered.
std::filesystem::path Document::takeCopy()
{
    std::vector<std::filesystem::path> rest = m_copies;
    const std::filesystem::path copy = rest.front();
    rest.erase(rest.begin());
    setCopies(std::move(rest));
    return copy;
}

void Document::restoreCopy()
{
    const std::filesystem::path copy = takeCopy();
    try {
        replace(lectureForWindow(copy), tr("Restore What “%1” Held").arg(textOf(m_origin.file.filename())));
    } catch (const std::exception& error) {
        warnOfCopy(copy, error);
    }
}

void Document::keepCopy()
{
    const std::filesystem::path copy = takeCopy(), file = m_origin.file;
    for (int number = 1; number <= mostCopies; ++number) {
        const std::filesystem::path kept = markedName(file, tr("before saving"), number);
        if (QFile::rename(textOf(copy), textOf(kept))) {
            Q_EMIT copyKept(textOf(kept));
            return;
        }
        if (!QFile::exists(textOf(kept)))
            break;
    }
    warn(tr("“%1” could not be renamed.").arg(shownName(copy)), tr("It stays where it is."));
}

void Document::removeCopy()
{
    const std::filesystem::path copy = takeCopy();
    if (!moveToTrash(copy))
        warn(tr("“%1” could not be moved to the trash.").arg(shownName(copy)), tr("It stays where it is."));
}

void Document::overwrite()
{
    const std::filesystem::path file = m_origin.file;
    std::filesystem::path copy;
    try {
        copy = keptCopy(file);
    } catch (const std::exception& error) {
        setTrouble({FileTrouble::Kind::NotWritten, file, QString::fromStdString(error.what())});
        refuseToSave(tr("no copy of the other version could be made"));
        return;
    }
    writeTo(file, copy);
}

bool Document::mayGo()
{
    if (!isModified())
        return true;
    QMessageBox box(QMessageBox::NoIcon, tr("PosBias"), tr("Save the changes to “%1”?").arg(suggestedName({})),
                    QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, m_window);
    box.setInformativeText(isOverwritten()
                               ? tr("Its file was changed by another program or in another window, so that what "
                                    "you see here is in no file. It is lost if you do not save it.")
                               : tr("They are lost if you do not save them."));
    box.setTextFormat(Qt::PlainText);
    box.setDefaultButton(QMessageBox::Save);
    switch (box.exec()) {
    case QMessageBox::Save: return save();
    case QMessageBox::Discard: return true;
    default: return false;
    }
}

QString Document::suggestedName(const QString& suffix) const
{
    static const QRegularExpression awkward(QStringLiteral(R"([/\\:*?"<>|\x00-\x1f])"));
    QString name = m_origin.file.empty() ? QString::fromStdString(m_model->experiment().title)
                                         : textOf(withoutEnding(m_origin.file));
    name = name.replace(awkward, QStringLiteral(" ")).simplified();
    if (name.isEmpty())
        name = tr("Untitled");
    return suffix.isEmpty() ? name : QStringLiteral("%1.%2").arg(name, suffix);
}

}  // namespace posbias::ui
