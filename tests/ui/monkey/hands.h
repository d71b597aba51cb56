// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Hands on the real window: every event takes the way that one from a mouse or a keyboard takes through Qt, popups and
// modal dialogs included. An event for a part that is gone does nothing.

#include "tests/ui/gesture_events.h"
#include "tests/ui/monkey/event.h"
#include "tests/ui/monkey/parts.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QDir>
#include <QDropEvent>
#include <QFileDialog>
#include <QInputMethodEvent>
#include <QKeySequence>
#include <QLineEdit>
#include <QMenuBar>
#include <QMimeData>
#include <QPointer>
#include <QScrollArea>
#include <QTest>
#include <QWindow>

#include <functional>
#include <map>

namespace posbias::ui::monkey {

/// A menu's items, and those of the menus within it.
inline QList<QAction*> itemsOf(const QMenu* menu)
{
    QList<QAction*> items;
    for (QAction* action : menu->actions()) {
        if (action->menu())
            items << itemsOf(action->menu());
        else if (!action->isSeparator())
            items << action;
    }
    return items;
}

inline QMenu* menuCalled(const QString& title, const QList<QAction*>& among)
{
    for (QAction* action : among) {
        if (!action->menu())
            continue;
        if (action->text().remove(u'&') == title)
            return action->menu();
        if (QMenu* within = menuCalled(title, action->menu()->actions()))
            return within;
    }
    return nullptr;
}

class Hands {
public:
    Hands(std::function<MainWindow*()> mainWindow, QDir files, QDir samples)
        : m_window(std::move(mainWindow)), m_files(std::move(files)), m_samples(std::move(samples))
    {
        m_verbs = {
            {"click", [this](const Event& e) { click(e, 1); }},
            {"double", [this](const Event& e) { click(e, 2); }},
            {"move", [this](const Event& e) { move(e); }},
            {"drag", [this](const Event& e) { drag(e); }},
            {"wheel", [this](const Event& e) { wheel(e); }},
            {"pinch", [this](const Event& e) { pinch(e); }},
            {"key", [this](const Event& e) { key(QKeySequence::fromString(e.word(0), QKeySequence::PortableText)); }},
            {"type", [this](const Event& e) { type(e.word(0)); }},
            {"fill", [this](const Event& e) { fill(e); }},
            {"act", [this](const Event& e) { act(window()->actions(), e.word(0).toInt()); }},
            {"item", [this](const Event& e) { item(e); }},
            {"drop", [this](const Event& e) { drop(e.words); }},
            {"open", [this](const Event& e) { open(e.word(0)); }},
            {"choose", [this](const Event& e) { choose(e.word(0)); }},
            {"folder", [this](const Event& e) { chooseFolder(e.word(0)); }},
            {"rewrite", [this](const Event& e) { rewrite(e.word(0), e.word(1)); }},
            {"remove", [this](const Event& e) { QFile::remove(m_files.filePath(e.word(0))); }},
            {"resize", [this](const Event& e) { window()->resize(e.word(0).toInt(), e.word(1).toInt()); }},
            {"roundtrip", [this](const Event&) {}},  // a look at the whole history: the keeper's
        };
    }

    bool knows(const QString& verb) const { return m_verbs.contains(verb); }
    void play(const Event& event)
    {
        m_verbs.at(event.verb)(event);
        keepInside();
    }
    MainWindow* window() const { return m_window(); }
    bool windowIsFree() const { return window()->isVisible() && usableWindows(window()) == QList<QWidget*>{window()}; }

private:
    QWidget* part(const Event& event) const { return findPart(event.word(0), window()); }

    /// Relative to the part, which is scrolled to as a person would.
    static QPoint placeIn(QWidget& part, double x, double y)
    {
        for (QWidget* around = part.parentWidget(); around; around = around->parentWidget()) {
            if (auto* area = qobject_cast<QScrollArea*>(around))
                area->ensureWidgetVisible(&part);
        }
        return {static_cast<int>(x * (part.width() - 1)), static_cast<int>(y * (part.height() - 1))};
    }
    static Qt::MouseButton buttonOf(const QString& word)
    {
        return word == QLatin1String("right")    ? Qt::RightButton
               : word == QLatin1String("middle") ? Qt::MiddleButton
               : word == QLatin1String("back")   ? Qt::BackButton
                                                 : Qt::LeftButton;
    }
    static Qt::KeyboardModifiers modifiersOf(const QString& word)
    {
        Qt::KeyboardModifiers modifiers;
        modifiers.setFlag(Qt::ShiftModifier, word.contains(QLatin1String("shift")));
        modifiers.setFlag(Qt::ControlModifier, word.contains(QLatin1String("ctrl")));
        modifiers.setFlag(Qt::AltModifier, word.contains(QLatin1String("alt")));
        return modifiers;
    }

