// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Finds out what is to be shown, off the GUI thread where that takes long. What is shown stays until then.

#include "core/evaluation/result.h"

#include <QFutureWatcher>
#include <QObject>

#include <functional>

namespace posbias::ui {

/// Whether figures and words about this result may take longer than a frame.
bool takesLong(const Result& result);

class Inquiry : public QObject {
    Q_OBJECT
public:
    using Answer = std::function<void()>;
    /// Runs on any thread, so it holds all that it needs; its answer is what shows the result, on the GUI thread.
    using Question = std::function<Answer()>;

    Inquiry();
    /// Answered in the call, or with `slow` later: one question at a time, and of those that wait the newest.
    void ask(Question question, bool slow);

private:
    void start(Question question);
    void finished();

    QFutureWatcher<Answer> m_running;
    Question m_waiting;
    bool m_busy = false;
};

}  // namespace posbias::ui
