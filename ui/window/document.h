// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The open experiment and its figures as a file: new, open, save, "save changes?". Bad files are told in a message and
// change nothing. Files are opened one after the other, in the order in which they were asked for. What others do to
// the open file is noticed, and nothing is overwritten unasked.

#include "core/design/figure_design.h"
#include "core/experiment/presets.h"
#include "core/io/file_claim.h"
#include "core/io/journal_file.h"
#include "core/io/lecture_file.h"
#include "ui/model/experiment_model.h"
#include "ui/model/file_watch.h"

#include <QObject>

#include <deque>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

class QWidget;

namespace posbias::ui {

class Job;
class ReadingJob;
struct FileReading;

/// What stands between a document and its file.
struct FileTrouble {
    enum class Kind {
        None,
        Changed,  ///< it holds something else than was read or written
        Gone,
        Unreadable,  ///< so that nobody knows what saving would replace
        NotWritten,  ///< saving was tried in vain
    };
    Kind kind = Kind::None;
    std::filesystem::path file;
    QString reason;
    std::string digest = {};  ///< of what it holds now, where it changed: a second change is another trouble
    bool operator==(const FileTrouble&) const = default;
};

class Document : public QObject {
    Q_OBJECT
public:
    Document(ExperimentModel* model, QWidget* window);

    void newExperiment();
    void openByDialog();
    /// A .posbias file, or a figure that carries its recipe: recipeOpened() follows. A figure and a large file are read off
    /// the GUI thread. Returns false when it was refused or is not wanted; true: it is open, or its turn is still to come.
    bool openFile(const std::filesystem::path& file);
    /// Files whose turn has not come are not opened any more, nor is the one that is being read, also to reload it.
    void stopOpening();
    /// Not from a file of its own (a preset, the command line).
    void openExperiment(const Experiment& experiment);
    /// One undoable step that takes the document off its file: saving asks for another name until it is undone.
    void usePreset(const Preset& preset);
    /// False: the file is as it was, and trouble() says why, or a person chose no name.
    bool save();
    bool saveAs();
    const FileTrouble& trouble() const { return m_trouble; }
    /// The answers to trouble(). Reloading is an undoable step; overwriting keeps the other version under a name of its
    /// own beside the file.
    void reload();
    void overwrite();
    /// What a save that broke off has left of the file as it was before: the answers are about the first. Restoring is an
    /// undoable step; keeping gives it a name of its own beside the file; removing moves it to the trash.
    const std::vector<std::filesystem::path>& copies() const { return m_copies; }
    void restoreCopy();
    void keepCopy();
    void removeCopy();
    /// Says to other windows that the file is open here, through the folder, and hears of theirs.
    void claimFilesIn(const std::filesystem::path& folder);
    bool isOpenElsewhere() const { return m_openElsewhere; }
    /// That window, where it is this process's own; else nullptr.
    QWidget* otherWindow() const;
    /// Looks whether the file is still the same, where the system does not tell.
    void lookAtFile() { m_watch.look(); }
    /// The file may not be written to.
    bool isReadOnly() const { return m_readOnly; }

    Journal journal() const;
    /// The document as it was left, with its file, undo and redo; unsaved again.
    void restore(const Journal& journal);

    /// There is something to lose. A preset as it is built in is nothing to lose; what was saved here is, once the file
    /// holds something else.
    bool isModified() const;
    /// Asks what becomes of unsaved changes; false: go no further.
    bool mayGo();

    /// Designs that are saved with the experiment.
    const std::vector<FigureDesign>& figures() const { return m_origin.figures; }
    /// One undoable step: in the place of the figure of that name, or added to them.
    void keepFigure(const FigureDesign& design);
    void removeFigure(const std::string& name);

    const std::filesystem::path& file() const { return m_origin.file; }
    /// From the file's name, else from the title: "Past the training length.pdf".
    QString suggestedName(const QString& suffix) const;

Q_SIGNALS:
    void fileChanged();                                         ///< another file, or none
    void reading(posbias::ui::Job* job, const QString& words);  ///< a file, for whoever shows how far it is
    void loaded();                                              ///< another experiment is open
    void figuresChanged();
    void troubleChanged();
    void copiesChanged();
    void openElsewhereChanged();
    void copyKept(const QString& file);
    void attentionAsked();                 ///< saving waits for an answer to trouble()
    void saveRefused(const QString& why);  ///< a person wanted to save, and the file is as it was
    /// `otherVersion`: the copy of what was overwritten; empty: nothing was.
    void fileSaved(const QString& file, const QString& otherVersion);
    void readOnlyChanged();
    /// The experiment is the recipe's already; what shows it is still to follow.
    void recipeOpened(const posbias::Recipe& recipe);
    void fileUsed(const QString& file);  ///< opened or saved
    void fileRefused(const QString& file);

private:
    class ChangeOrigin;
    class ChangeFigures;
    void load(const Experiment& experiment, DocumentOrigin origin);
    void originChanged();
    /// It is what the file holds now, since this window read or wrote it: no step of undo takes it for another's.
    void setDigest(const std::string& digest);
    bool openNext();
    void startReading(const std::filesystem::path& file, const QString& words,
                      std::function<void(const ReadingJob& job)> then);
    template <typename Read>
    bool readAndLoad(const std::filesystem::path& file, const Read& read);
    bool loadLecture(const FileReading& read);
    bool loadRecipe(const Recipe& recipe);
    bool loadCopy(const std::filesystem::path& file, const std::filesystem::path& copy);
    template <typename Read>
    void reloadFrom(const std::filesystem::path& file, const Read& read);
    /// One undoable step to another version of the document.
    void replace(Lecture lecture, const QString& step);
    void setCopies(std::vector<std::filesystem::path> copies);
    std::filesystem::path takeCopy();
    void claimFile();
    void lookElsewhere();
    bool saveToOwnFile();
    bool writeTo(const std::filesystem::path& file, const std::filesystem::path& otherVersion = {});
    void fileLookedAt(const FileContent& state);
    void setTrouble(const FileTrouble& trouble);
    bool isOverwritten() const;
    bool refuseToSave(const QString& why);
    void warn(const QString& what, const QString& why);
    void warnOfCopy(const std::filesystem::path& copy, const std::exception& error);

    ExperimentModel* m_model;
    QWidget* m_window;
    DocumentOrigin m_origin;
    FileWatch m_watch;
    FileTrouble m_trouble;
    std::vector<std::filesystem::path> m_copies;
    std::filesystem::path m_claims;  ///< the folder of all claims
    std::unique_ptr<FileClaim> m_claim;
    bool m_openElsewhere = false;
    bool m_readOnly = false;
    bool m_restoring = false;  ///< steps are put on the undo stack as they were recorded: none is taken
    std::deque<std::filesystem::path> m_toOpen;
    ReadingJob* m_reading = nullptr;
    bool m_opening = false;  ///< a file is being loaded; questions about it may be open
};

}  // namespace posbias::ui
