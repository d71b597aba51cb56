// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/files/figure_export.h"

#include "core/base/error.h"
#include "core/base/quoted_text.h"
#include "core/figure/figure_data.h"
#include "core/io/atomic_file.h"
#include "ui/plot/files/figure_rendering.h"

#include <QFontDatabase>

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

constexpr int longestGifSide = 65535;

std::string pixelSize(const Page& page)
{
    return std::to_string(exportPixels(page.widthMm, page.dpi)) + " x " +
           std::to_string(exportPixels(page.heightMm, page.dpi)) + " pixels";
}

}  // namespace

int exportPixels(double mm, int dpi)
{
    return static_cast<int>(std::lround(mm * dpi / mmPerInch));
}

void validate(const Page& page, FigureFormat format)
{
    validate(page);
    if (format != FigureFormat::Png && format != FigureFormat::Gif)
        return;
    const int width = exportPixels(page.widthMm, page.dpi), height = exportPixels(page.heightMm, page.dpi);
    const std::string makes = "The resolution (--dpi) is " + std::to_string(page.dpi) + ", which makes a " +
                              (format == FigureFormat::Png ? "PNG" : "GIF") + " of " + pixelSize(page);
    const double gib = 4.0 * width * height / 1073741824.0;
    if (gib * 1024.0 > mostPictureMib)
        throw InputError("--dpi",
                         makes + " (" + QString::number(gib, 'f', 1).toStdString() +
                             " GiB); at most 1 GiB is allowed, so take a lower dpi, a smaller size, or PDF or SVG");
    if (format == FigureFormat::Gif && std::max(width, height) > longestGifSide)
        throw InputError("--dpi",
                         makes + "; at most 65535 are allowed each way, so take a lower dpi or a smaller size");
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
    throw InputError("-o", "-o is " + quotedText(file.string()) + "; its name must end in one of " + allowed);
}

std::string missingFont(const Page& page)
{
    const QString family = QString::fromStdString(page.fontFamily);
    return family.isEmpty() || QFontDatabase::hasFamily(family) ? std::string() : page.fontFamily;
}

QImage renderImage(const Figure& figure, const Page& page)
{
    Recipe recipe;
    recipe.design.page = page;
    FigureRendering rendering(figure, recipe, FigureFormat::Png);
    rendering.drawMaps({});
    while (rendering.drawRest()) {
    }
    return rendering.image();
}

bool isTable(FigureFormat format)
{
    return format == FigureFormat::Csv || format == FigureFormat::Npy;
}

RenderedFigure renderTable(const Figure& figure, FigureFormat format, const Progress& progress)
{
    RenderedFigure table;
    const TextSink sink = [&](std::string_view text) {
        table.bytes.append(text.data(), static_cast<qsizetype>(text.size()));
    };
    if (format == FigureFormat::Npy)
        writeFigureNpy(figure, sink, progress);
    else
        writeFigureCsv(figure, sink, progress);
    return table;
}

RenderedFigure renderFigure(const Figure& figure, const Recipe& recipe, FigureFormat format, const Progress& progress)
{
    if (isTable(format))
        return renderTable(figure, format, progress);
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
    // All of them first beside their targets: none appears when one cannot be written.
    AtomicFiles files;
    const auto write = [&](const std::filesystem::path& path, const QByteArray& bytes) {
        progress.check();
        files.write(path, {bytes.constData(), static_cast<std::size_t>(bytes.size())});
    };
    for (const SideFile& side : rendered.sideFiles)
        write(file.parent_path() / side.name, side.bytes);
    write(file, rendered.bytes);
    progress.check();
    files.commit();
}

}  // namespace posbias::ui
