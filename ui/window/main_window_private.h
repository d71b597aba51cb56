// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the window is made of.

#include "ui/window/actions.h"
#include "ui/window/appearance.h"
#include "ui/window/control_panel.h"
#include "ui/window/document.h"
#include "ui/window/inspector.h"
#include "ui/window/main_window.h"
#include "ui/window/progress_strip.h"
#include "ui/window/recent_files.h"
#include "ui/window/stage.h"
#include "ui/window/status_line.h"
#include "ui/window/tool_bar.h"
#include "ui/window/workspace.h"

namespace posbias::ui {

struct MainWindow::Private {
    explicit Private(MainWindow* window)
        : actions(window, &model), document(&model, window), recent(actions.recent),
          toolBar(new ToolBar(actions)), controls(new ControlPanel(&model)), stage(new Stage(&model)),
          strip(new ProgressStrip(&model, stage)), inspector(new posbias::ui::Inspector(&model)),
          workspace(new Workspace(controls, stage, inspector)), status(new StatusLine(&model, actions.palette))
    {
    }

    Appearance appearance;
    ExperimentModel model;
    Actions actions;
    Document document;
    RecentFiles recent;
    // Owned by the window.
    ToolBar* toolBar;
    ControlPanel* controls;
    Stage* stage;
    ProgressStrip* strip;
    posbias::ui::Inspector* inspector;
    Workspace* workspace;
    StatusLine* status;
    bool wasMaximized = false;
};

}  // namespace posbias::ui
