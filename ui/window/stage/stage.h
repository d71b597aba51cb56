// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The middle of the window: what the picture shows in words and numbers, and the picture. Owns the view's own state
// (which view, zoom and its history, axis, whether the crosshair is pinned), which is no part of the experiment.

#include "ui/model/experiment_model.h"
#include "ui/model/study_model.h"
#include "ui/plot/ink/theme.h"

#include <QWidget>

#include <functional>
#include <memory>
#include <optional>

namespace posbias::ui {

class Zoom;

/// Older: the maps under way will replace others of the same view, which stay until then. First: there are none to show.
/// Stopped: nor will any come before something else is to be shown.
enum class PictureState { Ready, Older, First, Stopped };

class Stage : public QWidget {
    Q_OBJECT
public:
    Stage(ExperimentModel* model, StudyModel* studies, QWidget* parent = nullptr);
    ~Stage() override;

    void setTheme(const Theme& theme);
    void setTypeSizes(const TypeSizes& sizes);

    FigureKind view() const;
    void setView(FigureKind view);
    void setLogarithmicOffsets(bool logarithmic);
    void setRawBias(bool raw);
    /// As the picture is shown now; the defaults when nobody zoomed or changed the axis.
    FigureOptions options() const;

    const Zoom& zoom() const;
    void changeZoom(const std::function<void(Zoom&)>& change);
    void zoomReset();

    /// Pinned: hovering no longer moves the crosshair until it is released.
    bool pinned() const;
    void release();

    PictureState picture() const;
    /// The figure as it would be drawn for the result, with what is known of its studies.
    Figure currentFigure() const;
    /// Whether maps of this view are shown, new or old.
    bool hasPicture() const;
    void cancelPicture();
    void retryPicture();

Q_SIGNALS:
    void optionsChanged();
    void pinnedChanged();
    void menuRequested(std::optional<posbias::CellPosition> cell, const QPoint& globalPosition);
    void pictureChanged();
    void pictureProgressed(double fraction);
    /// Something that was asked for in the picture cannot be had, in one sentence.
    void refused(const QString& message);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void connectPlot();
    void hoverCell(std::optional<CellPosition> cell);
    void click(CellPosition cell);
    void clickChart(std::size_t row, std::size_t panel, double x);
    void pinAt(CellPosition cell);
    void crosshairMoved();
    void resultArrived();
    void rebuildLater();
    void rebuild();
    std::shared_ptr<const Result> resultToDraw() const;
    void showFigure(Figure figure, FigureKind view);
    void updateWords();
    void setPicture(PictureState state);

    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace posbias::ui
