// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.h"

#include "ui/text/file_names.h"
#include "ui/window/commands/command_palette.h"
#include "ui/window/length_import.h"
#include "ui/window/main_window_private.h"
#include "ui/window/widgets/settings.h"

#include <QCloseEvent>
#include <QDialog>
#include <QDropEvent>
#include <QInputDialog>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QStyle>
#include <QVBoxLayout>

namespace posbias::ui {

namespace {

constexpr QSize preferredSize(1440, 900);
constexpr QSize smallestSize(760, 520);
constexpr QMargins frameRoom(6, 38, 6, 6);  // for a title bar and borders that nobody knows before the window is shown
constexpr double presentScale = 1.5;

/// The first local file that is dragged, or nothing.
QString draggedFile(const QMimeData* data)
{
    const QList<QUrl> urls = data->urls();
    return urls.isEmpty() ? QString() : urls.constFirst().toLocalFile();
}

}  // namespace

MainWindow::MainWindow() : d(std::make_unique<Private>(this))
{
    setAcceptDrops(true);
    setMinimumSize(smallestSize);
    arrange();
    connectFileActions();
    connectFigures();
    connectKeeping();
    connectViewActions();
    connectPresets();
    connectAppearance();
    connectStage();
    connectTraining();
    applyTheme();
    restoreGeometryAndPanes();
    d->model.load(presets().front().experiment);
    d->stage->setFocus();
}

MainWindow::~MainWindow()
{
    // Widgets go before the models that they listen to, dialogs that are open among them.
    qDeleteAll(findChildren<QDialog*>(QString(), Qt::FindDirectChildrenOnly));
    d->player.setPlaying(false);
    d->player.disconnect();
    d->studies.disconnect();
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
    column->addWidget(d->fileBar);
    column->addWidget(d->strip);
    column->addWidget(d->workspace, 1);
    setCentralWidget(centre);
    setStatusBar(d->status);
    d->actions.fillMenuBar(menuBar());
}

void MainWindow::restoreGeometryAndPanes()
{
    const QSettings store = settings();
    if (!restoreGeometry(store.value(QStringLiteral("window/geometry")).toByteArray())) {
        const QRect room = screen()->availableGeometry().marginsRemoved(frameRoom);
        const QSize size = preferredSize.boundedTo(room.size());
        setGeometry(QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter, size, room));
    }
    d->workspace->setChoices(store.value(QStringLiteral("window/panes")).toMap());
    d->actions.caption->setChecked(store.value(QStringLiteral("window/caption"), true).toBool());
    showView(store.value(QStringLiteral("window/view")).toString().toStdString());
}

void MainWindow::applyTheme()
{
    const Theme& theme = d->appearance.current();
    d->controls->setTheme(theme);
    d->stage->setTheme(theme);
    d->inspector->setTheme(theme);
    d->strip->setTheme(theme);
    TypeSizes sizes = d->appearance.sizes();
    if (d->actions.present->isChecked())
        sizes.base *= presentScale;
    d->stage->setTypeSizes(sizes);
    d->column->setTypeSizes(sizes);
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

void MainWindow::openPreset(const Preset& preset)
{
    openExperiment(preset.experiment);
    showView(preset.view);
}

/// By a figure's id; of one without a tab, what shows it among others.
void MainWindow::showView(const std::string& id)
{
    QAction* shown = d->actions.view(FigureKind::Compare);
    for (QAction* view : d->actions.views) {
        if (figureId(static_cast<FigureKind>(view->data().toInt())) == id)
            shown = view;
    }
    shown->trigger();
}

void MainWindow::updateTitle()
{
    const QString title = QString::fromStdString(d->model.experiment().title);
    setWindowTitle(titleText());
    setWindowFilePath(textOf(d->document.file()));
    setWindowModified(d->document.isModified());
    const Preset* shown = unchangedPreset(d->model.experiment());
    bool presetTitle = false;
    for (QAction* preset : d->actions.presets) {
        preset->setChecked(shown && preset->data().toString() == QString::fromStdString(shown->name));
        presetTitle = presetTitle || preset->text() == title;
    }
    d->toolBar->setTitle(presetTitle && !shown ? ToolBar::changedTitle(title) : title);
}

/// The file's name, with the experiment's title where that says something else: "lecture.posbias[*] — Level — PosBias".
QString MainWindow::titleText() const
{
    const auto literal = [](QString text) { return text.replace(QLatin1String("[*]"), QLatin1String("[*][*]")); };
    const QString title = QString::fromStdString(d->model.experiment().title);
    const std::filesystem::path& file = d->document.file();
    if (file.empty())
        return QStringLiteral("%1[*] — PosBias").arg(literal(title));
    QString name = literal(textOf(file.filename())) + QStringLiteral("[*]");
    if (d->document.trouble().kind == FileTrouble::Kind::Changed)
        name += tr(" (changed on disk)");
    if (d->document.isReadOnly())
        name += tr(" (read-only)");
    if (textOf(withoutEnding(file)).compare(title, Qt::CaseInsensitive) != 0)
        name += QStringLiteral(" — ") + literal(title);
    return name + QStringLiteral(" — PosBias");
}

void MainWindow::usePreset(const QString& name)
{
    if (const Preset* preset = findPreset(name.toStdString())) {
        d->document.usePreset(*preset);
        showView(preset->view);
    }
    updateTitle();  // choosing the one that is shown has unchecked it
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
    d->actions.escape->setEnabled(d->strip->canCancel() || presenting || d->stage->pinned());
}

/// What runs first, as a note over the picture says; then the outermost thing.
void MainWindow::escapePressed()
{
    if (d->strip->canCancel())
        d->strip->cancel();
    else if (d->actions.present->isChecked())
        d->actions.present->setChecked(false);
    else
        d->stage->release();
}

void MainWindow::present(bool on)
{
    menuBar()->setVisible(!on);
    d->toolBar->setPresenting(on);
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
    d->document.stopOpening();
    if (d->actions.present->isChecked())
        d->actions.present->setChecked(false);
    QSettings store = settings();
    store.setValue(QStringLiteral("window/geometry"), saveGeometry());
    store.setValue(QStringLiteral("window/panes"), d->workspace->choices());
    store.setValue(QStringLiteral("window/caption"), d->actions.caption->isChecked());
    store.setValue(QStringLiteral("window/view"), QString::fromStdString(figureId(d->stage->view())));
    if (d->journal) {
        d->recoveryBar->settle();
        d->trainings->close(d->document.isModified());  // what was not saved is not wanted
        d->journal->discard();
    }
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
        this,
        [this, file] {
            if (isLengthTable(file))
                loadLengths(d->model, file, this);
            else
                openFile(pathOf(file));
        },
        Qt::QueuedConnection);
}

}  // namespace posbias::ui
