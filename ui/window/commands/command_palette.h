// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Every command and preset by typing a few of its letters.

#include <QAction>
#include <QDialog>
#include <QList>
#include <QPointer>

class QLineEdit;
class QListWidget;
class QMenuBar;

namespace posbias::ui {

class CommandPalette : public QDialog {
    Q_OBJECT
public:
    struct Command {
        QString name;              ///< "Theme: Dark"
        QPointer<QAction> action;  ///< menus are filled anew while the palette is open
    };
    explicit CommandPalette(QList<Command> commands, QWidget* parent);
    /// Of a menu bar's menus, deep: "View: Compare".
    static QList<Command> commandsOf(const QMenuBar& bar);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void filter(const QString& typed);
    void run();

    QList<Command> m_commands;
    QLineEdit* m_line;
    QListWidget* m_list;
};

}  // namespace posbias::ui
