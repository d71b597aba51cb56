// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the monkey does next: by chance, from what is on the screen. The same seed and the same screens give the same
// events.

#include "tests/ui/monkey/hands.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QComboBox>
#include <QMessageBox>
#include <QTabBar>

#include <random>

namespace posbias::ui::monkey {

class Whim {
    // Before all that use them: what they return follows from the list.
    bool chance(double share) { return std::uniform_real_distribution<double>(0.0, 1.0)(m_random) < share; }
    int below(int count) { return std::uniform_int_distribution<int>(0, count - 1)(m_random); }
    template <class List>
    auto anyOf(const List& list)
    {
        return list[below(static_cast<int>(std::size(list)))];
    }
    QString share() { return QString::number(std::uniform_real_distribution<double>(0.0, 1.0)(m_random), 'f', 3); }

public:
    Whim(const Hands& hands, quint64 seed, QStringList files, QStringList samples)
        : m_hands(hands), m_random(seed), m_files(std::move(files)), m_samples(std::move(samples))
    {
    }

    Event next()
    {
        const QList<QWidget*> usable = usableWindows(m_hands.window());
        if (usable.isEmpty())
            return {"settle"};
        QWidget* window = usable.first();
        if (qobject_cast<QFileDialog*>(window))
            return chance(0.6) ? Event{"choose", {anyOf(m_files)}} : Event{"key", {"Esc"}};
        if (qobject_cast<QMenu*>(window))
            return inMenu(*window);
        if (usable.size() > 1)  // the list of a box
            return chance(0.6) ? onPart("click", *window) : chance(0.5) ? inside(*usable.last()) : anyKey();
        if (window != m_hands.window())
            return inDialog(*window);
        return inWindow(*window);
    }

private:
    Event inWindow(QWidget& window)
    {
        switch (below(20)) {
        case 0:
        case 1: return anyAction();
        case 2: return chance(0.5) ? anyItem() : anyShortcut();
        case 3: return anyShortcut();
        case 4: return onFiles();
        case 5: return chance(0.15) ? Event{"roundtrip"} : chance(0.5) ? Event{"act", viewAction()} : Event{"settle"};
        case 6: return chance(0.3) ? size() : anyKey();
        case 7:
        case 8:
        case 9: return onPicture(window);
        case 10: return chance(0.06) ? Event{chance(0.5) ? "restart" : "leave"} : anyKey();
        default: return inside(window);
        }
    }

    Event inDialog(QWidget& dialog)
    {
        if (chance(0.04))
            return {"key", {"Esc"}};
        if (dialog.findChild<QLineEdit*>(QStringLiteral("export:folder"))) {
            if (chance(0.03))
                return {"folder", {chance(0.7) ? QStringLiteral("figures") : anyOf(m_files)}};
            if (chance(0.05))
                return onPrimary(dialog);
        }
        if (chance(0.1) && dialog.property("commands").toBool())
            return {"key", {"Return"}};
        if (chance(0.01))
            return {"leave"};
        return chance(0.08) ? Event{"settle"} : inside(dialog);
    }

    /// The button that does what the dialog is for.
    Event onPrimary(QWidget& dialog)
    {
        for (QAbstractButton* button : dialog.findChildren<QAbstractButton*>()) {
            if (button->property("primary").toBool() && button->isVisible() && button->isEnabled())
                return {"click", {pathOf(button, &dialog), "0.5", "0.5", "left", ""}};
        }
        return {"settle"};
    }

    Event inMenu(QWidget& menu)
    {
        if (chance(0.2))
            return {"key", {anyOf(QStringList{"Esc", "Up", "Down", "Left", "Right", "Return"})}};
        return onPart(chance(0.3) ? "move" : "click", menu);
    }

    /// Something that can be used, more often than something that cannot.
    Event inside(QWidget& window)
    {
        QList<QWidget*> all, useful;
        for (QWidget* part : window.findChildren<QWidget*>()) {
            if (!part->isVisible() || !part->isEnabled() || part->width() < 4 || part->height() < 4 ||
                part->window() != &window)
                continue;
            all << part;
            if (qobject_cast<QAbstractButton*>(part) || qobject_cast<QLineEdit*>(part) ||
                qobject_cast<QComboBox*>(part) || qobject_cast<QAbstractSlider*>(part) ||
                qobject_cast<QTabBar*>(part) || qobject_cast<QMenuBar*>(part) ||
                (part->parent() && qobject_cast<QAbstractItemView*>(part->parent())))
                useful << part;
        }
        if (all.isEmpty())
            return {"key", {"Esc"}};
        QWidget& part = *(useful.isEmpty() || chance(0.2) ? anyOf(all) : anyOf(useful));
        switch (below(14)) {
        case 0: return onPart("double", part);
        case 1: return onPart("move", part);
        case 2: return wheelOn(part);
        case 3: return dragOn(part);
        case 4: return anyKey();
        case 5: return {"type", {anyText()}};
        case 6:
        case 7: return fillSome(useful, part);
        default: return onPart("click", part);
        }
    }

