// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/figure_export.h"

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "ui/plot/figure_rendering.h"

#include <cmath>

namespace posbias::ui {
namespace {

std::string shortNumber(double value)
{
    return QString::number(value, 'g', 6).toStdString();
}

void checkRange(const char* name, const char* option, double value, double least, double most, const char* unit)
{
    if (!(value >= least && value <= most))
        throw InputError(option, std::string("The ") + name + " (" + option + ") is " + shortNumber(value) + unit +
                                     "; allowed are " + shortNumber(least) + " to " + shortNumber(most) + unit);
}

}  // namespace

int exportPixels(double mm, int dpi)
{
    return static_cast<int>(std::lround(mm * dpi / mmPerInch));
}

void validate(const Page& settings, FigureFormat format)
{
    checkRange("width", "--width", settings.widthMm, 10.0, 2000.0, " mm");
    checkRange("height", "--height", settings.heightMm, 10.0, 2000.0, " mm");
    checkRange("resolution", "--dpi", settings.dpi, 36.0, 2400.0, "");
    if (format != FigureFormat::Png)
        return;
    const double width = exportPixels(settings.widthMm, settings.dpi);
    const double height = exportPixels(settings.heightMm, settings.dpi);
    const double gib = 4.0 * width * height / 1073741824.0;
    if (gib > 1.0)
        throw InputError("--dpi",
                         "The resolution (--dpi) is " + std::to_string(settings.dpi) + ", which makes a PNG of " +
                             std::to_string(exportPixels(settings.widthMm, settings.dpi)) + " x " +
                             std::to_string(exportPixels(settings.heightMm, settings.dpi)) + " pixels (" +
                             QString::number(gib, 'f', 1).toStdString() +
                             " GiB); at most 1 GiB is allowed, so take a lower dpi, a smaller size, or PDF or SVG");
}

const std::vector<FigureFormat>& figureFormats()
{
    using enum FigureFormat;
    static const std::vector<FigureFormat> all = {Pdf, Svg, Png, Tex, Csv, Npy, Gif};
    return all;
}

std::string endingOf(FigureFormat format)
{
    switch (format) {
    case FigureFormat::Pdf: return "pdf";
    case FigureFormat::Svg: return "svg";
    case FigureFormat::Png: return "png";
    case FigureFormat::Tex: return "tex";
    case FigureFormat::Csv: return "csv";
    case FigureFormat::Npy: return "npy";
    case FigureFormat::Gif: return "gif";
    }
    return {};
}

FigureFormat formatFromName(const std::filesystem::path& file)
{
    const std::string ending = QString::fromStdString(file.extension().string()).toLower().toStdString();
    std::string allowed;
    for (const FigureFormat format : figureFormats()) {
        if (ending == '.' + endingOf(format))
            return format;
        allowed += (allowed.empty() ? "." : ", .") + endingOf(format);
    }
    throw InputError("-o", "-o is \"" + file.string() + "\"; its name must end in one of " + allowed);
}

std::string missingFont(const Page&)
{
    return {};
}

QImage renderImage(const Figure& figure, const Page& page)
{
    Recipe recipe;
    recipe.design.page = page;
    FigureRendering rendering(figure, recipe, FigureFormat::Png);
    rendering.drawMaps({});
    while (rendering.drawRest()) {}
    return rendering.image();
}

RenderedFigure renderFigure(const Figure& figure, const Recipe& recipe, FigureFormat format, const Progress& progress)
{
    FigureRendering rendering(figure, recipe, format);
    rendering.drawMaps(progress);
    while (rendering.drawRest())
        progress.check();
    progress.check();
    rendering.encode();
    return rendering.rendered();
}

void writeFigure(const RenderedFigure& rendered, const std::filesystem::path& file, const Progress& progress)
{
    progress.check();
    writeFileAtomically(file, {rendered.bytes.constData(), static_cast<std::size_t>(rendered.bytes.size())});
}

}  // namespace posbias::ui
