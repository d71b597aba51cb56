// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SIGTERM, SIGHUP and SIGINT end the window without a question, also in the middle of a dialog: what was not saved is
// kept for the next start.

#include <QObject>

#include <functional>

class QSocketNotifier;

namespace posbias::ui {

/// One at a time, while an application lives. A second signal ends the process at once. Signals that are ignored when
/// this is made (nohup) stay so.
class EndingSignals : public QObject {
    Q_OBJECT
public:
    /// `keep` is called on the GUI thread; then every event loop ends.
    explicit EndingSignals(std::function<void()> keep, QObject* parent = nullptr);
    ~EndingSignals() override;

    /// The one that asked for the end, or 0.
    int received() const { return m_received; }

private:
    void end();

    std::function<void()> m_keep;
    QSocketNotifier* m_notifier = nullptr;
    int m_received = 0;
};

}  // namespace posbias::ui
