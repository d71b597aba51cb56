// SPDX-License-Identifier: GPL-3.0-or-later
// The window and figures: what was exported is opened again, and figures are kept with the experiment.
#include "ui/window/export/export_dialog.h"
#include "ui/window/figure_commands.h"
#include "ui/window/main_window_private.h"
#include "ui/window/stage/zoom.h"

#include <QDir>
#include <QFileInfo>

namespace posbias::ui {

void MainWindow::connectFigures()
{
    connect(&d->document, &Document::loaded, this, [this] { d->lastFigure.reset(); });
    connect(&d->document, &Document::reading, d->strip, &ProgressStrip::follow);
    connect(&d->document, &Document::recipeOpened, this, &MainWindow::restore);
    connect(&d->document, &Document::figuresChanged, this, &MainWindow::updateTitle);
    connect(&d->figureMenu, &FigureMenu::chosen, this, &MainWindow::exportKept);
}

void MainWindow::restore(const Recipe& recipe)
{
    const FigureDesign& design = recipe.design;
    showView(figureId(design.view));
    d->actions.logarithmicOffsets->setChecked(design.options.logarithmicOffsets);
    d->actions.rawBias->setChecked(design.options.rawBias);
    d->stage->changeZoom([&](Zoom& zoom) {
        zoom.fitTo(recipe.experiment.length);
        zoom.set(design.options.visible);
    });
    d->model.setStep(design.step);
    d->lastFigure = {design, d->stage->view(), d->stage->options()};
}

void MainWindow::exportShown()
{
    if (!d->model.result())
        return;
    ExportProposal proposal =
        proposalOf(d->model, d->studies, *d->stage, d->document.suggestedName({}), d->document.figures());
    if (d->lastFigure && d->lastFigure->view == d->stage->view()) {
        const FigureDesign now = proposal.design;
        proposal.design = d->lastFigure->design;
        proposal.design.step = now.step;
        if (d->lastFigure->shown != d->stage->options()) {
            const bool crosshair = proposal.design.options.crosshair;
            proposal.design.options = now.options;
            proposal.design.options.crosshair = crosshair;
        }
    }
    openExport(proposal);
}

void MainWindow::exportKept(const FigureDesign& design)
{
    if (!d->model.result())
        return;
    ExportProposal proposal =
        proposalOf(d->model, d->studies, *d->stage, d->document.suggestedName({}), d->document.figures());
    proposal.design = design;
    openExport(proposal);
}

void MainWindow::openExport(const ExportProposal& proposal)
{
    auto* dialog = new ExportDialog(proposal, this);
    connect(dialog, &ExportDialog::kept, &d->document, &Document::keepFigure);
    connect(dialog, &ExportDialog::exported, this, [this](const FigureDesign& design) {
        // A figure with an experiment of its own is not what the stage shows.
        if (design.preset.empty() && design.set.empty())
            d->lastFigure = {design, d->stage->view(), d->stage->options()};
    });
    connect(dialog, &ExportDialog::filesWritten, this, [this](const QStringList& files) {
        const QString folder = QDir::toNativeSeparators(QFileInfo(files.first()).absolutePath());
        const QString name = QFileInfo(files.first()).fileName();
        d->status->confirm(files.size() == 1
                               ? tr("“%1” was written to %2").arg(name, folder)
                               : tr("“%1” and %n more were written to %2", nullptr, static_cast<int>(files.size() - 1))
                                     .arg(name, folder),
                           files.first());
    });
    dialog->open();
}

}  // namespace posbias::ui