    Event onPart(const char* verb, QWidget& part)
    {
        return {QString::fromLatin1(verb),
                {pathOf(&part, part.window()), share(), share(), anyButton(), anyModifiers()}};
    }
    Event wheelOn(QWidget& part)
    {
        return {"wheel",
                {pathOf(&part, part.window()), share(), share(), anyOf(QStringList{"120", "-120", "360", "-360", "15"}),
                 anyModifiers()}};
    }
    Event dragOn(QWidget& part)
    {
        return {"drag",
                {pathOf(&part, part.window()), share(), share(), share(), share(), anyButton(), anyModifiers()}};
    }
    Event fillSome(const QList<QWidget*>& useful, QWidget& otherwise)
    {
        QList<QWidget*> fields;
        for (QWidget* part : useful) {
            if (qobject_cast<QLineEdit*>(part) && part->objectName() != QLatin1String("export:folder"))
                fields << part;
        }
        if (fields.isEmpty())
            return onPart("click", otherwise);
        QWidget* field = anyOf(fields);
        return {"fill",
                {pathOf(field, field->window()), chance(0.7) ? anyNumber() : anyText(),
                 anyOf(QStringList{"Return", "Tab", "Up", "Esc", ""})}};
    }

    Event onPicture(QWidget& window)
    {
        auto* plot = window.findChild<FigurePlot*>();
        if (!plot || !plot->isVisible())
            return inside(window);
        switch (below(7)) {
        case 0: return wheelOn(*plot);
        case 1:
        case 2: return dragOn(*plot);
        case 3: return {"pinch", {pathOf(plot, &window), share(), share(), anyOf(QStringList{"0.3", "-0.3", "0.05"})}};
        case 4: return onPart("move", *plot);
        case 5: return onPart("double", *plot);
        default: return onPart("click", *plot);
        }
    }

    Event onFiles()
    {
        switch (below(10)) {
        case 0: return {"rewrite", {anyOf(m_files), anyOf(m_samples)}};
        case 1:
            return chance(0.3) ? Event{"remove", {anyOf(m_files)}}
                               : Event{"rewrite", {anyOf(m_files), anyOf(m_samples)}};
        case 2: return {"open", {anyOf(m_files)}};
        case 3: return {"drop", {anyOf(m_files), anyOf(m_files)}};
        default: return {"drop", {anyOf(m_files)}};
        }
    }

    QStringList viewAction()
    {
        QList<int> views;
        const QList<QAction*> actions = m_hands.window()->actions();
        for (int k = 0; k < actions.size(); ++k) {
            if (actions[k]->actionGroup() && actions[k]->data().isValid())
                views << k;
        }
        const int chosen = anyOf(views);
        return {QString::number(chosen), actions[chosen]->text()};
    }
    Event anyAction()
    {
        const QList<QAction*> actions = m_hands.window()->actions();
        const int chosen = below(static_cast<int>(actions.size()));
        return {"act", {QString::number(chosen), actions[chosen]->text()}};
    }
    Event anyItem()
    {
        const QString title = anyOf(QStringList{"Figures", "Figures", "Open Recent", "Moment of Training"});
        const QMenu* menu = menuCalled(title, m_hands.window()->menuBar()->actions());
        const QList<QAction*> items = menu ? itemsOf(menu) : QList<QAction*>();
        if (items.isEmpty())
            return anyAction();
        const int chosen = below(static_cast<int>(items.size()));
        return {"item", {title, QString::number(chosen), items[chosen]->text()}};
    }
    Event anyShortcut()
    {
        QStringList keys;
        for (const QAction* action : m_hands.window()->findChildren<QAction*>()) {
            for (const QKeySequence& each : action->shortcuts())
                keys << each.toString(QKeySequence::PortableText);
        }
        keys.removeDuplicates();
        return {"key", {anyOf(keys)}};
    }
    Event anyKey()
    {
        static const QStringList keys = {
            "Tab",       "Shift+Tab", "Return", "Esc",          "Space",       "Up",        "Down",
            "Left",      "Right",     "PgUp",   "PgDown",       "Home",        "End",       "Del",
            "Backspace", "Ctrl+Z",    "Ctrl+Y", "Ctrl+Shift+Z", "Shift+Right", "Ctrl+Down", "Alt+F",
            "Alt+V",     "F6",        "F7",     "F5",           ".",           ",",         "0",
            "Ctrl+Left", "Ctrl+V",    "Ctrl+C", "Menu",         "F10",         "Alt+Down",  "Ctrl+Tab",
            "Ctrl+K",    "Ctrl+E",    "Ctrl+N", "Ctrl+A",       "Ctrl+X"};
        return {"key", {anyOf(keys)}};
    }
    Event size() { return {"resize", {QString::number(700 + below(1000)), QString::number(480 + below(600))}}; }
    QString anyNumber()
    {
        return anyOf(QStringList{"0",     "1",       "2", "3",    "-1",    "8",     "16",  "33",  "64",
                                 "128",   "100",     "7", "0.5",  "0,5",   "120.5", "1e9", "nan", "-0.5",
                                 "1.5e1", "1048576", "",  "5000", "12.25", "1e-3",  "512"});
    }
    QString anyText()
    {
        return anyOf(QStringList{"a", "abc", "50%", "\u00bd and \u00bc", "\u6587\u5b57", "#{}\\\"$&_~^", "x y", "-",
                                 "na\u00efve", QString(200, u'w'), "512:3 8:2", "\u05d0\u05d1", "\U0001F412", "com",
                                 "exp", "\u2212", "..", "<b>&amp;"});
    }
    QString anyButton()
    {
        return chance(0.86) ? QStringLiteral("left") : anyOf(QStringList{"right", "right", "middle", "back"});
    }
    QString anyModifiers()
    {
        return chance(0.85) ? QString() : anyOf(QStringList{"shift", "ctrl", "alt", "shift,ctrl"});
    }

    const Hands& m_hands;
    std::mt19937_64 m_random;
    QStringList m_files, m_samples;
};

}  // namespace posbias::ui::monkey
