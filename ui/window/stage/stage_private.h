// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the stage keeps.

#include "ui/jobs/calm_update.h"
#include "ui/jobs/inquiry.h"
#include "ui/plot/figure_plot.h"
#include "ui/window/stage/stage.h"
#include "ui/window/stage/stage_words.h"
#include "ui/window/stage/zoom.h"

#include <QTimer>

namespace posbias::ui {

struct Stage::Private {
    ExperimentModel* model = nullptr;
    StudyModel* studies = nullptr;
    StageWords* words = nullptr;
    FigurePlot* plot = nullptr;
    QTimer rebuildTimer;
    std::unique_ptr<CalmUpdate> calmWords, calmRebuild;  ///< for the pointer
    Inquiry wordsInquiry, figureInquiry;

    Theme theme;
    FigureKind view = FigureKind::Compare;
    FigureOptions options;
    Zoom zoom;
    bool pinned = false;

    std::shared_ptr<const Result> drawn;
    std::int64_t drawnQuery = -1;
    std::optional<FigureKind> askedView, drawnView, wordsView;
    PictureState picture = PictureState::Ready;
};

}  // namespace posbias::ui
