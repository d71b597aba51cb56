// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What must hold whatever is done to the window, and who notices when it does not: after each event, at a whole trip
// through the history, and when Qt warns or the window stands still.

#include "ui/window/main_window.h"

#include <QDir>
#include <QDirIterator>
#include <QMutex>

#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <mutex>
#include <pthread.h>
#include <thread>

namespace posbias::ui::monkey {

/// Warnings of Qt that nobody expects. The offscreen platform's own are none.
class Warnings {
public:
    static void listen() { qInstallMessageHandler(&Warnings::hear); }
    /// The first since the last call.
    static QString take()
    {
        const QMutexLocker lock(&mutex());
        return std::exchange(first(), QString());
    }

private:
    static QMutex& mutex()
    {
        static QMutex made;
        return made;
    }
    static QString& first()
    {
        static QString text;
        return text;
    }
    static void hear(QtMsgType type, const QMessageLogContext&, const QString& message)
    {
        if (message.startsWith(QLatin1String("This plugin does not support")))
            return;
        std::fprintf(stderr, "qt: %s\n", qPrintable(message));
        if (type == QtDebugMsg || type == QtInfoMsg)
            return;
        const QMutexLocker lock(&mutex());
        if (first().isEmpty())
            first() = message;
    }
};

/// Ends the program, with the window's thread in the middle of what it does, when nothing has happened for long.
class Watchdog {
public:
    explicit Watchdog(std::chrono::milliseconds patience)
        : m_patience(patience), m_watched(pthread_self()), m_thread([this] { watch(); })
    {
    }
    ~Watchdog()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_ended = true;
        }
        m_wake.notify_all();
        m_thread.join();
    }
    void alive() { m_beats.fetch_add(1); }

private:
    void watch()
    {
        std::unique_lock lock(m_mutex);
        quint64 seen = m_beats;
        while (!m_wake.wait_for(lock, m_patience, [this] { return m_ended; })) {
            if (m_beats == seen) {
                std::fputs("monkey: the window stands still\n", stderr);
                pthread_kill(m_watched, SIGABRT);
            }
            seen = m_beats;
        }
    }

    std::chrono::milliseconds m_patience;
    pthread_t m_watched;
    std::atomic<quint64> m_beats = 0;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_ended = false;
    std::thread m_thread;
};

/// Every path in a folder, with what files hold.
inline QMap<QString, QByteArray> contentsOf(const QString& folder, const QString& except)
{
    QMap<QString, QByteArray> contents;
    QDirIterator found(folder, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (found.hasNext()) {
        const QString path = found.next();
        if (path == except || path.startsWith(except + u'/'))
            continue;
        QFile file(path);
        contents[path] = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    return contents;
}

/// What is wrong, or nothing.
inline QString wrongWith(ExperimentModel& model)
{
    try {
        validateForWindow(model.experiment());
    } catch (const std::exception& error) {
        if (!model.problem())
            return QStringLiteral("an invalid experiment without a word of it: ") + QString::fromUtf8(error.what());
    }
    if (const auto result = model.result()) {
        for (const SchemeResult& scheme : result->schemes) {
            const bool finite = std::isfinite(scheme.trained->fit.trainNll) && !std::isnan(scheme.atLength.kl) &&
                                !std::isnan(scheme.withinTraining.kl);
            if (!finite)
                return QStringLiteral("a result that is not a number");
        }
    }
    return {};
}

/// Goes back to the start and forth to the end, twice; the same experiments are met. The crosshair's cell is no step.
inline QString wrongWithHistory(ExperimentModel& model)
{
    constexpr int most = 150;
    const auto same = [](Experiment a, const Experiment& b) {
        a.view = b.view;
        return a == b;
    };
    while (model.hasRefusedValue())
        model.undo();
    QUndoStack& steps = *model.undoStack();
    const int present = steps.index(), first = std::max(0, present - most);
    std::vector<Experiment> met = {model.experiment()};
    for (int at = present; at > first; --at) {
        steps.undo();
        met.push_back(model.experiment());
    }
    for (int at = first; at < present; ++at) {
        if (!same(model.experiment(), met[static_cast<std::size_t>(present - at)]))
            return QStringLiteral("the experiment at step %1 of the history is another when it is met again").arg(at);
        steps.redo();
    }
    if (!same(model.experiment(), met.front()))
        return QStringLiteral("undo to the start and redo to the end lead to another experiment");
    steps.setIndex(first);
    if (!same(model.experiment(), met.back()))
        return QStringLiteral("going back to the start a second time leads to another experiment");
    steps.setIndex(present);
    return {};
}

}  // namespace posbias::ui::monkey
