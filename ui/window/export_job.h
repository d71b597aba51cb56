// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A figure into files of several formats. They are made in a hidden folder beside their places and then moved there, so
// that a stop or a failure leaves what there was.

#include "core/design/figure_design.h"
#include "core/figure/figure.h"
#include "ui/plot/bulk_rendering.h"
#include "ui/window/job.h"

#include <QTemporaryDir>

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

    /// Their recipes' files in the folder.
    std::vector<FigureTarget> targets() const;
    /// All files that would be written, without pictures that belong to a .tex file.
    std::vector<std::filesystem::path> files() const;
};

class ExportJob : public Job {
    Q_OBJECT
public:
    ExportJob(ExportOrder order, QObject* parent);
    ~ExportJob() override;

    bool cancel() override;

private:
    void next();
    void render(FigureFormat format);
    void tabulate(FigureFormat format);
    void renderFrames();
    void describe();
    void moveIntoPlace();
    void fail(const QString& message);
    std::filesystem::path staged(FigureFormat format) const;

    ExportOrder m_order;
    std::unique_ptr<QTemporaryDir> m_stage;
    std::size_t m_done = 0;       ///< formats
    RenderJob* m_running = nullptr;
    std::stop_source m_stop;
    bool m_ended = false;
};

}  // namespace posbias::ui
