// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The open experiment and its figures as a file: new, open, save, "save changes?". Bad files are told in a message and
// change nothing. Files are opened one after the other, in the order in which they were asked for. What others do to
// the open file is noticed, and nothing is overwritten unasked.

#include "core/design/figure_design.h"
#include "core/experiment/presets.h"
#include "core/io/journal_file.h"
#include "ui/model/experiment_model.h"
#include "ui/model/file_watch.h"

#include <QObject>

#include <deque>
#include <filesystem>

class QWidget;

namespace posbias::ui {

/// The preset that an experiment is, wherever its crosshair stands; nullptr when it is none.
const Preset* unchangedPreset(const Experiment& experiment);

class Job;
class RecipeJob;

/// What stands between a document and its file.
struct FileTrouble {
    enum class Kind {
        None,
        Changed,     ///< it holds something else than was read or written
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
    /// A .posbias file, or a figure that carries its recipe: that is read off the GUI thread, and recipeOpened() follows.
    /// Returns false when it was refused or is not wanted; true: it is open, or its turn is still to come.
    bool openFile(const std::filesystem::path& file);
    /// Files whose turn has not come are not opened any more, nor is the figure that is being read.
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
    void fileChanged();                  ///< another file, or none
    void reading(posbias::ui::Job* job, const QString& words);  ///< a figure, for whoever shows how far it is
    void loaded();                       ///< another experiment is open
    void figuresChanged();
    void troubleChanged();
    void attentionAsked();               ///< saving waits for an answer to trouble()
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
    void read(const std::filesystem::path& file);
    template <typename Read>
    bool readAndLoad(const std::filesystem::path& file, const Read& read);
    bool loadLecture(const std::filesystem::path& file);
    bool loadRecipe(const Recipe& recipe);
    bool saveToOwnFile();
    bool writeTo(const std::filesystem::path& file, const std::filesystem::path& otherVersion = {});
    void fileLookedAt(const FileContent& state);
    void setTrouble(const FileTrouble& trouble);
    bool isOverwritten() const;
    bool refuseToSave(const QString& why);
    void warn(const QString& what, const QString& why);

    ExperimentModel* m_model;
    QWidget* m_window;
    DocumentOrigin m_origin;
    FileWatch m_watch;
    FileTrouble m_trouble;
    bool m_readOnly = false;
    bool m_restoring = false;  ///< steps are put on the undo stack as they were recorded: none is taken
    std::deque<std::filesystem::path> m_toOpen;
    RecipeJob* m_reading = nullptr;
    bool m_opening = false;  ///< a file is being loaded; questions about it may be open
};

}  // namespace posbias::ui
