// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The figure as it will be written, in the pixels that there are: fitted, or as large as on paper. Made when nothing has
// changed for a moment; the last one stays until then.

#include "core/figure/figure.h"
#include "ui/plot/files/figure_export.h"
#include "ui/plot/ink/colour_vision.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>

class QLabel;
class QPushButton;
class QScrollArea;

namespace posbias::ui {

class JobBar;
class PreviewPage;
class RenderJob;

class ExportPreview : public QWidget {
    Q_OBJECT
public:
    /// What to draw is asked for only when it is drawn; nothing: the last picture stays.
    using Source = std::function<std::optional<std::pair<Figure, Recipe>>()>;
    explicit ExportPreview(Source source, QWidget* parent = nullptr);
    void refresh();
    /// The line beneath.
    void setCaption(const QString& caption);
    /// As large as on paper, by the screen's dots per inch.
    void setTrueSize(bool on);
    /// As other eyes see it.
    void setVision(Vision vision);
    PreviewPage* page() const { return m_page; }

Q_SIGNALS:
    /// Somebody takes the type that was offered in place of one that does not fit.
    void typeAccepted(double points);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* foot();
    QWidget* noteRow();
    void tellProblem(const QString& message, std::optional<double> fittingType);
    QSize sizeOf(const Page& page) const;
    void start();
    void end();
    /// `lines`: of the figure; what its files need follows.
    void tellRemarks(const std::vector<std::string>& endings, QStringList lines);

    Source m_source;
    PreviewPage* m_page;
    QScrollArea* m_scroll;
    QLabel* m_caption;
    QLabel* m_note;  ///< which pictures there are, how they fit the page, what files need
    QPushButton* m_useType;
    double m_offered = 0.0;  ///< points
    JobBar* m_bar;
    RenderJob* m_job = nullptr;
    QTimer m_timer;
    bool m_trueSize = false;
    Vision m_vision = Vision::Ordinary;
};

}  // namespace posbias::ui
