// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export/job_bar.h"

#include "ui/jobs/job.h"

namespace posbias::ui {

JobBar::JobBar(QWidget* parent) : QProgressBar(parent)
{
    setProperty("thin", true);
    setTextVisible(false);
    QSizePolicy policy = sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    setSizePolicy(policy);
    hide();
    m_showTimer.setSingleShot(true);
    m_showTimer.setInterval(Job::untilBar);
    connect(&m_showTimer, &QTimer::timeout, this, &QWidget::show);
}

void JobBar::follow(Job* job)
{
    m_job = job;
    setRange(0, 1000);
    setValue(0);
    if (!isVisible())
        m_showTimer.start();
    connect(job, &Job::progressed, this, [this, job](double fraction) {
        if (job == m_job)
            setValue(static_cast<int>(fraction * 1000.0));
    });
    connect(job, &Job::encoding, this, [this, job] {
        if (job == m_job)
            setRange(0, 0);
    });
    const auto ended = [this, job] {
        if (job == m_job)
            stop();
    };
    connect(job, &Job::finished, this, ended);
    connect(job, &Job::failed, this, ended);
    connect(job, &Job::cancelled, this, ended);
}

void JobBar::stop()
{
    m_job = nullptr;
    m_showTimer.stop();
    hide();
}

}  // namespace posbias::ui
