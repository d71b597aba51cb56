// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Everything the window can do, once: menus, toolbar, shortcuts and the command palette show the same actions.

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

    QAction *newExperiment, *open, *save, *saveAs, *exportFigure, *copyFigure, *quit;
    QAction *undo, *redo, *rename;
    QAction *compare, *attention, *exposure;  ///< checkable, exclusive; data: int(FigureKind)
    QAction *logarithmicOffsets, *rawBias;
    QAction *zoomIn, *zoomOut, *zoomReset, *zoomTrainingLength, *zoomTrainingBoundary, *zoomBack, *zoomForward;
    QAction *moveLeft, *moveRight, *moveUp, *moveDown;  ///< what is seen of the maps
    QAction *themeSystem, *themeLight, *themeDark;
    QAction *controls, *inspector;            ///< the two panels, checkable
    QAction *present, *palette, *escape;
    QAction *keys, *commandLine, *about;
    QList<QAction*> presets;                  ///< data: the preset's name; the one shown is checked
    QMenu* recent = nullptr;

    QList<QAction*> views() const { return {compare, attention, exposure}; }
    QList<QAction*> zooms() const { return {zoomReset, zoomTrainingLength, zoomTrainingBoundary, zoomBack, zoomForward}; }
    QList<QAction*> moves() const { return {moveLeft, moveRight, moveUp, moveDown}; }
    void fillMenuBar(QMenuBar* bar);

private:
    QAction* add(const QString& text, const QKeySequence& shortcut = {}, const QString& help = {});
    QAction* add(const QString& text, const QList<QKeySequence>& shortcuts, const QString& help = {});
    QAction* addCheckable(const QString& text, QActionGroup* group = nullptr, const QKeySequence& shortcut = {});
    void makeFileActions();
    void makeEditActions(ExperimentModel* model);
    void makeViewActions();
    void makeZoomActions();
    void makePresets();

    QWidget* m_window;
};

}  // namespace posbias::ui
