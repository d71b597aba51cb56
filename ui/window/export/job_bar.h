// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The thin bar that tells how far a figure is, if it takes longer than a moment.

#include <QProgressBar>
#include <QTimer>

namespace posbias::ui {

class Job;

class JobBar : public QProgressBar {
    Q_OBJECT
public:
    /// Keeps its height, so that nothing jumps when it comes and goes.
    explicit JobBar(QWidget* parent = nullptr);
    /// Shows until the job ends; only the newest job counts.
    void follow(Job* job);

private:
    void stop();

    QTimer m_showTimer;
    Job* m_job = nullptr;
};

}  // namespace posbias::ui
