// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/commands/actions.h"

#include "core/experiment/presets.h"
#include "ui/model/experiment_model.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>
#include <QUndoStack>

namespace posbias::ui {

namespace {

QString actionWords(const char* text)
{
    return QCoreApplication::translate("Actions", text);
}

}  // namespace

Actions::Actions(QWidget* window, ExperimentModel* model) : m_window(window)
{
    makeFileActions();
    makeEditActions(model);
    makeViews();
    makeTrainingActions();
    makeViewActions();
    makeZoomActions();
    makePresets();
    palette =
        add(actionWords("All Commands…"), Qt::CTRL | Qt::Key_K, actionWords("Find any command or preset by typing"));
    keys = add(actionWords("Keys and Gestures"), Qt::Key_F1);
    training = add(actionWords("How Training Is Modelled"));
    commandLine = add(actionWords("Command Line"));
    about = add(actionWords("About PosBias"));
    about->setMenuRole(QAction::AboutRole);
    escape = add(actionWords("Release"), Qt::Key_Escape);
    escape->setEnabled(false);
}

QAction* Actions::add(const QString& text, const QList<QKeySequence>& shortcuts, const QString& help)
{
    auto* action = new QAction(text, m_window);
    action->setShortcuts(shortcuts);
    if (!help.isEmpty())
        action->setStatusTip(help);
    m_window->addAction(action);
    return action;
}

QAction* Actions::add(const QString& text, const QKeySequence& shortcut, const QString& help)
{
    return add(text, shortcut.isEmpty() ? QList<QKeySequence>() : QList<QKeySequence>{shortcut}, help);
}

QAction* Actions::addForStage(const QString& text, const QKeySequence& shortcut, const QString& help)
{
    auto* action = new QAction(text, m_window);
    action->setShortcut(shortcut);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setStatusTip(help);
    return action;
}

QAction* Actions::addCheckable(const QString& text, QActionGroup* group, const QKeySequence& shortcut)
{
    QAction* action = add(text, shortcut);
    action->setCheckable(true);
    action->setActionGroup(group);
    return action;
}

void Actions::makeFileActions()
{
    newExperiment = add(actionWords("New"), QKeySequence::keyBindings(QKeySequence::New));
    open = add(actionWords("Open…"), QKeySequence::keyBindings(QKeySequence::Open));
    loadLengths = add(actionWords("Load Document Lengths…"), QKeySequence(),
                      actionWords("Read how long documents are from a table (CSV)"));
    save = add(actionWords("Save"), QKeySequence::keyBindings(QKeySequence::Save));
    saveAs = add(actionWords("Save As…"), Qt::CTRL | Qt::SHIFT | Qt::Key_S);
    exportFigure = add(actionWords("Export Figure…"), Qt::CTRL | Qt::Key_E,
                       actionWords("Write the picture as PDF, SVG, PNG, TikZ or GIF"));
    copyFigure = add(actionWords("Copy Figure"), Qt::CTRL | Qt::SHIFT | Qt::Key_C, actionWords("Copy the picture"));
    quit = add(actionWords("Quit"), Qt::CTRL | Qt::Key_Q);
    quit->setMenuRole(QAction::QuitRole);
    recent = new QMenu(actionWords("Open Recent"), m_window);
    figures = new QMenu(actionWords("Figures"), m_window);
}

void Actions::makeEditActions(ExperimentModel* model)
{
    undo = add(actionWords("Undo"), QKeySequence::keyBindings(QKeySequence::Undo));
    QUndoStack* steps = model->undoStack();
    const auto follow = [undo = undo, model, steps] {
        const QString step = model->hasRefusedValue() ? actionWords("Refused Value") : steps->undoText();
        undo->setText(step.isEmpty() ? actionWords("Undo") : actionWords("Undo %1").arg(step));
        undo->setEnabled(model->canUndo());
    };
    follow();
    QObject::connect(steps, &QUndoStack::canUndoChanged, undo, follow);
    QObject::connect(steps, &QUndoStack::undoTextChanged, undo, follow);
    QObject::connect(model, &ExperimentModel::problemChanged, undo, follow);
    QObject::connect(undo, &QAction::triggered, model, &ExperimentModel::undo);
    redo = steps->createRedoAction(m_window, actionWords("Redo"));
    redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    m_window->addAction(redo);
    rename = add(actionWords("Rename…"), Qt::Key_F2, actionWords("Change the experiment's title"));
}

void Actions::makeViews()
{
    auto* group = new QActionGroup(m_window);
    const std::pair<FigureKind, QString> tabs[] = {
        {FigureKind::Compare, actionWords("Compare")},
        {FigureKind::Attention, actionWords("Attention")},
        {FigureKind::Exposure, actionWords("Exposure")},
        {FigureKind::Learning, actionWords("Learning")},
        {FigureKind::Generalization, actionWords("Generalization")},
        {FigureKind::Level, actionWords("Level")},
        {FigureKind::Sweep, actionWords("Sweep")},
    };
    for (const auto& [kind, text] : tabs) {
        QAction* action = addCheckable(text, group, Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + views.size()));
        action->setData(static_cast<int>(kind));
        action->setToolTip(QStringLiteral("%1 (%2)").arg(text, action->shortcut().toString(QKeySequence::NativeText)));
        views << action;
    }
    views.first()->setChecked(true);
}

QAction* Actions::view(FigureKind kind) const
{
    for (QAction* action : views) {
        if (action->data().toInt() == static_cast<int>(kind))
            return action;
    }
    return nullptr;
}

