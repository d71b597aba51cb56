// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Names for the parts of what is on the screen, which hold from run to run: a way from the window down, by the names of
// objects where they have one, else by class and place among their like. What is not there is not found.

#include <QApplication>
#include <QMenu>
#include <QWidget>

namespace posbias::ui::monkey {

/// "ControlPanel#controlPanel", "QLabel:2" of the third without a name.
inline QString labelOf(const QWidget* part)
{
    const auto bare = [](const QObject* each) {
        const QString kind = QString::fromLatin1(each->metaObject()->className()).section(QStringLiteral("::"), -1);
        return each->objectName().isEmpty() || each->objectName().startsWith(QLatin1String("qt_"))
                   ? kind
                   : kind + u'#' + each->objectName();
    };
    const QString name = bare(part);
    if (!part->parentWidget())
        return name;
    int before = 0;
    for (const QObject* sibling : part->parentWidget()->children()) {
        if (sibling == part)
            break;
        before += sibling->isWidgetType() && bare(sibling) == name;
    }
    return before > 0 ? name + u':' + QString::number(before) : name;
}

/// The last is what lies beneath; empty while nothing can be used.
inline QList<QWidget*> usableWindows(QWidget* mainWindow)
{
    QList<QWidget*> windows;
    if (QWidget* popup = QApplication::activePopupWidget())
        windows << popup;
    QWidget* modal = QApplication::activeModalWidget();
    QWidget* beneath = modal ? modal : mainWindow;
    if (beneath && beneath->isVisible())
        windows << beneath;
    return windows;
}

inline QString pathOf(const QWidget* part, const QWidget* window)
{
    QStringList labels;
    for (; part && part != window; part = part->parentWidget())
        labels.prepend(labelOf(part));
    labels.prepend(QString::fromLatin1(window->metaObject()->className()).section(QStringLiteral("::"), -1));
    return labels.join(u'/').replace(u' ', u'_');
}

/// Visible and enabled, or nullptr.
inline QWidget* findPart(const QString& path, QWidget* mainWindow)
{
    const QStringList labels = path.split(u'/');
    for (QWidget* window : usableWindows(mainWindow)) {
        if (pathOf(window, window) != labels.first())
            continue;
        QWidget* part = window;
        for (qsizetype depth = 1; part && depth < labels.size(); ++depth) {
            QWidget* next = nullptr;
            for (QObject* child : part->children()) {
                auto* widget = qobject_cast<QWidget*>(child);
                if (widget && !widget->isWindow() && labelOf(widget).replace(u' ', u'_') == labels[depth])
                    next = widget;
            }
            part = next;
        }
        if (part && part->isVisible() && part->isEnabled())
            return part;
    }
    return nullptr;
}

}  // namespace posbias::ui::monkey
