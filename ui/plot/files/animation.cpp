// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/files/animation.h"

#include "core/base/error.h"
#include "core/io/lecture_file.h"
#include "ui/plot/files/figure_digest.h"
#include "ui/plot/files/figure_export.h"
#include "ui/plot/files/figure_recipe.h"
#include "ui/plot/files/figure_rendering.h"
#include "ui/plot/files/gif_file.h"
#include "ui/plot/ink/theme.h"
#include "ui/text/alternative_text.h"

#include <QPainter>

namespace posbias::ui {

Recipe framePicture(const Recipe& recipe)
{
    Recipe still = recipe;
    still.design.frames.reset();
    return still;
}

QImage gifPicture(const QImage& drawn, const Page& page, bool grey)
{
    if (!page.transparent)
        return drawn.convertToFormat(QImage::Format_RGB32);
    // Soft edges lie on the theme's page: a GIF has none of its own.
    QImage onPage(drawn.size(), QImage::Format_RGB32);
    onPage.fill(fileTheme(page.theme, grey).stage);
    QPainter(&onPage).drawImage(0, 0, drawn);
    const QImage shape = drawn.convertToFormat(QImage::Format_ARGB32);
    QImage picture = onPage.convertToFormat(QImage::Format_ARGB32);
    for (int y = 0; y < picture.height(); ++y) {
        auto* const line = reinterpret_cast<QRgb*>(picture.scanLine(y));
        const auto* const alphas = reinterpret_cast<const QRgb*>(shape.constScanLine(y));
        for (int x = 0; x < picture.width(); ++x)
            line[x] = (line[x] & 0x00ffffff) | (alphas[x] & 0xff000000);
    }
    return picture;
}

void validateAnimation(const Recipe& recipe)
{
    const Page& page = recipe.design.page;
    if (!recipe.design.frames)
        throw InputError("frames",
                         "A GIF is a sweep through time: frames (--frames) is missing in the figure's description");
    validate(page, FigureFormat::Gif);
    const double mib = 4.0 * exportPixels(page.widthMm, page.dpi) * exportPixels(page.heightMm, page.dpi) *
                       static_cast<double>(recipe.design.frames->count) / (1 << 20);
    if (mib > mostPictureMib)
        throw InputError("--dpi", std::to_string(recipe.design.frames->count) + " frames of " +
                                      std::to_string(exportPixels(page.widthMm, page.dpi)) + " x " +
                                      std::to_string(exportPixels(page.heightMm, page.dpi)) + " pixels need " +
                                      std::to_string(static_cast<std::int64_t>(mib)) +
                                      " MiB, more than 1024; choose a "
                                      "lower resolution (--dpi), a smaller size, or fewer frames");
}

QByteArray animationFile(const std::vector<QImage>& pictures, const Recipe& recipe, const QString& description,
                         const Progress& progress)
{
    return withDigests(gifFile(pictures, recipe.design.frames->seconds,
                               std::string(recipeKey) + '\n' + carriedText(toJson(recipe)), progress),
                       FigureFormat::Gif, description);
}

QByteArray renderAnimation(const std::vector<Figure>& frames, const Recipe& recipe, const Progress& progress)
{
    validateAnimation(recipe);
    if (frames.empty())
        throw InputError("frames", "A GIF has at least one frame; there is none");
    std::vector<QImage> pictures;
    const auto fit = fitFrames(frames, recipe.design.page);
    for (const Figure& frame : frames) {
        FigureRendering rendering(frame, framePicture(recipe), FigureFormat::Png, fit);
        rendering.drawMaps(progress.part(pictures.size(), frames.size()));
        while (rendering.drawRest())
            progress.check();
        pictures.push_back(gifPicture(rendering.image(), recipe.design.page, frame.grey));
    }
    return animationFile(pictures, recipe, alternativeText(frames.front()), {progress.stop, {}});
}

}  // namespace posbias::ui