    /// A pointer over one window of the screen. The window may go while a button is down.
    class Pointer {
    public:
        Pointer(Hands& hands, QWidget& part)
            : m_hands(hands), m_top(part.window()), m_window(part.window()->windowHandle())
        {
        }
        void send(QEvent::Type type, const QPointF& at, Qt::MouseButton button, Qt::MouseButtons down,
                  Qt::KeyboardModifiers modifiers)
        {
            QWindow* window = m_window ? m_window.data() : m_hands.window()->windowHandle();
            if (window)
                qt_handleMouseEvent(window, at, window->mapToGlobal(at), down, button, type, modifiers,
                                    m_hands.m_clock);
        }
        bool stands() const { return m_window && m_top && m_top->isVisible(); }

    private:
        Hands& m_hands;
        QPointer<QWidget> m_top;
        QPointer<QWindow> m_window;
    };

    void click(const Event& event, int times)
    {
        QWidget* target = part(event);
        if (!target)
            return;
        const QPointF at = target->mapTo(target->window(), placeIn(*target, event.number(1), event.number(2)));
        const Qt::MouseButton button = buttonOf(event.word(3));
        const Qt::KeyboardModifiers modifiers = modifiersOf(event.word(4));
        Pointer pointer(*this, *target);
        m_clock += 1000;  // no double click with the one before
        pointer.send(QEvent::MouseMove, at, Qt::NoButton, Qt::NoButton, modifiers);
        for (int time = 0; time < times; ++time) {
            m_clock += 20;
            pointer.send(QEvent::MouseButtonPress, at, button, button, modifiers);
            pointer.send(QEvent::MouseButtonRelease, at, button, Qt::NoButton, modifiers);
        }
    }

    void move(const Event& event)
    {
        if (QWidget* target = part(event)) {
            const QPoint at = target->mapTo(target->window(), placeIn(*target, event.number(1), event.number(2)));
            Pointer(*this, *target).send(QEvent::MouseMove, at, Qt::NoButton, Qt::NoButton, modifiersOf(event.word(3)));
        }
    }

    void drag(const Event& event)
    {
        QWidget* target = part(event);
        if (!target)
            return;
        constexpr int steps = 6;
        QWidget* top = target->window();
        const QPointF from = target->mapTo(top, placeIn(*target, event.number(1), event.number(2)));
        const QPointF to = target->mapTo(top, placeIn(*target, event.number(3), event.number(4)));
        const Qt::MouseButton button = buttonOf(event.word(5));
        const Qt::KeyboardModifiers modifiers = modifiersOf(event.word(6));
        Pointer pointer(*this, *target);
        m_clock += 1000;
        pointer.send(QEvent::MouseMove, from, Qt::NoButton, Qt::NoButton, modifiers);
        pointer.send(QEvent::MouseButtonPress, from, button, button, modifiers);
        for (int step = 1; step <= steps && pointer.stands(); ++step) {
            m_clock += 20;
            pointer.send(QEvent::MouseMove, from + (to - from) * step / steps, Qt::NoButton, button, modifiers);
        }
        pointer.send(QEvent::MouseButtonRelease, to, button, Qt::NoButton, modifiers);
    }

    void wheel(const Event& event)
    {
        if (QWidget* target = part(event))
            turnWheel(*target, placeIn(*target, event.number(1), event.number(2)), event.word(3).toInt(),
                      modifiersOf(event.word(4)));
    }

    void pinch(const Event& event)
    {
        QPointer<QWidget> target = part(event);
        if (!target)
            return;
        const QPointF at = placeIn(*target, event.number(1), event.number(2));
        nativeGesture(*target, Qt::BeginNativeGesture, at);
        if (target)
            nativeGesture(*target, Qt::ZoomNativeGesture, at, event.number(3));
        if (target)
            nativeGesture(*target, Qt::EndNativeGesture, at);
    }

