// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A figure on its way into a file, in steps: those that take long are bound to no thread.

#include "core/base/progress.h"
#include "core/figure/figure.h"
#include "ui/plot/files/figure_export.h"

#include <memory>
#include <span>

namespace posbias::ui {

struct PageFit;

/// For several figures that follow each other on one page: their panels stand at the same places. Throws InputError where
/// the page's type does not fit. On the GUI thread.
std::shared_ptr<const PageFit> fitFrames(std::span<const Figure> frames, const Page& page);

/// Of one picture: tables and animations have functions of their own (figure_export.h).
/// The steps follow each other; no two run at the same time. The same steps give the same bytes on every thread.
class FigureRendering {
public:
    /// Validates the settings and lays the figure out. On the GUI thread, which measures text.
    /// `fit`: of fitFrames(); nothing: the figure's own.
    FigureRendering(const Figure& figure, const Recipe& recipe, FigureFormat format,
                    const std::shared_ptr<const PageFit>& fit = nullptr);
    ~FigureRendering();

    /// 1. The maps: may take long. On any thread. Throws Cancelled.
    void drawMaps(const Progress& progress);
    /// 2. Everything else, over them. On the GUI thread: a piece at each call, until it returns false.
    bool drawRest();
    /// After step 2: what a person has to know of such a file, in sentences without a full stop: type smaller
    /// than the page asks for, characters that no installed font has; for TeX what it needs.
    QStringList remarks(FigureFormat as) const;
    /// 3. Makes the file's bytes: may take long. On any thread.
    void encode();

    /// Of a PNG: the picture, after step 2.
    const QImage& image() const;
    /// After step 3; its remarks after step 2.
    const RenderedFigure& rendered() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace posbias::ui
