// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The open experiment as a file: new, open, save, "save changes?". Bad files are told in a message and change nothing.

#include "core/experiment/presets.h"
#include "ui/model/experiment_model.h"

#include <QObject>

#include <filesystem>

class QWidget;

namespace posbias::ui {

/// The preset that an experiment is, wherever its crosshair stands; nullptr when it is none.
const Preset* unchangedPreset(const Experiment& experiment);

class Document : public QObject {
    Q_OBJECT
public:
    Document(ExperimentModel* model, QWidget* window);

    void newExperiment();
    void openByDialog();
    bool openFile(const std::filesystem::path& file);
    /// Not from a file of its own (a preset, the command line).
    void openExperiment(const Experiment& experiment);
    /// One undoable step that takes the document off its file: saving asks for another name until it is undone.
    void usePreset(const Preset& preset);
    bool save();
    bool saveAs();
    /// There is something to lose. A preset as it is built in is nothing to lose.
    bool isModified() const;
    /// Asks what becomes of unsaved changes; false: go no further.
    bool mayGo();

    const std::filesystem::path& file() const { return m_origin.file; }
    /// From the file's name, else from the title: "Past the training length.pdf".
    QString suggestedName(const QString& suffix) const;

Q_SIGNALS:
    void fileChanged();                  ///< another file, or none
    void fileUsed(const QString& file);  ///< opened or saved
    void fileRefused(const QString& file);

private:
    class ChangeOrigin;
    struct Origin {
        std::filesystem::path file;       ///< empty: none
        bool replacedUnsaved = false;     ///< a preset took the place of unsaved changes
    };
    void load(const Experiment& experiment, const std::filesystem::path& file);
    bool readAndLoad(const std::filesystem::path& file);
    bool writeTo(const std::filesystem::path& file);
    void warn(const QString& what, const QString& why);

    ExperimentModel* m_model;
    QWidget* m_window;
    Origin m_origin;
};

}  // namespace posbias::ui
