// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/figure_commands.h"

#include "ui/plot/figure_export.h"
#include "ui/window/cell_menu.h"
#include "ui/window/export_dialog.h"
#include "ui/window/export_memory.h"
#include "ui/window/export_preview.h"
#include "ui/window/stage.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

namespace posbias::ui {

void exportFigure(const ExperimentModel& model, const Stage& stage, const QString& suggestedName, QWidget* window)
{
    if (!model.result())
        return;
    auto* dialog = new ExportDialog(model.result(), stage.view(), stage.options(), suggestedName, window);
    dialog->open();
}

bool copyFigure(const ExperimentModel& model, const Stage& stage)
{
    if (!model.result())
        return false;
    const WaitCursor wait;
    const Figure figure = makeFigure(*model.result(), stage.view(), stage.options());
    QGuiApplication::clipboard()->setImage(renderImage(figure, rememberedExportSettings(stage.view())));
    return true;
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
    menu.addActions({actions.logarithmicOffsets, actions.rawBias, actions.zoomReset, actions.zoomBack});
    menu.exec(globalPosition);
}

}  // namespace posbias::ui
