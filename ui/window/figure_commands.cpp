// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/figure_commands.h"

#include "ui/window/cell_menu.h"
#include "ui/window/export_dialog.h"
#include "ui/window/export_memory.h"
#include "ui/window/progress_strip.h"
#include "ui/window/render_job.h"
#include "ui/window/stage.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>

namespace posbias::ui {

void exportFigure(const ExperimentModel& model, const StudyModel& studies, const Stage& stage,
                  const QString& suggestedName, QWidget* window)
{
    if (!model.result())
        return;
    auto* dialog = new ExportDialog(model.result(), studies, stage.view(), stage.options(), suggestedName, window);
    dialog->open();
}

void copyFigure(const ExperimentModel& model, const Stage& stage, ProgressStrip& strip, std::function<void()> done)
{
    if (!model.result())
        return;
    try {
        Recipe recipe{model.result()->experiment, {}};
        recipe.design.view = stage.view();
        recipe.design.options = stage.options();
        recipe.design.page = rememberedPage(stage.view());
        auto rendering = std::make_unique<FigureRendering>(stage.currentFigure(), recipe, FigureFormat::Png);
        auto* job = new RenderJob(std::move(rendering), RenderJob::toBytes(), &strip);
        QObject::connect(job, &RenderJob::finished, job, [job, done = std::move(done)] {
            toClipboard(job->rendering());
            done();
        });
        strip.follow(job, ProgressStrip::tr("Copying the figure…"));
    } catch (const std::exception& error) {
        strip.tell(QString::fromStdString(error.what()));
    }
}

void toClipboard(const FigureRendering& rendering)
{
    auto* data = new QMimeData;
    data->setImageData(rendering.image());
    data->setData(QStringLiteral("image/png"), rendering.rendered().bytes);
    QGuiApplication::clipboard()->setMimeData(data);
}

void showFigureMenu(const ExperimentModel& model, const Actions& actions, std::optional<CellPosition> cell,
                    const QPoint& globalPosition, QWidget* window)
{
    QMenu menu(window);
    if (cell && model.result()) {
        addCellItems(menu, *model.result(), *cell);
        menu.addSeparator();
    }
    menu.addActions({actions.exportFigure, actions.copyFigure});
    menu.addSeparator();
    menu.addActions(actions.zooms());
    menu.addSeparator();
    menu.addActions({actions.logarithmicOffsets, actions.rawBias});
    menu.setToolTipsVisible(true);  // why a zoom cannot be had
    menu.exec(globalPosition);
}

}  // namespace posbias::ui
