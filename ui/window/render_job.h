// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A figure rendered while the window stays at hand: the long steps run off the GUI thread.

#include "ui/plot/figure_rendering.h"

#include <QFutureWatcher>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace posbias::ui {

/// Ends with finished(), failed() or cancelled().
class RenderJob : public QObject {
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

    /// False: it is too late, and finished() will come.
    bool cancel();
    /// Once it has finished.
    const FigureRendering& rendering() const;

Q_SIGNALS:
    void progressed(double fraction);  ///< of the maps, now and then
    void encoding();                   ///< the maps are there; what follows cannot tell how far it is
    void finished();
    void failed(const QString& message);
    void cancelled();

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
