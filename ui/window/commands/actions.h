// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Everything the window can do, once: menus, toolbar, shortcuts and the command palette show the same actions.

#include "core/figure/figure.h"

#include <QAction>
#include <QList>

class QActionGroup;
class QMenu;
class QMenuBar;
class QWidget;

namespace posbias::ui {

class ExperimentModel;

struct Actions {
    /// All belong to `window`, so that shortcuts work while menus are hidden.
    Actions(QWidget* window, ExperimentModel* model);

    QAction *newExperiment, *open, *loadLengths, *save, *saveAs, *exportFigure, *copyFigure, *quit;
    QAction *undo, *redo, *rename;
    QList<QAction*> views;                                     ///< checkable, exclusive; data: int(FigureKind)
    QAction *play, *stepForward, *stepBack, *toStart, *toEnd;  ///< the moment of training; keys work on the stage
    QAction* levelHome;                                        ///< both levels as trained; its key works on the stage
    QAction *logarithmicOffsets, *rawBias;
    QAction *zoomIn, *zoomOut, *zoomReset, *zoomTrainingLength, *zoomTrainingBoundary, *zoomBack, *zoomForward;
    QAction *moveLeft, *moveRight, *moveUp, *moveDown;  ///< what is seen of the maps
    QAction *themeSystem, *themeLight, *themeDark;
    QAction *controls, *inspector;  ///< the two panels, checkable
    QAction* caption;               ///< checkable
    QAction *present, *palette, *escape;
    QAction *keys, *training, *commandLine, *about;
    QList<QAction*> presets;  ///< data: the preset's name; the one shown is checked
    QMenu *recent = nullptr, *figures = nullptr;

    QAction* view(FigureKind kind) const;  ///< nullptr: no tab of its own
    QList<QAction*> moments() const { return {play, stepForward, stepBack, toStart, toEnd}; }
    QList<QAction*> zooms() const
    {
        return {zoomReset, zoomTrainingLength, zoomTrainingBoundary, zoomBack, zoomForward};
    }
    QList<QAction*> moves() const { return {moveLeft, moveRight, moveUp, moveDown}; }
    void fillMenuBar(QMenuBar* bar);

private:
    QAction* add(const QString& text, const QKeySequence& shortcut = {}, const QString& help = {});
    QAction* add(const QString& text, const QList<QKeySequence>& shortcuts, const QString& help = {});
    /// Its key works where the action is added to.
    QAction* addForStage(const QString& text, const QKeySequence& shortcut, const QString& help);
    QAction* addCheckable(const QString& text, QActionGroup* group = nullptr, const QKeySequence& shortcut = {});
    void makeFileActions();
    void makeEditActions(ExperimentModel* model);
    void makeViews();
    void makeTrainingActions();
    void makeViewActions();
    void makeZoomActions();
    void makePresets();

    QWidget* m_window;
};

}  // namespace posbias::ui
