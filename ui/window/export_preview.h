// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The figure as it will be written, in the pixels that there are. Painted when nothing has changed for a moment.

#include "core/figure/figure.h"
#include "ui/plot/figure_export.h"

#include <QTimer>
#include <QWidget>

#include <functional>

class QLabel;

namespace posbias::ui {

class ExportPreview : public QWidget {
    Q_OBJECT
public:
    /// What to paint is asked for only when it is painted.
    using Source = std::function<std::pair<Figure, ExportSettings>()>;
    explicit ExportPreview(Source source, QWidget* parent = nullptr);
    void refresh();
    /// The line beneath.
    void setCaption(const QString& caption);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void paintPreview();

    Source m_source;
    QLabel *m_picture, *m_caption;
    QTimer m_timer;
};

/// The cursor that says "wait", while it lives.
class WaitCursor {
public:
    WaitCursor();
    ~WaitCursor();
    WaitCursor(const WaitCursor&) = delete;
    WaitCursor& operator=(const WaitCursor&) = delete;
};

}  // namespace posbias::ui
