// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A figure rendered while the window stays at hand: the long steps run off the GUI thread.

#include "ui/jobs/job.h"
#include "ui/plot/files/figure_rendering.h"

#include <QFutureWatcher>
#include <QTimer>

#include <functional>
#include <memory>

namespace posbias::ui {

class RenderJob : public Job {
    Q_OBJECT
public:
    /// The last step, off the GUI thread. Before it leaves anything behind it calls the function that it is given:
    /// that throws Cancelled after a cancel(), and no cancel() comes through after it.
    using LastStep = std::function<void(FigureRendering&, const std::function<void()>& claim)>;
    static LastStep toBytes();
    static LastStep toFile(const std::filesystem::path& file);

    /// Without a last step it ends with the picture.
    RenderJob(std::unique_ptr<FigureRendering> rendering, LastStep last, QObject* parent);
    ~RenderJob() override;

    bool cancel() override;
    /// Once it has finished.
    const FigureRendering& rendering() const;

private:
    struct Work;
    void run(std::function<void(Work&)> step);
    void stepDone();
    void drawRest();

    std::shared_ptr<Work> m_work;  ///< shared with a step that still runs
    bool m_drawn = false;
    QFutureWatcher<QString> m_watcher;
    QTimer m_progressTimer, m_drawTimer;
};

}  // namespace posbias::ui
