// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/widgets/show_in_folder.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDesktopServices>
#include <QFileInfo>
#include <QUrl>

#include <utility>

namespace posbias::ui {

namespace {

FolderShown openFolderOf(const QString& file)
{
    const bool asked = QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(file).absolutePath()));
    return asked ? FolderShown::Asked : FolderShown::Nobody;
}

}  // namespace

void showInFolder(const QString& file, QObject* context, std::function<void(FolderShown)> then)
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        then(openFolderOf(file));
        return;
    }
    QDBusMessage call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.FileManager1"), QStringLiteral("/org/freedesktop/FileManager1"),
        QStringLiteral("org.freedesktop.FileManager1"), QStringLiteral("ShowItems"));
    call.setArguments(
        {QStringList(QUrl::fromLocalFile(QFileInfo(file).absoluteFilePath()).toString(QUrl::FullyEncoded)), QString()});
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context, [watcher, file, then = std::move(then)] {
        then(watcher->isError() ? openFolderOf(file) : FolderShown::Yes);
        watcher->deleteLater();
    });
}

}  // namespace posbias::ui
