// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/zoom_commands.h"

#include "ui/text/numbers.h"
#include "ui/window/stage/stage.h"
#include "ui/window/stage/zoom.h"

#include <QCoreApplication>

namespace posbias::ui {

namespace {

constexpr double factor = 2.0;
constexpr double share = 0.25;  ///< of what is seen, by one move

QString words(const char* text)
{
    return QCoreApplication::translate("ZoomCommands", text);
}

/// Disabled where there is a reason, which it then tells: to who points at it, as nothing else is told of what is off.
void offer(QAction* action, const QString& help, const QString& reason = {})
{
    action->setEnabled(reason.isEmpty());
    action->setStatusTip(reason.isEmpty() ? help : reason);
    action->setToolTip(reason);
}

void update(const Actions& a, const Stage& stage, const ExperimentModel& model)
{
    const bool none = !model.result() || (stage.view() != FigureKind::Compare && stage.view() != FigureKind::Attention);
    const QString noMaps = none ? words("There are no maps to zoom in this view") : QString();
    const auto unless = [&](bool possible, const QString& reason) {
        return none ? noMaps : possible ? QString() : reason;
    };
    const QString whole = unless(stage.zoom().range().has_value(), words("The whole sequence is shown"));
    offer(a.zoomIn, words("About the crosshair where it can be seen, else about the middle"),
          unless(stage.zoom().canZoomIn(), words("Cells are as large as they get")));
    offer(a.zoomOut, words("About the crosshair where it can be seen, else about the middle"), whole);
    offer(a.zoomReset, words("Show every query and key"), whole);
    offer(a.zoomBack, words("Show what was shown before"),
          unless(stage.zoom().canGoBack(), words("There was no other zoom before")));
    offer(a.zoomForward, words("Show what was shown before going back"),
          unless(stage.zoom().canGoForward(), words("There is no later zoom to return to")));
    for (QAction* move : a.moves())
        offer(move, words("Move what the maps show by a quarter"), whole);

    const Experiment& experiment = model.result() ? model.result()->experiment : model.experiment();
    const QString trained = integer(experiment.trainingLength);
    const QString within = unless(experiment.length > experiment.trainingLength,
                                  words("The sequence is no longer than the training length, %1").arg(trained));
    offer(a.zoomTrainingLength, words("Show the first %1 queries and keys, what the model was trained on").arg(trained),
          within);
    offer(
        a.zoomTrainingBoundary,
        words("Show single cells where offsets leave the training length, %1, near the crosshair's query").arg(trained),
        within);
}

}  // namespace

void connectZoomCommands(const Actions& a, Stage& stage, const ExperimentModel& model)
{
    const auto updateAll = [&a, &stage, &model] { update(a, stage, model); };
    updateAll();
    QObject::connect(&stage, &Stage::optionsChanged, &stage, updateAll);
    QObject::connect(&model, &ExperimentModel::resultChanged, &stage, updateAll);

    const auto on = [&stage](QAction* action, const std::function<void(Zoom&)>& change) {
        QObject::connect(action, &QAction::triggered, &stage, [&stage, change] { stage.changeZoom(change); });
    };
    on(a.zoomIn, [&model](Zoom& zoom) { zoom.press(zoom.scaled(factor, model.crosshair())); });
    on(a.zoomOut, [&model](Zoom& zoom) { zoom.press(zoom.scaled(1.0 / factor, model.crosshair())); });
    on(a.moveLeft, [](Zoom& zoom) { zoom.press(zoom.moved(0.0, -share)); });
    on(a.moveRight, [](Zoom& zoom) { zoom.press(zoom.moved(0.0, share)); });
    on(a.moveUp, [](Zoom& zoom) { zoom.press(zoom.moved(-share, 0.0)); });
    on(a.moveDown, [](Zoom& zoom) { zoom.press(zoom.moved(share, 0.0)); });
    on(a.zoomBack, &Zoom::back);
    on(a.zoomForward, &Zoom::forward);
    on(a.zoomTrainingLength, [&model](Zoom& zoom) {
        if (model.result())
            zoom.set(zoom.trainingLength(model.result()->experiment.trainingLength));
    });
    on(a.zoomTrainingBoundary, [&model](Zoom& zoom) {
        if (model.result())
            zoom.set(zoom.trainingBoundary(model.result()->experiment.trainingLength, model.crosshair()));
    });
    QObject::connect(a.zoomReset, &QAction::triggered, &stage, &Stage::zoomReset);
}

}  // namespace posbias::ui
