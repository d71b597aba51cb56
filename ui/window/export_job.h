// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A figure into files of several formats, or its frames. They are made in a hidden folder beside their places and then
// moved there, so that a stop or a failure leaves what there was.

#include "core/figure/figure.h"
#include "ui/plot/figure_sheets.h"
#include "ui/window/job.h"

#include <QImage>
#include <QTemporaryDir>

#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

namespace posbias::ui {

class RenderJob;

struct ExportOrder {
    Recipe recipe;
    Figure figure;                        ///< of a recipe without frames: what it shows
    std::vector<FigureFormat> formats;
    std::filesystem::path folder;
    bool description = false;             ///< also the alternative text

    /// Their recipes' files in a folder.
    std::vector<FigureTarget> targets(const std::filesystem::path& in) const;
    /// Files that are there and may be replaced, with pictures that a .tex file may have. Throws InputError.
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
    void moveIntoPlace();
    void fail(const QString& message);

    ExportOrder m_order;
    std::shared_ptr<QTemporaryDir> m_stage;   ///< shared with a step that still writes there
    std::shared_ptr<Figures> m_figures;       ///< the one, or every frame's
    std::vector<FigureSheet> m_sheets;
    std::size_t m_sheet = 0;                  ///< under way
    std::vector<QImage> m_pictures;           ///< of a GIF under way
    double m_steps = 1.0, m_stepsDone = 0.0;  ///< a step is about a picture's work
    RenderJob* m_running = nullptr;
    std::stop_source m_stop;
    bool m_ended = false;
};

}  // namespace posbias::ui
