// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The figure as it will be written, in the pixels that there are. Made when nothing has changed for a moment; the last
// one stays until then.

#include "core/figure/figure.h"
#include "ui/plot/figure_export.h"

#include <QTimer>
#include <QWidget>

#include <functional>

class QLabel;

namespace posbias::ui {

class JobBar;
class RenderJob;

class ExportPreview : public QWidget {
    Q_OBJECT
public:
    /// What to draw is asked for only when it is drawn.
    using Source = std::function<std::pair<Figure, Page>()>;
    explicit ExportPreview(Source source, QWidget* parent = nullptr);
    void refresh();
    /// The line beneath.
    void setCaption(const QString& caption);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void start();
    void end();
    void showPicture(QImage image);

    Source m_source;
    QLabel *m_picture, *m_caption;
    JobBar* m_bar;
    RenderJob* m_job = nullptr;
    QTimer m_timer;
};

}  // namespace posbias::ui
