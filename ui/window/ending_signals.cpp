// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/ending_signals.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace posbias::ui {

namespace {

constexpr int endings[] = {SIGTERM, SIGHUP, SIGINT};

/// The handler writes the signal's number here; the event loop reads it.
int pipeEnds[2] = {-1, -1};

void tellEventLoop(int signal)
{
    const int error = errno;
    const auto number = static_cast<char>(signal);
    [[maybe_unused]] const ssize_t told = ::write(pipeEnds[1], &number, 1);
    errno = error;
}

void handle(int signal, void (*handler)(int), int flags)
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = flags;
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, nullptr);
}

bool isHandledBy(int signal, void (*handler)(int))
{
    struct sigaction current = {};
    sigaction(signal, nullptr, &current);
    return current.sa_handler == handler;
}

}  // namespace

EndingSignals::EndingSignals(std::function<void()> keep, QObject* parent) : QObject(parent), m_keep(std::move(keep))
{
    if (::pipe2(pipeEnds, O_CLOEXEC | O_NONBLOCK) != 0)
        return;  // signals then end the process as they do by themselves
    m_notifier = new QSocketNotifier(pipeEnds[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &EndingSignals::end);
    for (const int signal : endings) {
        if (!isHandledBy(signal, SIG_IGN))
            handle(signal, tellEventLoop, static_cast<int>(SA_RESETHAND) | SA_RESTART);
    }
}

EndingSignals::~EndingSignals()
{
    for (const int signal : endings) {
        if (isHandledBy(signal, tellEventLoop))
            handle(signal, SIG_DFL, 0);
    }
    delete m_notifier;
    for (int& end : pipeEnds) {
        ::close(end);
        end = -1;
    }
}

void EndingSignals::end()
{
    char number = 0;
    if (::read(pipeEnds[0], &number, 1) != 1)
        return;
    m_received = number;
    for (const int signal : endings) {
        if (isHandledBy(signal, tellEventLoop))
            handle(signal, SIG_DFL, 0);
    }
    m_keep();
    QCoreApplication::exit(128 + m_received);
}

}  // namespace posbias::ui
