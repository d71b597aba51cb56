// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The window: toolbar, panel, stage, inspector, menus. Wires; decides nothing.

#include "core/design/figure_design.h"
#include "core/experiment/presets.h"
#include "ui/model/experiment_model.h"

#include <QMainWindow>

#include <filesystem>
#include <memory>

namespace posbias {
struct Journal;
}

namespace posbias::ui {

struct ExportProposal;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow();
    ~MainWindow() override;
    /// An experiment, or a figure that remembers its own: as Document::openFile. Shows a message and changes nothing when
    /// the file is bad.
    bool openFile(const std::filesystem::path& file);
    void openExperiment(const Experiment& experiment);
    /// In the view that shows it best.
    void openPreset(const Preset& preset);
    ExperimentModel* model();

    /// From now on what is not saved is kept in the folder, for the next start after an end that nobody wished; what
    /// other windows left there is offered, and a file that one of them has open is told. Long trainings keep their states
    /// there and go on from them. Without this call nothing is kept.
    void keepJournal(const std::filesystem::path& folder);
    /// Writes the journal now: the window is about to end without a question.
    void keepForNextStart();

protected:
    bool event(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void connectFileActions();
    void connectFigures();
    void connectKeeping();
    void connectViewActions();
    void connectPresets();
    void connectAppearance();
    void connectStage();
    void connectTraining();
    void arrange();
    void restoreGeometryAndPanes();
    void applyTheme();
    void updateTitle();
    void updateEscape();
    void escapePressed();
    void present(bool on);
    void showPalette();
    void renameExperiment();
    void usePreset(const QString& name);
    void showView(const std::string& id);
    /// View, zoom, axis and step as they were when the figure was exported; exporting proposes it again.
    void restore(const Recipe& recipe);
    /// What Export begins with: the figure that was opened or exported last, while its view is shown; else the stage's.
    void exportShown();
    void exportKept(const FigureDesign& design);
    void openExport(const ExportProposal& proposal);
    QString titleText() const;
    bool restoreJournal(const Journal& journal);

    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace posbias::ui
