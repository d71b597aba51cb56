// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Answers a burst of pointer moves once: at most so often, and where an answer costs much, only when the pointer rests.

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>

namespace posbias::ui {

class CalmUpdate : public QObject {
    Q_OBJECT
public:
    static constexpr qint64 costly = 20;  ///< ms
    static constexpr int rest = 120;      ///< ms

    /// At least `interval` ms between two answers; 0: once for what came together.
    CalmUpdate(std::function<void()> answer, int interval);
    void ask();
    void now();

private:
    std::function<void()> m_answer;
    int m_interval;
    QTimer m_soon;
    QElapsedTimer m_sinceLast;
    qint64 m_lastCost = 0;
};

}  // namespace posbias::ui
