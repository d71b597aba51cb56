// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Plays events on a window one by one, each from the event loop that runs just then: so dialogs and menus that wait for
// an answer get one. Says what went wrong.

#include "tests/ui/monkey/keeper.h"
#include "tests/ui/monkey/samples.h"
#include "tests/ui/monkey/whim.h"

#include <QElapsedTimer>
#include <QThread>
#include <QTimer>

#include <optional>

namespace posbias::ui::monkey {

/// In `home`, the one folder that it writes to: what a person has elsewhere is not touched.
class Monkey : public QObject {
public:
    using Source = std::function<std::optional<Event>(const Hands& hands)>;  ///< nothing: that was all
    using Listener = std::function<void(const Event&)>;                      ///< before the event

    Monkey(const QDir& home, std::chrono::milliseconds patience)
        : m_files(home.filePath(QStringLiteral("files"))),
          m_samples(home.filePath(QStringLiteral("samples"))),
          m_watchdog(patience),
          m_hands([this] { return m_window.get(); }, m_files, m_samples)
    {
        home.mkdir(QStringLiteral("files"));
        home.mkdir(QStringLiteral("samples"));
        m_fileNames = writeSamples(m_files);
        for (const QString& name : m_fileNames) {
            if (QFile::copy(m_files.filePath(name), m_samples.filePath(name)))
                m_sampleNames << name;
        }
    }

    /// What went wrong, after which event; empty: nothing.
    QString play(Source source, Listener listener)
    {
        m_source = std::move(source);
        m_listener = std::move(listener);
        openWindow();
        QTimer::singleShot(0, this, [this] { step(); });
        QApplication::exec();
        m_window.reset();
        if (m_finding.isEmpty())
            note(Warnings::take());
        return m_finding;
    }
    const QStringList& files() const { return m_fileNames; }
    const QStringList& samples() const { return m_sampleNames; }
    int played() const { return m_played; }
    QString slowest() const { return QStringLiteral("%1 ms: %2").arg(m_longest).arg(m_slowest); }

private:
    void openWindow()
    {
        m_window.reset();
        m_window = std::make_unique<MainWindow>();
        m_window->resize(1280, 800);
        m_window->show();
        m_window->activateWindow();
    }

    void step()
    {
        m_watchdog.alive();
        if (!m_finding.isEmpty()) {
            std::fprintf(stderr, "monkey: %s\n", qPrintable(m_finding));
            std::fflush(stderr);
            std::_Exit(findingCode);  // from within whatever runs
        }
        if (m_waits && --m_waits > 0 && !isIdle()) {
            QTimer::singleShot(2, this, [this] { step(); });
            return;
        }
        m_waits = 0;
        const std::optional<Event> event = m_ended ? std::nullopt : m_source(m_hands);
        if (!event) {
            m_ended = true;
            end();
            return;
        }
        QTimer::singleShot(0, this, [this] { step(); });  // first: the event may run a loop of its own
        ++m_played;
        m_listener(*event);
        const QElapsedTimer clock = [] {
            QElapsedTimer made;
            made.start();
            return made;
        }();
        const int before = m_played;
        play(*event);
        if (before == m_played && clock.elapsed() > m_longest) {
            m_longest = clock.elapsed();
            m_slowest = event->line();
        }
        if (isOutermost() && !m_window->isVisible() && usableWindows(m_window.get()).isEmpty())
            openWindow();
        note(wrongWith(*m_window->model()));
        note(Warnings::take());
    }

    void play(const Event& event)
    {
        if (event.verb == QLatin1String("settle"))
            m_waits = mostWaits;
        else if (event.verb == QLatin1String("restart") && m_hands.windowIsFree())
            m_window->close();
        else if (event.verb == QLatin1String("leave") && isOutermost() && !QApplication::activePopupWidget())
            openWindow();  // whatever is open goes with the window
        else if (event.verb == QLatin1String("stumble"))
            stumble(event.word(0));
        else if (m_hands.knows(event.verb))
            m_hands.play(event);
        if (event.verb == QLatin1String("roundtrip") && m_hands.windowIsFree())
            note(wrongWithHistory(*m_window->model()));
    }

    /// Faults on purpose, which no whim has: they try those who find them.
    void stumble(const QString& how)
    {
        if (how == QLatin1String("twice") && ++m_stumbles == 2)
            std::abort();
        while (how == QLatin1String("forever")) {
        }
        if (how == QLatin1String("warning"))
            qWarning("a warning on purpose");
    }

    /// Nothing that waits for an answer is still to be returned to.
    static bool isOutermost() { return QThread::currentThread()->loopLevel() == 1; }

    bool isIdle() const
    {
        ExperimentModel& model = *m_window->model();
        return !m_hands.windowIsFree() || (!model.busy() && (model.upToDate() || model.problem()));
    }

    /// What is open is left by Esc, dialogs within dialogs first.
    void end()
    {
        const QList<QWidget*> usable = usableWindows(m_window.get());
        if (isOutermost() && (usable.isEmpty() || usable.first() == m_window.get())) {
            if (m_window->isVisible())
                note(wrongWithHistory(*m_window->model()));
            QApplication::exit();
            return;
        }
        if (++m_endings > mostEndings)
            note(QStringLiteral("there is no end: Esc does not leave what is open"));
        QTimer::singleShot(2, this, [this] { step(); });
        if (!usable.isEmpty() && usable.first() != m_window.get())
            m_hands.play({"key", {"Esc"}});
    }

    void note(const QString& finding)
    {
        if (m_finding.isEmpty() && !finding.isEmpty())
            m_finding = QStringLiteral("after event %1: %2").arg(m_played).arg(finding);
    }

    static constexpr int mostWaits = 1000;
    static constexpr int mostEndings = 10'000;
    static constexpr int findingCode = 3;

    QDir m_files, m_samples;
    QStringList m_fileNames, m_sampleNames;
    std::unique_ptr<MainWindow> m_window;
    Watchdog m_watchdog;
    Hands m_hands;
    Source m_source;
    Listener m_listener;
    QString m_finding, m_slowest;
    qint64 m_longest = 0;
    int m_played = 0, m_waits = 0, m_stumbles = 0, m_endings = 0;
    bool m_ended = false;
};

}  // namespace posbias::ui::monkey
