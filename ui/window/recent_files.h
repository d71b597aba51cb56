// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The files opened and saved last, newest first, remembered.

#include <QObject>
#include <QStringList>

class QMenu;

namespace posbias::ui {

class RecentFiles : public QObject {
    Q_OBJECT
public:
    /// Keeps `menu` filled.
    explicit RecentFiles(QMenu* menu, QObject* parent = nullptr);
    void add(const QString& file);
    void remove(const QString& file);
    QStringList files() const;

Q_SIGNALS:
    void chosen(const QString& file);

private:
    void store(const QStringList& files);
    void fillMenu();

    QMenu* m_menu;
};

}  // namespace posbias::ui
