// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/commands/command_palette.h"

#include "ui/window/commands/fuzzy_match.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace posbias::ui {

namespace {

constexpr int shortcutRole = Qt::UserRole;
constexpr int commandRole = Qt::UserRole + 1;

/// The name left, the shortcut faint at the right.
class CommandDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        painter->setPen(option.palette.color(QPalette::PlaceholderText));
        painter->drawText(option.rect.adjusted(0, 0, -10, 0), Qt::AlignRight | Qt::AlignVCenter,
                          index.data(shortcutRole).toString());
    }
};

QString plain(QString text)
{
    text.remove(u'&');
    return text;
}

void collect(const QList<QAction*>& actions, const QString& group, QList<CommandPalette::Command>& commands)
{
    for (QAction* action : actions) {
        if (action->menu())
            collect(action->menu()->actions(), plain(action->text()), commands);
        else if (!action->isSeparator())
            commands.append({QStringLiteral("%1: %2").arg(group, plain(action->text())), action});
    }
}

}  // namespace

QList<CommandPalette::Command> CommandPalette::commandsOf(const QMenuBar& bar)
{
    QList<Command> commands;
    collect(bar.actions(), QString(), commands);
    return commands;
}

CommandPalette::CommandPalette(QList<Command> commands, QWidget* parent)
    : QDialog(parent, Qt::Dialog | Qt::FramelessWindowHint),
      m_commands(std::move(commands)),
      m_line(new QLineEdit),
      m_list(new QListWidget)
{
    setProperty("commands", true);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("All commands"));
    m_line->setPlaceholderText(tr("Type a command or a preset"));
    m_line->installEventFilter(this);
    m_list->setProperty("commands", true);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFocusPolicy(Qt::NoFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 10, 10, 10);
    column->addWidget(m_line);
    column->addWidget(m_list);
    connect(m_line, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::run);
    filter(QString());
    resize(std::min(560, parent->width() - 40), std::min(420, parent->height() - 80));
    move(parent->mapToGlobal(QPoint((parent->width() - width()) / 2, parent->height() / 8)));
}

void CommandPalette::filter(const QString& typed)
{
    std::vector<std::pair<int, qsizetype>> found;
    for (qsizetype i = 0; i < m_commands.size(); ++i) {
        if (!m_commands[i].action || !m_commands[i].action->isEnabled())
            continue;
        if (const std::optional<int> score = fuzzyScore(typed, m_commands[i].name))
            found.emplace_back(-*score, i);
    }
    std::stable_sort(found.begin(), found.end());
    m_list->clear();
    for (const auto& [score, i] : found) {
        auto* item = new QListWidgetItem(m_commands[i].name, m_list);
        item->setData(shortcutRole, m_commands[i].action->shortcut().toString(QKeySequence::NativeText));
        item->setData(commandRole, static_cast<int>(i));
        item->setToolTip(m_commands[i].action->statusTip());
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::run()
{
    const QListWidgetItem* item = m_list->currentItem();
    if (!item)
        return;
    QAction* action = m_commands[item->data(commandRole).toInt()].action;
    accept();
    if (!action)
        return;
    // After the palette is gone: the command may open a dialog of its own.
    QTimer::singleShot(0, action, &QAction::trigger);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_line || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: QApplication::sendEvent(m_list, event); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: run(); return true;
    default: return QDialog::eventFilter(watched, event);
    }
}

}  // namespace posbias::ui
