// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the window is made of.

#include "ui/window/appearance.h"
#include "ui/window/commands/actions.h"
#include "ui/window/document.h"
#include "ui/window/figure_menu.h"
#include "ui/window/file_bar.h"
#include "ui/window/form/control_panel.h"
#include "ui/window/inspector/inspector.h"
#include "ui/window/main_window.h"
#include "ui/window/recent_files.h"
#include "ui/window/recovery_bar.h"
#include "ui/window/stage/progress_strip.h"
#include "ui/window/stage/stage.h"
#include "ui/window/stage/stage_column.h"
#include "ui/window/status_line.h"
#include "ui/window/tool_bar.h"
#include "ui/window/workspace.h"

#include "core/io/state_files.h"
#include "ui/model/journal_keeper.h"

namespace posbias::ui {

struct MainWindow::Private {
    explicit Private(MainWindow* window)
        : actions(window, &model),
          document(&model, window),
          recent(actions.recent),
          figureMenu(actions.figures, &document),
          toolBar(new ToolBar(actions)),
          controls(new ControlPanel(&model)),
          stage(new Stage(&model, &studies)),
          player(&model, [this] { return isShown(); }),
          column(new StageColumn(&model, &player, stage, actions)),
          fileBar(new FileBar(&document)),
          strip(new ProgressStrip(&model, &studies, stage)),
          inspector(new posbias::ui::Inspector(&model)),
          workspace(new Workspace(controls, column, inspector)),
          status(new StatusLine(&model, actions.palette))
    {
    }

    /// Everything of the result is on the screen.
    bool isShown() const
    {
        const PictureState picture = stage->picture();
        return picture != PictureState::Older && picture != PictureState::First &&
               studies.state() != StudyModel::State::Busy;
    }

    Appearance appearance;
    ExperimentModel model;
    StudyModel studies;
    Actions actions;
    Document document;
    RecentFiles recent;
    FigureMenu figureMenu;
    // Owned by the window.
    ToolBar* toolBar;
    ControlPanel* controls;
    Stage* stage;
    Player player;
    StageColumn* column;
    FileBar* fileBar;
    RecoveryBar* recoveryBar = nullptr;  ///< where journals are kept
    ProgressStrip* strip;
    posbias::ui::Inspector* inspector;
    Workspace* workspace;
    StatusLine* status;
    bool wasMaximized = false;
    std::unique_ptr<JournalKeeper> journal;
    std::shared_ptr<StateFiles> trainings;  ///< where journals are kept: long trainings' states

    /// The figure that was opened or exported last, and the stage's state then.
    struct LastFigure {
        FigureDesign design;
        FigureKind view;
        FigureOptions shown;
    };
    std::optional<LastFigure> lastFigure;
};

}  // namespace posbias::ui
