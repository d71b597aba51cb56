// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.h"

#include "core/experiment/presets.h"
#include "ui/window/about_dialog.h"
#include "ui/window/actions.h"
#include "ui/window/appearance.h"
#include "ui/window/command_palette.h"
#include "ui/window/control_panel.h"
#include "ui/window/document.h"
#include "ui/window/figure_commands.h"
#include "ui/window/inspector.h"
#include "ui/window/progress_strip.h"
#include "ui/window/recent_files.h"
#include "ui/window/settings.h"
#include "ui/window/stage.h"
#include "ui/window/status_line.h"
#include "ui/window/tool_bar.h"
#include "ui/window/workspace.h"

#include <QCloseEvent>
#include <QDropEvent>
#include <QInputDialog>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QVBoxLayout>

namespace posbias::ui {

namespace {

constexpr QSize preferredSize(1440, 900);
constexpr QSize smallestSize(760, 520);
constexpr double presentScale = 1.5;

/// The one local file that is dragged, or nothing.
QString draggedFile(const QMimeData* data)
{
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 ? urls.constFirst().toLocalFile() : QString();
}

}  // namespace

struct MainWindow::Private {
    explicit Private(MainWindow* window)
        : actions(window, model.undoStack()), document(&model, window), recent(actions.recent),
          toolBar(new ToolBar(actions)), controls(new ControlPanel(&model)), stage(new Stage(&model)),
          strip(new ProgressStrip(&model, stage)), inspector(new posbias::ui::Inspector(&model)),
          workspace(new Workspace(controls, stage, inspector)), status(new StatusLine(&model, actions.palette))
    {
    }

