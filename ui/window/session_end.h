// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The desktop's session ends, and the windows with it, without a question: what was not saved is kept for the next start.

#include <QObject>

#include <functional>

namespace posbias::ui {

/// While it lives. Closing a window by hand still asks, also when the session's end was called off after a request to
/// keep what there is.
class SessionEnd : public QObject {
    Q_OBJECT
public:
    /// `keep` is called on the GUI thread, at every request of the session and at its end; then every event loop ends.
    explicit SessionEnd(std::function<void()> keep, QObject* parent = nullptr);

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    std::function<void()> m_keep;
};

}  // namespace posbias::ui
