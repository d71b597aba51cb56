// SPDX-License-Identifier: GPL-3.0-or-later
// What leads to what in the window.
#include "ui/text/file_names.h"
#include "ui/text/numbers.h"
#include "ui/window/about_dialog.h"
#include "ui/window/figure_commands.h"
#include "ui/window/length_import.h"
#include "ui/window/main_window_private.h"
#include "ui/window/training_help_dialog.h"
#include "ui/window/zoom_commands.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QUndoStack>

namespace posbias::ui {

void MainWindow::connectFileActions()
{
    const Actions& a = d->actions;
    connect(a.newExperiment, &QAction::triggered, &d->document, &Document::newExperiment);
    connect(a.open, &QAction::triggered, &d->document, &Document::openByDialog);
    connect(a.loadLengths, &QAction::triggered, this, [this] { loadLengthsByDialog(d->model, this); });
    connect(a.save, &QAction::triggered, &d->document, &Document::save);
    connect(a.saveAs, &QAction::triggered, &d->document, &Document::saveAs);
    connect(a.exportFigure, &QAction::triggered, this, &MainWindow::exportShown);
    connect(a.copyFigure, &QAction::triggered, this, [this] {
        copyFigure(d->model, *d->stage, *d->strip, [this] {
            const QSize size = QGuiApplication::clipboard()->image().size();
            d->status->confirm(tr("Copied to the clipboard as a picture of %1 × %2 pixels.")
                                   .arg(integer(size.width()), integer(size.height())));
        });
    });
    connect(a.quit, &QAction::triggered, this, &QWidget::close);
    connect(a.rename, &QAction::triggered, this, &MainWindow::renameExperiment);
    connect(a.palette, &QAction::triggered, this, &MainWindow::showPalette);
    connect(a.keys, &QAction::triggered, this, [this] { showKeysAndGestures(this); });
    connect(a.training, &QAction::triggered, this, [this] { showTrainingHelp(this); });
    connect(a.commandLine, &QAction::triggered, this, [this] { showCommandLine(this); });
    connect(a.about, &QAction::triggered, this, [this] { showAbout(this); });
    connect(&d->document, &Document::fileUsed, &d->recent, &RecentFiles::add);
    connect(&d->document, &Document::fileRefused, &d->recent, &RecentFiles::remove);
    connect(&d->document, &Document::fileChanged, this, &MainWindow::updateTitle);
    connect(&d->recent, &RecentFiles::chosen, this, [this](const QString& file) { openFile(pathOf(file)); });
    connect(&d->model, &ExperimentModel::experimentChanged, this, &MainWindow::updateTitle);
    connect(d->model.undoStack(), &QUndoStack::cleanChanged, this, &MainWindow::updateTitle);
}

void MainWindow::connectViewActions()
{
    const Actions& a = d->actions;
    for (QAction* view : a.views) {
        connect(view, &QAction::triggered, d->stage, [this, view] {
            d->stage->setView(static_cast<FigureKind>(view->data().toInt()));
            d->controls->setView(d->stage->view());
        });
    }
    connect(a.logarithmicOffsets, &QAction::toggled, d->stage, &Stage::setLogarithmicOffsets);
    connect(a.rawBias, &QAction::toggled, d->stage, &Stage::setRawBias);
    connect(a.rawBias, &QAction::toggled, d->status, &StatusLine::setRawBias);
    connectZoomCommands(a, *d->stage, d->model);
    connect(a.present, &QAction::toggled, this, &MainWindow::present);
    connect(a.escape, &QAction::triggered, this, &MainWindow::escapePressed);
    connect(a.controls, &QAction::triggered, d->workspace,
            [this](bool open) { d->workspace->setOpen(Workspace::Controls, open); });
    connect(a.inspector, &QAction::triggered, d->workspace,
            [this](bool open) { d->workspace->setOpen(Workspace::Inspector, open); });
    const auto showPanes = [this] {
        d->actions.controls->setChecked(d->workspace->isOpen(Workspace::Controls));
        d->actions.inspector->setChecked(d->workspace->isOpen(Workspace::Inspector));
    };
    showPanes();
    connect(d->workspace, &Workspace::panesChanged, this, showPanes);
}

void MainWindow::connectTraining()
{
    const Actions& a = d->actions;
    connect(a.play, &QAction::triggered, this, [this] { d->player.setPlaying(!d->player.playing()); });
    connect(a.stepForward, &QAction::triggered, this, [this] { d->player.stepBy(1); });
    connect(a.stepBack, &QAction::triggered, this, [this] { d->player.stepBy(-1); });
    connect(a.toStart, &QAction::triggered, this, [this] { d->player.toStart(); });
    connect(a.toEnd, &QAction::triggered, this, [this] { d->player.toEnd(); });
    connect(a.levelHome, &QAction::triggered, this, [this] {
        Experiment level = d->model.experiment();
        level.level = {};
        if (level != d->model.experiment())
            d->model.change(level, tr("Levels as Trained"));
    });
    const auto offer = [this] {
        const QString reason = d->player.reason();
        for (QAction* moment : {d->actions.play, d->actions.stepForward, d->actions.stepBack, d->actions.toStart}) {
            moment->setEnabled(reason.isEmpty());
            moment->setToolTip(reason);
        }
        d->actions.toEnd->setEnabled(d->model.step().has_value());
        d->actions.levelHome->setEnabled(d->model.experiment().level != LevelShifts());
    };
    connect(&d->model, &ExperimentModel::experimentChanged, this, offer);
    connect(&d->model, &ExperimentModel::stepChanged, this, offer);
    connect(&d->player, &Player::playingChanged, this,
            [this] { d->actions.play->setText(d->player.playing() ? tr("Pause Training") : tr("Play Training")); });
    connect(&d->model, &ExperimentModel::resultChanged, &d->studies,
            [this] { d->studies.setResult(d->model.result()); });
    connect(d->controls, &ControlPanel::actionAsked, this, [this](const QString& group) {
        (group == QLatin1String("level") ? d->actions.levelHome : d->actions.loadLengths)->trigger();
    });
    offer();
}

void MainWindow::connectPresets()
{
    for (QAction* preset : d->actions.presets)
        connect(preset, &QAction::triggered, this, [this, preset] { usePreset(preset->data().toString()); });
}

void MainWindow::connectAppearance()
{
    const Actions& a = d->actions;
    const std::pair<QAction*, ThemeChoice> choices[] = {
        {a.themeSystem, ThemeChoice::System}, {a.themeLight, ThemeChoice::Light}, {a.themeDark, ThemeChoice::Dark}};
    for (const auto& [action, choice] : choices) {
        action->setChecked(choice == d->appearance.choice());
        connect(action, &QAction::triggered, this, [this, chosen = choice] { d->appearance.choose(chosen); });
    }
    connect(&d->appearance, &Appearance::themeChanged, this, &MainWindow::applyTheme);
}

void MainWindow::connectStage()
{
    connect(d->stage, &Stage::menuRequested, this, [this](std::optional<CellPosition> cell, const QPoint& position) {
        showFigureMenu(d->model, d->actions, cell, position, this);
    });
    connect(d->stage, &Stage::pinnedChanged, this, [this] { d->status->setPinned(d->stage->pinned()); });
    connect(d->stage, &Stage::pinnedChanged, this, &MainWindow::updateEscape);
    connect(d->stage, &Stage::refused, this, [this](const QString& message) { d->strip->tell(message); });
    connect(d->strip, &ProgressStrip::canCancelChanged, this, &MainWindow::updateEscape);
    connect(d->strip, &ProgressStrip::problemAsked, this, [this] {
        d->workspace->setOpen(Workspace::Controls, true);
        d->controls->revealProblem();
    });
}

}  // namespace posbias::ui