    void key(const QKeySequence& keys, const QString& text = {})
    {
        if (keys.isEmpty())
            return;
        const QList<QWidget*> usable = usableWindows(window());
        QPointer<QWindow> target = QGuiApplication::focusWindow();
        if (!target && !usable.isEmpty())
            target = usable.first()->window()->windowHandle();
        if (!target)
            return;
        const QKeyCombination first = keys[0];
        m_clock += 20;
        qt_handleKeyEvent(target, QEvent::KeyPress, first.key(), first.keyboardModifiers(), text);
        if (target)
            qt_handleKeyEvent(target, QEvent::KeyRelease, first.key(), first.keyboardModifiers(), text);
    }

    /// Other letters than ASCII come by an input method.
    void type(const QString& text)
    {
        for (const char32_t letter : text.toUcs4()) {
            const QString typed = QString::fromUcs4(&letter, 1);
            if (letter < 128) {
                key(QKeySequence(static_cast<int>(typed.toUpper()[0].unicode())), typed);
            } else if (QObject* focus = QGuiApplication::focusObject()) {
                QInputMethodEvent event;
                event.setCommitString(typed);
                QCoreApplication::sendEvent(focus, &event);
            }
        }
    }

    void fill(const Event& event)
    {
        QWidget* field = part(event);
        if (!field)
            return;
        placeIn(*field, 0.0, 0.0);
        field->window()->activateWindow();
        field->setFocus(Qt::MouseFocusReason);
        key(QKeySequence(Qt::CTRL | Qt::Key_A));
        type(event.word(1));
        key(QKeySequence::fromString(event.word(2), QKeySequence::PortableText));
    }

    void act(const QList<QAction*>& actions, int index)
    {
        if (windowIsFree() && index < actions.size() && actions[index]->isEnabled())
            actions[index]->trigger();
    }

    void item(const Event& event)
    {
        if (const QMenu* menu = menuCalled(event.word(0), window()->menuBar()->actions()))
            act(itemsOf(menu), event.word(1).toInt());
    }

    void drop(const QStringList& names)
    {
        if (!windowIsFree())
            return;
        QMimeData data;
        QList<QUrl> urls;
        for (const QString& name : names)
            urls << QUrl::fromLocalFile(m_files.filePath(name));
        data.setUrls(urls);
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window(), &enter);
        QDropEvent event(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        if (enter.isAccepted())
            QCoreApplication::sendEvent(window(), &event);
    }

    /// As the command line gives it.
    void open(const QString& name)
    {
        if (windowIsFree())
            window()->openFile(std::filesystem::path(m_files.filePath(name).toStdU16String()));
    }

    void choose(const QString& name)
    {
        auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
        auto* line = dialog ? dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit")) : nullptr;
        if (!line)
            return;
        line->setText(m_files.filePath(name));
        line->setFocus();
        key(QKeySequence(Qt::Key_Return));
    }

    void chooseFolder(const QString& name)
    {
        const QWidget* dialog = QApplication::activeModalWidget();
        if (auto* line = dialog ? dialog->findChild<QLineEdit*>(QStringLiteral("export:folder")) : nullptr)
            line->setText(m_files.filePath(name));
    }

    /// Another program writes the file.
    void rewrite(const QString& name, const QString& sample)
    {
        const QString file = m_files.filePath(name);
        if (QFileInfo(file).isDir())
            return;
        QFile::remove(file);
        QFile::copy(m_samples.filePath(sample), file);
    }

    /// However the folder's field was edited: figures are written here and nowhere else.
    void keepInside() const
    {
        for (const QWidget* dialog : QApplication::topLevelWidgets()) {
            auto* line = dialog->findChild<QLineEdit*>(QStringLiteral("export:folder"));
            if (line && QDir::isAbsolutePath(line->text()) && !line->text().startsWith(m_files.path()))
                line->setText(m_files.path());
        }
    }

    std::function<MainWindow*()> m_window;
    QDir m_files, m_samples;
    std::map<QString, std::function<void(const Event&)>> m_verbs;
    int m_clock = 0;  ///< ms, of the events
};

}  // namespace posbias::ui::monkey
