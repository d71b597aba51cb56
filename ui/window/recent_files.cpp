// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/recent_files.h"

#include "ui/window/widgets/settings.h"

#include <QDir>
#include <QFileInfo>
#include <QMenu>

namespace posbias::ui {

namespace {

constexpr qsizetype most = 10;
const QString key = QStringLiteral("recentFiles");

}  // namespace

RecentFiles::RecentFiles(QMenu* menu, QObject* parent) : QObject(parent), m_menu(menu)
{
    m_menu->setToolTipsVisible(true);
    connect(m_menu, &QMenu::aboutToShow, this, &RecentFiles::fillMenu);
    fillMenu();
}

QStringList RecentFiles::files() const
{
    return settings().value(key).toStringList();
}

void RecentFiles::add(const QString& file)
{
    QStringList all = files();
    const QString absolute = QFileInfo(file).absoluteFilePath();
    all.removeAll(absolute);
    all.prepend(absolute);
    store(all.mid(0, most));
}

void RecentFiles::remove(const QString& file)
{
    QStringList all = files();
    all.removeAll(QFileInfo(file).absoluteFilePath());
    store(all);
}

void RecentFiles::store(const QStringList& files)
{
    settings().setValue(key, files);
    fillMenu();
}

void RecentFiles::fillMenu()
{
    m_menu->clear();
    for (const QString& file : files()) {
        QAction* action = m_menu->addAction(QFileInfo(file).fileName().replace(u'&', QStringLiteral("&&")));
        action->setToolTip(QDir::toNativeSeparators(file));
        connect(action, &QAction::triggered, this, [this, file] { Q_EMIT chosen(file); });
    }
    if (!m_menu->isEmpty()) {
        m_menu->addSeparator();
        connect(m_menu->addAction(tr("Clear List")), &QAction::triggered, this, [this] { store({}); });
    }
    m_menu->setEnabled(!m_menu->isEmpty());
}

}  // namespace posbias::ui
