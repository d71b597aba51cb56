// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interruption.h"

#include "core/base/error.h"

#include <csignal>

namespace posbias::app {

namespace {
volatile std::sig_atomic_t receivedSignal = 0;
std::stop_source stopSource;
bool lastWords = false;

/// Nobody registers a callback with the token, so that asking for a stop only sets an atomic: safe in a handler.
void remember(int signal)
{
    receivedSignal = signal;
    stopSource.request_stop();
}
}  // namespace

void watchForInterruption()
{
    struct sigaction action = {};
    action.sa_handler = remember;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigemptyset(&action.sa_mask);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction current = {};
        sigaction(signal, nullptr, &current);
        if (current.sa_handler != SIG_IGN)  // nohup stays in force
            sigaction(signal, &action, nullptr);
    }
}

std::stop_token interruption()
{
    return stopSource.get_token();
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
