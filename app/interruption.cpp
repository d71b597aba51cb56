// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interruption.h"

#include "core/base/error.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

namespace posbias::app {

namespace {

constexpr int watched[] = {SIGINT, SIGTERM, SIGHUP};

std::atomic<int> receivedSignal = 0;
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may touch nothing that locks");
int toWatcher = -1;  ///< the writing end of the pipe that wakes it
bool lastWords = false;

/// Never destroyed: the watcher may hear of a signal while the program ends.
std::stop_source& stopSource()
{
    static std::stop_source& source = *new std::stop_source;
    return source;
}

/// The handler. It runs between any two instructions of any thread, whatever locks that holds: it may only set a number
/// and write a byte. The watcher asks for the stop, which calls whoever registered with the token.
void remember(int signal)
{
    if (receivedSignal.exchange(signal) != 0) {  // the second one ends at once
        std::signal(signal, SIG_DFL);
        std::raise(signal);
        return;
    }
    const int error = errno;
    const char byte = 0;
    [[maybe_unused]] const ssize_t written = write(toWatcher, &byte, 1);
    errno = error;
}

void waitForSignal(int pipe)
{
    char byte = 0;
    while (read(pipe, &byte, 1) < 0 && errno == EINTR) {
    }
    stopSource().request_stop();
}

/// Signals are other threads' to handle: blocking calls of the main thread end with EINTR then.
void startWatcher(int pipe)
{
    sigset_t signals, before;
    sigemptyset(&signals);
    for (const int signal : watched)
        sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, &before);
    std::thread(waitForSignal, pipe).detach();
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace

void watchForInterruption()
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        throw FailureError("cannot watch for Ctrl+C: " + std::generic_category().message(errno));
    fcntl(ends[0], F_SETFL, 0);  // the watcher waits, the handler never does
    toWatcher = ends[1];
    stopSource();
    startWatcher(ends[0]);
    struct sigaction action = {};
    action.sa_handler = remember;
    sigemptyset(&action.sa_mask);
    for (const int signal : watched) {
        struct sigaction current = {};
        sigaction(signal, nullptr, &current);
        if (current.sa_handler != SIG_IGN)  // nohup stays in force
            sigaction(signal, &action, nullptr);
    }
}

std::stop_token interruption()
{
    return stopSource().get_token();
}

int interruptingSignal()
{
    return receivedSignal;
}

void throwIfInterrupted()
{
    if (receivedSignal != 0 && !lastWords)
        throw Cancelled();
}

LastWords::LastWords()
{
    lastWords = true;
}

LastWords::~LastWords()
{
    lastWords = false;
}

}  // namespace posbias::app
