// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Figures as files: PDF, SVG and PNG with a size in millimetres. The window and `posbias render` both end here.

#include "core/base/progress.h"
#include "core/figure/figure.h"
#include "ui/plot/ink/side_file.h"

#include <QByteArray>
#include <QImage>
#include <QStringList>

#include <filesystem>
#include <string>
#include <vector>

namespace posbias::ui {

enum class FigureFormat { Pdf, Svg, Png, Tex, Csv, Npy, Gif };
/// "pdf", ...
std::string endingOf(FigureFormat format);
/// From the file's ending; throws InputError (subject "-o").
FigureFormat formatFromName(const std::filesystem::path& file);
const std::vector<FigureFormat>& figureFormats();

int exportPixels(double mm, int dpi);
inline constexpr double mostPictureMib = 1024.0;  ///< of a PNG's pixels, and of all frames of a GIF
/// As validate(page); and a picture (PNG, GIF) that would need more than 1 GiB is refused with its size.
void validate(const Page& page, FigureFormat format);
/// The family that the page asks for where it is not installed, else empty: figureFontFamily() takes its place.
std::string missingFont(const Page& page);

struct RenderedFigure {
    QByteArray bytes;
    std::vector<SideFile> sideFiles;
    QStringList remarks =
        {};  ///< what a person has to know of it, in sentences: characters that no installed font has, ...
};

/// The file's bytes: the same figure and recipe give the same bytes, in the window and on the command line. The recipe
/// is carried inside (figure_recipe.h; not in CSV and NPY). PDF: fonts embedded, no JPEG, date from SOURCE_DATE_EPOCH or
/// fixed. `figure` is what recipe.design shows; side files are named after recipe.design.name. Throws InputError for
/// Gif: see renderAnimation.
RenderedFigure renderFigure(const Figure& figure, const Recipe& recipe, FigureFormat format,
                            const Progress& progress = {});
/// CSV and NPY: nothing is painted.
bool isTable(FigureFormat format);
/// The numbers of a figure, as renderFigure() gives them. On any thread.
RenderedFigure renderTable(const Figure& figure, FigureFormat format, const Progress& progress = {});
/// An animated GIF (recipe.design.frames tells the time of each frame), for ever.
QByteArray renderAnimation(const std::vector<Figure>& frames, const Recipe& recipe, const Progress& progress = {});
/// The PNG's picture.
QImage renderImage(const Figure& figure, const Page& page);
/// Writes it with its side files, each atomically; asked to stop meanwhile, it throws Cancelled and leaves no file.
void writeFigure(const RenderedFigure& rendered, const std::filesystem::path& file, const Progress& progress = {});

}  // namespace posbias::ui
