// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/actions.h"

#include "core/experiment/presets.h"
#include "ui/model/experiment_model.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>
#include <QUndoStack>

namespace posbias::ui {

namespace {

QString words(const char* text)
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
    palette = add(words("All Commands…"), Qt::CTRL | Qt::Key_K, words("Find any command or preset by typing"));
    keys = add(words("Keys and Gestures"), Qt::Key_F1);
    training = add(words("How Training Is Modelled"));
    commandLine = add(words("Command Line"));
    about = add(words("About PosBias"));
    about->setMenuRole(QAction::AboutRole);
    escape = add(words("Release"), Qt::Key_Escape);
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
    newExperiment = add(words("New"), QKeySequence::keyBindings(QKeySequence::New));
    open = add(words("Open…"), QKeySequence::keyBindings(QKeySequence::Open));
    loadLengths = add(words("Load Document Lengths…"), QKeySequence(), words("Read how long documents are from a table (CSV)"));
    save = add(words("Save"), QKeySequence::keyBindings(QKeySequence::Save));
    saveAs = add(words("Save As…"), Qt::CTRL | Qt::SHIFT | Qt::Key_S);
    exportFigure = add(words("Export Figure…"), Qt::CTRL | Qt::Key_E, words("Write the picture as PDF, SVG or PNG"));
    copyFigure = add(words("Copy Figure"), Qt::CTRL | Qt::SHIFT | Qt::Key_C, words("Copy the picture"));
    quit = add(words("Quit"), Qt::CTRL | Qt::Key_Q);
    quit->setMenuRole(QAction::QuitRole);
    recent = new QMenu(words("Open Recent"), m_window);
}

void Actions::makeEditActions(ExperimentModel* model)
{
    undo = add(words("Undo"), QKeySequence::keyBindings(QKeySequence::Undo));
    QUndoStack* steps = model->undoStack();
    const auto follow = [undo = undo, model, steps] {
        const QString step = model->hasRefusedValue() ? words("Refused Value") : steps->undoText();
        undo->setText(step.isEmpty() ? words("Undo") : words("Undo %1").arg(step));
        undo->setEnabled(model->canUndo());
    };
    follow();
    QObject::connect(steps, &QUndoStack::canUndoChanged, undo, follow);
    QObject::connect(steps, &QUndoStack::undoTextChanged, undo, follow);
    QObject::connect(model, &ExperimentModel::problemChanged, undo, follow);
    QObject::connect(undo, &QAction::triggered, model, &ExperimentModel::undo);
    redo = steps->createRedoAction(m_window, words("Redo"));
    redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    m_window->addAction(redo);
    rename = add(words("Rename…"), Qt::Key_F2, words("Change the experiment's title"));
}

void Actions::makeViews()
{
    auto* group = new QActionGroup(m_window);
    const std::pair<FigureKind, QString> tabs[] = {
        {FigureKind::Compare, words("Compare")},   {FigureKind::Attention, words("Attention")},
        {FigureKind::Exposure, words("Exposure")}, {FigureKind::Learning, words("Learning")},
        {FigureKind::Generalization, words("Generalization")}, {FigureKind::Level, words("Level")},
        {FigureKind::Sweep, words("Sweep")},
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
    play = addForStage(words("Play Training"), Qt::Key_Space, words("Watch the parameters learn; again to pause"));
    stepForward = addForStage(words("Step Forward"), Qt::Key_Period, words("Show training one step later"));
    stepBack = addForStage(words("Step Back"), Qt::Key_Comma, words("Show training one step earlier"));
    toStart = add(words("Back to Step 0"), QKeySequence(), words("Show the parameters as they start"));
    toEnd = add(words("To the End of Training"), QKeySequence(), words("Show what training gives"));
    levelHome = addForStage(words("Levels as Trained"), Qt::Key_0, words("Shift the biases of neither scheme"));
}

void Actions::makeViewActions()
{
    logarithmicOffsets = addCheckable(words("Logarithmic Offset Axis"), nullptr, Qt::CTRL | Qt::Key_L);
    logarithmicOffsets->setChecked(true);
    rawBias = addCheckable(words("Raw Biases, Not Relative to Offset 0"), nullptr, Qt::CTRL | Qt::Key_R);
    auto* themes = new QActionGroup(m_window);
    themeSystem = addCheckable(words("As the System"), themes);
    themeLight = addCheckable(words("Light"), themes);
    themeDark = addCheckable(words("Dark"), themes);
    caption = addCheckable(words("Preset’s Caption"));
    caption->setStatusTip(words("What a preset shows and why, beneath the picture"));
    controls = addCheckable(words("Experiment Panel"), nullptr, Qt::Key_F6);
    inspector = addCheckable(words("Inspector"), nullptr, Qt::Key_F7);
    present = addCheckable(words("Present"), nullptr, Qt::Key_F5);
    present->setToolTip(words("Larger type, full screen (F5)"));
}

void Actions::makeZoomActions()
{
    zoomIn = add(words("Zoom In"), {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)});
    zoomOut = add(words("Zoom Out"), Qt::CTRL | Qt::Key_Minus);
    zoomReset = add(words("Zoom to Whole Sequence"), Qt::CTRL | Qt::Key_0);
    zoomTrainingLength = add(words("Zoom to Training Length"), Qt::CTRL | Qt::Key_T);
    zoomTrainingBoundary = add(words("Zoom to Training Boundary"), Qt::CTRL | Qt::Key_B);
    zoomBack = add(words("Previous Zoom"), {QKeySequence(Qt::ALT | Qt::Key_Left), QKeySequence(Qt::Key_Back)});
    zoomForward = add(words("Next Zoom"), {QKeySequence(Qt::ALT | Qt::Key_Right), QKeySequence(Qt::Key_Forward)});
    moveLeft = add(words("Left"), Qt::CTRL | Qt::SHIFT | Qt::Key_Left);
    moveRight = add(words("Right"), Qt::CTRL | Qt::SHIFT | Qt::Key_Right);
    moveUp = add(words("Up"), Qt::CTRL | Qt::SHIFT | Qt::Key_Up);
    moveDown = add(words("Down"), Qt::CTRL | Qt::SHIFT | Qt::Key_Down);
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
    QMenu* file = bar->addMenu(words("&File"));
    file->addActions({newExperiment, open});
    file->addMenu(recent);
    file->addMenu(words("Presets"))->addActions(presets);
    file->addAction(loadLengths);
    file->addSeparator();
    file->addActions({save, saveAs});
    file->addSeparator();
    file->addActions({exportFigure, copyFigure});
    file->addSeparator();
    file->addAction(quit);

    QMenu* edit = bar->addMenu(words("&Edit"));
    edit->addActions({undo, redo});
    edit->addSeparator();
    edit->addAction(rename);

    QMenu* view = bar->addMenu(words("&View"));
    view->addActions(views);
    view->addSeparator();
    view->addActions({logarithmicOffsets, rawBias});
    view->addSeparator();
    view->addMenu(words("Moment of Training"))->addActions(moments());
    view->addAction(levelHome);
    view->addSeparator();
    view->addActions({zoomIn, zoomOut});
    view->addActions(zooms());
    view->addMenu(words("Move in the Maps"))->addActions(moves());
    view->setToolTipsVisible(true);  // why a zoom cannot be had
    view->addSeparator();
    view->addActions({controls, inspector, caption});
    view->addMenu(words("Theme"))->addActions({themeSystem, themeLight, themeDark});
    view->addSeparator();
    view->addActions({present, palette});

    QMenu* help = bar->addMenu(words("&Help"));
    help->addActions({keys, training, commandLine});
    help->addSeparator();
    help->addAction(about);
}

}  // namespace posbias::ui
