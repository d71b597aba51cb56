// SPDX-License-Identifier: GPL-3.0-or-later
// The window and what people keep: its file, its journal, what was written where.
#include "ui/text/file_names.h"
#include "ui/window/main_window_private.h"

#include <QDir>
#include <QEvent>
#include <QUndoStack>
#include <QVBoxLayout>

namespace posbias::ui {

void MainWindow::connectKeeping()
{
    const Document* document = &d->document;
    connect(document, &Document::troubleChanged, this, &MainWindow::updateTitle);
    connect(document, &Document::troubleChanged, this, [this, document] {
        if (document->trouble().kind != FileTrouble::Kind::None)
            d->status->withdraw(textOf(document->file()));
    });
    connect(document, &Document::saveRefused, this,
            [this](const QString& why) { d->status->confirm(tr("Not saved: %1").arg(why)); });
    connect(document, &Document::copyKept, this, [this](const QString& file) {
        d->status->confirm(tr("Kept as %1").arg(QDir::toNativeSeparators(file)), file);
    });
    connect(document, &Document::readOnlyChanged, this, &MainWindow::updateTitle);
    connect(document, &Document::fileSaved, this, [this](const QString& file, const QString& otherVersion) {
        if (d->journal)
            d->journal->discard();  // at once: what is older than the file is not to be offered
        const QString saved = tr("Saved in %1").arg(QDir::toNativeSeparators(file));
        if (otherVersion.isEmpty())
            d->status->confirm(saved, file);
        else
            d->status->confirm(tr("Saved; the other version is “%1”").arg(textOf(pathOf(otherVersion).filename())),
                               otherVersion);
    });
}

/// Network folders tell nothing of changes: whoever comes back to the window is told.
bool MainWindow::event(QEvent* event)
{
    if (event->type() == QEvent::WindowActivate)
        d->document.lookAtFile();
    return QMainWindow::event(event);
}

void MainWindow::keepJournal(const std::filesystem::path& folder)
{
    d->journal = std::make_unique<JournalKeeper>(
        folder, [this] { return d->document.isModified() ? std::optional(d->document.journal()) : std::nullopt; });
    JournalKeeper* journal = d->journal.get();
    const QUndoStack* steps = d->model.undoStack();
    connect(&d->model, &ExperimentModel::experimentChanged, journal, &JournalKeeper::touch);
    connect(steps, &QUndoStack::indexChanged, journal, &JournalKeeper::touch);
    connect(steps, &QUndoStack::cleanChanged, journal, &JournalKeeper::touch);
    connect(&d->document, &Document::figuresChanged, journal, &JournalKeeper::touch);
    connect(&d->document, &Document::fileChanged, journal, &JournalKeeper::touch);
    connect(&d->document, &Document::troubleChanged, journal, &JournalKeeper::touch);
    connect(journal, &JournalKeeper::failed, this, [this](const QString& reason) {
        d->status->confirm(tr("Unsaved work cannot be kept safe: %1").arg(reason));
    });
    d->document.claimFilesIn(folder / "open");
    d->trainings = std::make_shared<StateFiles>(folder / "trainings", journal->folderSource());
    d->model.keepTrainings(d->trainings);
    d->recoveryBar = new RecoveryBar([this](const Journal& found) { return restoreJournal(found); });
    connect(d->recoveryBar, &RecoveryBar::folderAsked, d->status, &StatusLine::showFolderOf);
    connect(d->recoveryBar, &RecoveryBar::discarding, this,
            [trainings = d->trainings](const std::filesystem::path& place) { trainings->discard(place); });
    auto* column = qobject_cast<QVBoxLayout*>(centralWidget()->layout());
    column->insertWidget(column->indexOf(d->fileBar), d->recoveryBar);
    d->recoveryBar->offer(JournalPlace::orphans(folder));
    journal->touch();
}

/// The window's own journal holds it before the one that it came from goes.
bool MainWindow::restoreJournal(const Journal& journal)
{
    if (!d->document.mayGo())
        return false;
    d->document.restore(journal);
    return d->journal->flush() && !d->journal->place().empty();
}

void MainWindow::keepForNextStart()
{
    if (d->journal)
        d->journal->flush();
}

}  // namespace posbias::ui
