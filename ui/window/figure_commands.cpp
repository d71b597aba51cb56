// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/figure_commands.h"

#include "ui/window/export/export_memory.h"
#include "ui/window/export/figure_drag.h"
#include "ui/window/export/render_job.h"
#include "ui/window/stage/cell_menu.h"
#include "ui/window/stage/progress_strip.h"
#include "ui/window/stage/stage.h"

#include <QMenu>

namespace posbias::ui {

ExportProposal proposalOf(const ExperimentModel& model, const StudyModel& studies, const Stage& stage,
                          const QString& suggestedName, const std::vector<FigureDesign>& kept)
{
    ExportProposal proposal;
    if (model.result() && (model.upToDate() || model.problem())) {
        proposal.experiment = model.result()->experiment;
        proposal.result = model.result();
        proposal.studies = studies.complete();
    } else {
        proposal.experiment = model.experiment();
    }
    proposal.design = rememberedDesign(stage.view(), proposal.experiment, kept);
    proposal.design.name = fileNameFrom(suggestedName) + '-' + figureId(stage.view());
    proposal.design.step = proposal.result ? proposal.result->step : model.step();
    proposal.design.options = stage.options();
    proposal.asShown = stage.options();
    return proposal;
}

void copyFigure(const ExperimentModel& model, const Stage& stage, ProgressStrip& strip, std::function<void()> done)
{
    if (!model.result())
        return;
    try {
        Recipe recipe{model.result()->experiment, {}};
        recipe.design.name = "figure";
        recipe.design.view = stage.view();
        recipe.design.options = stage.options();
        recipe.design.step = model.result()->step;
        recipe.design.page = rememberedDesign(stage.view(), recipe.experiment).page;
        auto rendering = std::make_unique<FigureRendering>(stage.currentFigure(), recipe, FigureFormat::Png);
        auto* job = new RenderJob(std::move(rendering), RenderJob::toBytes(), &strip);
        QObject::connect(job, &RenderJob::finished, job, [job, done = std::move(done)] {
            toClipboard(job->rendering(), FigureFormat::Png);
            done();
        });
        strip.follow(job, ProgressStrip::tr("Copying the figure…"));
    } catch (const std::exception& error) {
        strip.tell(QString::fromStdString(error.what()));
    }
}

void showFigureMenu(const ExperimentModel& model, const Actions& actions, std::optional<CellPosition> cell,
                    const QPoint& globalPosition, QWidget* window)
{
    auto* menu = new QMenu(window);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (cell && model.result()) {
        addCellItems(*menu, *model.result(), *cell);
        menu->addSeparator();
    }
    menu->addActions({actions.exportFigure, actions.copyFigure});
    menu->addSeparator();
    menu->addActions(actions.zooms());
    menu->addSeparator();
    menu->addActions({actions.logarithmicOffsets, actions.rawBias});
    menu->setToolTipsVisible(true);  // why a zoom cannot be had
    menu->popup(globalPosition);
}

}  // namespace posbias::ui