    Appearance appearance;
    ExperimentModel model;
    Actions actions;
    Document document;
    RecentFiles recent;
    // Owned by the window.
    ToolBar* toolBar;
    ControlPanel* controls;
    Stage* stage;
    ProgressStrip* strip;
    posbias::ui::Inspector* inspector;
    Workspace* workspace;
    StatusLine* status;
    bool wasMaximized = false;
};

MainWindow::MainWindow() : d(std::make_unique<Private>(this))
{
    setAcceptDrops(true);
    setMinimumSize(smallestSize);
    arrange();
    connectFileActions();
    connectViewActions();
    connectPresets();
    connectAppearance();
    connectStage();
    applyTheme();
    restoreGeometryAndPanes();
    d->model.load(presets().front().experiment);
    d->stage->setFocus();
}

MainWindow::~MainWindow()
{
    // Widgets go before the model that they listen to.
    d->model.disconnect();
    delete takeCentralWidget();
    setStatusBar(nullptr);
}

void MainWindow::arrange()
{
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(d->toolBar);
    column->addWidget(d->strip);
    column->addWidget(d->workspace, 1);
    setCentralWidget(centre);
    setStatusBar(d->status);
    d->actions.fillMenuBar(menuBar());
}

void MainWindow::connectFileActions()
{
    const Actions& a = d->actions;
    connect(a.newExperiment, &QAction::triggered, &d->document, &Document::newExperiment);
    connect(a.open, &QAction::triggered, &d->document, &Document::openByDialog);
    connect(a.save, &QAction::triggered, &d->document, &Document::save);
    connect(a.saveAs, &QAction::triggered, &d->document, &Document::saveAs);
    connect(a.exportFigure, &QAction::triggered, this,
            [this] { exportFigure(d->model, *d->stage, d->document.suggestedName({}), this); });
    connect(a.copyFigure, &QAction::triggered, this, [this] {
        if (copyFigure(d->model, *d->stage))
            d->status->showMessage(tr("The figure was copied."), 3000);
    });
    connect(a.quit, &QAction::triggered, this, &QWidget::close);
    connect(a.rename, &QAction::triggered, this, &MainWindow::renameExperiment);
    connect(a.palette, &QAction::triggered, this, &MainWindow::showPalette);
    connect(a.keys, &QAction::triggered, this, [this] { showKeysAndGestures(this); });
    connect(a.commandLine, &QAction::triggered, this, [this] { showCommandLine(this); });
    connect(a.about, &QAction::triggered, this, [this] { showAbout(this); });
    connect(&d->document, &Document::fileUsed, &d->recent, &RecentFiles::add);
    connect(&d->document, &Document::fileRefused, &d->recent, &RecentFiles::remove);
    connect(&d->document, &Document::fileChanged, this, &MainWindow::updateTitle);
    connect(&d->recent, &RecentFiles::chosen, this,
            [this](const QString& file) { openFile(std::filesystem::path(file.toStdU16String())); });
    connect(&d->model, &ExperimentModel::experimentChanged, this, &MainWindow::updateTitle);
    connect(d->model.undoStack(), &QUndoStack::cleanChanged, this, &MainWindow::updateTitle);
}

void MainWindow::connectViewActions()
{
    const Actions& a = d->actions;
    for (QAction* view : a.views()) {
        connect(view, &QAction::triggered, d->stage,
                [this, view] { d->stage->setView(static_cast<FigureKind>(view->data().toInt())); });
    }
    connect(a.logarithmicOffsets, &QAction::toggled, d->stage, &Stage::setLogarithmicOffsets);
    connect(a.rawBias, &QAction::toggled, d->stage, &Stage::setRawBias);
    connect(a.rawBias, &QAction::toggled, d->status, &StatusLine::setRawBias);
    connect(a.zoomIn, &QAction::triggered, d->stage, [this] { d->stage->zoomBy(1.5); });
    connect(a.zoomOut, &QAction::triggered, d->stage, [this] { d->stage->zoomBy(1.0 / 1.5); });
    connect(a.zoomReset, &QAction::triggered, d->stage, &Stage::zoomReset);
    connect(a.zoomBack, &QAction::triggered, d->stage, &Stage::zoomBack);
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

void MainWindow::connectPresets()
{
    for (QAction* preset : d->actions.presets)
        connect(preset, &QAction::triggered, this, [this, preset] { usePreset(preset->data().toString()); });
}

void MainWindow::connectAppearance()
{
    const Actions& a = d->actions;
    const std::pair<QAction*, ThemeChoice> choices[] = {{a.themeSystem, ThemeChoice::System},
                                                        {a.themeLight, ThemeChoice::Light},
                                                        {a.themeDark, ThemeChoice::Dark}};
    for (const auto& [action, choice] : choices) {
        action->setChecked(choice == d->appearance.choice());
        connect(action, &QAction::triggered, this, [this, chosen = choice] { d->appearance.choose(chosen); });
    }
    connect(&d->appearance, &Appearance::themeChanged, this, &MainWindow::applyTheme);
}

void MainWindow::connectStage()
{
    const auto update = [this] {
        d->actions.zoomBack->setEnabled(d->stage->canZoomBack());
        d->actions.zoomReset->setEnabled(d->stage->options().visible.has_value());
    };
    update();
    connect(d->stage, &Stage::optionsChanged, this, update);
    connect(d->stage, &Stage::menuRequested, this, [this](std::optional<CellPosition> cell, const QPoint& position) {
        showFigureMenu(d->model, d->actions, cell, position, this);
    });
    connect(d->stage, &Stage::pinnedChanged, this, [this] { d->status->setPinned(d->stage->pinned()); });
    connect(d->stage, &Stage::pinnedChanged, this, &MainWindow::updateEscape);
    connect(&d->model, &ExperimentModel::busyChanged, this, &MainWindow::updateEscape);
}

void MainWindow::restoreGeometryAndPanes()
{
    const QSettings store = settings();
    if (!restoreGeometry(store.value(QStringLiteral("window/geometry")).toByteArray())) {
        const QSize room = screen()->availableSize();
        resize(preferredSize.boundedTo(room));
    }
    d->workspace->setChoices(store.value(QStringLiteral("window/panes")).toMap());
}

void MainWindow::applyTheme()
{
    const Theme& theme = d->appearance.current();
    d->controls->setTheme(theme);
    d->stage->setTheme(theme);
    d->inspector->setTheme(theme);
    TypeSizes sizes = d->appearance.sizes();
    if (d->actions.present->isChecked())
        sizes.base *= presentScale;
    d->stage->setTypeSizes(sizes);
}

ExperimentModel* MainWindow::model()
{
    return &d->model;
}

bool MainWindow::openFile(const std::filesystem::path& file)
{
    return d->document.openFile(file);
}

void MainWindow::openExperiment(const Experiment& experiment)
{
    d->document.openExperiment(experiment);
}

void MainWindow::updateTitle()
{
    const QString title = QString::fromStdString(d->model.experiment().title);
    setWindowTitle(QStringLiteral("%1[*] — PosBias").arg(QString(title).replace("[*]", "[*][*]")));
    setWindowModified(!d->model.undoStack()->isClean());
    d->toolBar->setTitle(title);
}

void MainWindow::usePreset(const QString& name)
{
    if (const Preset* preset = findPreset(name.toStdString()))
        d->model.replace(preset->experiment, tr("Preset “%1”").arg(QString::fromStdString(preset->experiment.title)));
}

void MainWindow::renameExperiment()
{
    bool accepted = false;
    const QString title = QInputDialog::getText(this, tr("Rename"), tr("Title of the experiment"), QLineEdit::Normal,
                                                QString::fromStdString(d->model.experiment().title), &accepted);
    if (!accepted)
        return;
    d->model.endGesture();
    d->model.setField(QStringLiteral("title"), title.trimmed().toStdString());
    d->model.endGesture();
}

void MainWindow::updateEscape()
{
    const bool presenting = d->actions.present->isChecked();
    d->actions.escape->setEnabled(presenting || d->model.busy() || d->stage->pinned());
}

/// The outermost thing first.
void MainWindow::escapePressed()
{
    if (d->actions.present->isChecked())
        d->actions.present->setChecked(false);
    else if (d->model.busy())
        d->strip->cancel();
    else
        d->stage->release();
}

void MainWindow::present(bool on)
{
    menuBar()->setVisible(!on);
    d->toolBar->setVisible(!on);
    d->status->setVisible(!on);
    d->workspace->setPresenting(on);
    if (on) {
        d->wasMaximized = isMaximized();
        showFullScreen();
        d->stage->setFocus();
    } else if (d->wasMaximized) {
        showMaximized();
    } else {
        showNormal();
    }
    applyTheme();
    updateEscape();
}

void MainWindow::showPalette()
{
    auto* palette = new CommandPalette(CommandPalette::commandsOf(*menuBar()), this);
    palette->open();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!d->document.mayGo()) {
        event->ignore();
        return;
    }
    if (d->actions.present->isChecked())
        d->actions.present->setChecked(false);
    QSettings store = settings();
    store.setValue(QStringLiteral("window/geometry"), saveGeometry());
    store.setValue(QStringLiteral("window/panes"), d->workspace->choices());
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!draggedFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const QString file = draggedFile(event->mimeData());
    event->acceptProposedAction();
    // After the drop is over: a message here would keep the other program waiting.
    QMetaObject::invokeMethod(
        this, [this, file] { openFile(std::filesystem::path(file.toStdU16String())); }, Qt::QueuedConnection);
}

}  // namespace posbias::ui
