// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The window: toolbar, panel, stage, inspector, menus. Wires; decides nothing.

#include "core/experiment/presets.h"
#include "ui/model/experiment_model.h"

#include <QMainWindow>

#include <filesystem>
#include <memory>

namespace posbias::ui {

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow();
    ~MainWindow() override;
    /// Shows a message and changes nothing when the file is bad; returns whether it was opened.
    bool openFile(const std::filesystem::path& file);
    void openExperiment(const Experiment& experiment);
    /// In the view that shows it best.
    void openPreset(const Preset& preset);
    ExperimentModel* model();

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void connectFileActions();
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

    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace posbias::ui