void Actions::makeTrainingActions()
{
    play = addForStage(actionWords("Play Training"), Qt::Key_Space,
                       actionWords("Watch the parameters learn; again to pause"));
    stepForward = addForStage(actionWords("Step Forward"), Qt::Key_Period, actionWords("Show training one step later"));
    stepBack = addForStage(actionWords("Step Back"), Qt::Key_Comma, actionWords("Show training one step earlier"));
    toStart = add(actionWords("Back to Step 0"), QKeySequence(), actionWords("Show the parameters as they start"));
    toEnd = add(actionWords("To the End of Training"), QKeySequence(), actionWords("Show what training gives"));
    levelHome =
        addForStage(actionWords("Levels as Trained"), Qt::Key_0, actionWords("Shift the biases of neither scheme"));
}

void Actions::makeViewActions()
{
    logarithmicOffsets = addCheckable(actionWords("Logarithmic Offset Axis"), nullptr, Qt::CTRL | Qt::Key_L);
    logarithmicOffsets->setChecked(true);
    rawBias = addCheckable(actionWords("Raw Biases, Not Relative to Offset 0"), nullptr, Qt::CTRL | Qt::Key_R);
    auto* themes = new QActionGroup(m_window);
    themeSystem = addCheckable(actionWords("As the System"), themes);
    themeLight = addCheckable(actionWords("Light"), themes);
    themeDark = addCheckable(actionWords("Dark"), themes);
    caption = addCheckable(actionWords("Preset’s Caption"));
    caption->setStatusTip(actionWords("What a preset shows and why, beneath the picture"));
    controls = addCheckable(actionWords("Experiment Panel"), nullptr, Qt::Key_F6);
    inspector = addCheckable(actionWords("Inspector"), nullptr, Qt::Key_F7);
    present = addCheckable(actionWords("Present"), nullptr, Qt::Key_F5);
    present->setToolTip(actionWords("Larger type, full screen (F5)"));
}

void Actions::makeZoomActions()
{
    zoomIn =
        add(actionWords("Zoom In"), {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)});
    zoomOut = add(actionWords("Zoom Out"), Qt::CTRL | Qt::Key_Minus);
    zoomReset = add(actionWords("Zoom to Whole Sequence"), Qt::CTRL | Qt::Key_0);
    zoomTrainingLength = add(actionWords("Zoom to Training Length"), Qt::CTRL | Qt::Key_T);
    zoomTrainingBoundary = add(actionWords("Zoom to Training Boundary"), Qt::CTRL | Qt::Key_B);
    zoomBack = add(actionWords("Previous Zoom"), {QKeySequence(Qt::ALT | Qt::Key_Left), QKeySequence(Qt::Key_Back)});
    zoomForward = add(actionWords("Next Zoom"), {QKeySequence(Qt::ALT | Qt::Key_Right), QKeySequence(Qt::Key_Forward)});
    moveLeft = add(actionWords("Left"), Qt::CTRL | Qt::SHIFT | Qt::Key_Left);
    moveRight = add(actionWords("Right"), Qt::CTRL | Qt::SHIFT | Qt::Key_Right);
    moveUp = add(actionWords("Up"), Qt::CTRL | Qt::SHIFT | Qt::Key_Up);
    moveDown = add(actionWords("Down"), Qt::CTRL | Qt::SHIFT | Qt::Key_Down);
}

void Actions::makePresets()
{
    for (const Preset& preset : posbias::presets()) {
        QAction* action = add(QString::fromStdString(preset.experiment.title));
        action->setCheckable(true);
        action->setData(QString::fromStdString(preset.name));
        action->setToolTip(QString::fromStdString(preset.summary));
        action->setStatusTip(QString::fromStdString(preset.summary));
        presets << action;
    }
}

void Actions::fillMenuBar(QMenuBar* bar)
{
    QMenu* file = bar->addMenu(actionWords("&File"));
    file->addActions({newExperiment, open});
    file->addMenu(recent);
    file->addMenu(actionWords("Presets"))->addActions(presets);
    file->addAction(loadLengths);
    file->addSeparator();
    file->addActions({save, saveAs});
    file->addSeparator();
    file->addActions({exportFigure, copyFigure});
    file->addMenu(figures);
    file->addSeparator();
    file->addAction(quit);

    QMenu* edit = bar->addMenu(actionWords("&Edit"));
    edit->addActions({undo, redo});
    edit->addSeparator();
    edit->addAction(rename);

    QMenu* view = bar->addMenu(actionWords("&View"));
    view->addActions(views);
    view->addSeparator();
    view->addActions({logarithmicOffsets, rawBias});
    view->addSeparator();
    view->addMenu(actionWords("Moment of Training"))->addActions(moments());
    view->addAction(levelHome);
    view->addSeparator();
    view->addActions({zoomIn, zoomOut});
    view->addActions(zooms());
    view->addMenu(actionWords("Move in the Maps"))->addActions(moves());
    view->setToolTipsVisible(true);  // why a zoom cannot be had
    view->addSeparator();
    view->addActions({controls, inspector, caption});
    view->addMenu(actionWords("Theme"))->addActions({themeSystem, themeLight, themeDark});
    view->addSeparator();
    view->addActions({present, palette});

    QMenu* help = bar->addMenu(actionWords("&Help"));
    help->addActions({keys, training, commandLine});
    help->addSeparator();
    help->addAction(about);
}

}  // namespace posbias::ui
