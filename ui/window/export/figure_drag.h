// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A figure on its way into another program: picture, SVG and file are made before it is handed out, because the other
// program waits for an answer at once, and so would the window.

#include "core/design/figure_design.h"
#include "core/figure/figure.h"
#include "ui/jobs/job.h"
#include "ui/plot/files/figure_export.h"

#include <QMimeData>

#include <memory>
#include <vector>

namespace posbias::ui {

class FigureRendering;
class RenderJob;

/// The figure as files of several formats, in a folder of its own.
class FigureFilesJob : public Job {
    Q_OBJECT
public:
    /// `format`: of the file that is handed out; PNG and SVG join it.
    FigureFilesJob(Figure figure, Recipe recipe, FigureFormat format, QObject* parent);
    bool cancel() override;
    const Recipe& recipe() const { return m_recipe; }
    FigureFormat format() const { return m_formats.front(); }
    /// Once it has finished: what a drag carries. The files stay until this program ends, as others may read them long
    /// after the drag.
    std::unique_ptr<QMimeData> data() const;

private:
    void next();
    void fail(const QString& message);
    QString fileOf(FigureFormat format) const;

    Figure m_figure;
    Recipe m_recipe;
    std::vector<FigureFormat> m_formats;
    std::size_t m_at = 0;  ///< of m_formats
    QString m_folder;
    RenderJob* m_running = nullptr;
    bool m_ended = false;
};

/// Encoded as PNG or SVG, so that pasting takes no time.
void toClipboard(const FigureRendering& rendering, FigureFormat format);

}  // namespace posbias::ui
