// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A figure into files of several formats, or its frames. None appears in its place before all are made, so that a stop or
// a failure leaves what there was.

#include "core/figure/figure.h"
#include "core/io/atomic_file.h"
#include "ui/jobs/job.h"
#include "ui/plot/files/figure_files.h"

#include <QImage>

#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

namespace posbias::ui {

struct PageFit;
class RenderJob;

struct ExportOrder {
    Recipe recipe;
    Figure figure;  ///< of a recipe without frames: what it shows
    std::vector<FigureFormat> formats;
    std::filesystem::path folder;
    bool description = false;                          ///< also the alternative text
    std::vector<std::filesystem::path> replaced = {};  ///< files that are there, and that the person gives up

    std::vector<FigureTarget> targets() const;
    /// Files that are there and may be written, with pictures that a .tex file may have. Throws InputError, also where two
    /// of the files would be the same.
    std::vector<std::filesystem::path> existing() const;
};

class ExportJob : public Job {
    Q_OBJECT
public:
    ExportJob(ExportOrder order, QObject* parent);
    ~ExportJob() override;

    bool cancel() override;

private:
    using Figures = std::vector<Figure>;
    using Step = std::function<void(const Progress&)>;

    void begin();
    void drawFigure();
    void evaluateFrames(const std::vector<Recipe>& frames);
    void next();
    void draw();
    void drawn();
    void tabulate();
    void animate();
    void sheetDone();
    std::function<void(const RenderedFigure&, const Progress&)> writer() const;
    void offThread(Step step, double share, std::function<void()> then);
    void tell(double steps);
    void commit();
    void fail(const QString& message);

    ExportOrder m_order;
    std::shared_ptr<AtomicFiles> m_files;  ///< written so far; shared with a step that still writes
    std::shared_ptr<Figures> m_figures;    ///< the one, or every frame's
    std::shared_ptr<const PageFit> m_fit;  ///< the same in every format
    std::vector<FigureSheet> m_sheets;
    std::size_t m_sheet = 0;                  ///< under way
    std::vector<QImage> m_pictures;           ///< of a GIF under way
    double m_steps = 1.0, m_stepsDone = 0.0;  ///< a step is about a picture's work
    RenderJob* m_running = nullptr;
    std::stop_source m_stop;
    bool m_committing = false;  ///< files appear in their places: too late to stop
    bool m_ended = false;
};

}  // namespace posbias::ui
