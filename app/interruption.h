// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Ctrl+C: long work ends at its next step, so that unfinished files are taken away. A second one ends at once.

#include <stop_token>

namespace posbias::app {

void watchForInterruption();
/// Hears of it.
std::stop_token interruption();
/// The signal that asked for an end, or 0.
int interruptingSignal();
/// Throws Cancelled once an end was asked for.
void throwIfInterrupted();

/// While it lives, throwIfInterrupted() does not throw: what was done before the interruption can be printed. A second
/// signal still ends the program at once.
class LastWords {
public:
    LastWords();
    ~LastWords();
    LastWords(const LastWords&) = delete;
    LastWords& operator=(const LastWords&) = delete;
};

}  // namespace posbias::app
