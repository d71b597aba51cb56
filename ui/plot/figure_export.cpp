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

ExportSettings defaultExportSettings(FigureKind kind)
{
    ExportSettings settings;
    settings.widthMm = 180.0;
    switch (kind) {
    case FigureKind::Compare: settings.heightMm = 150.0; break;
    case FigureKind::Attention: settings.heightMm = 130.0; break;
    case FigureKind::Bias: settings.heightMm = 76.0; break;
    case FigureKind::Buckets: settings.heightMm = 45.0; break;
    case FigureKind::Profile: settings.heightMm = 90.0; break;
    case FigureKind::Exposure: settings.heightMm = 100.0; break;
    case FigureKind::Learning: settings.heightMm = 130.0; break;
    case FigureKind::Generalization: settings.heightMm = 130.0; break;
    case FigureKind::Level: settings.heightMm = 120.0; break;
    case FigureKind::Sweep: settings.heightMm = 80.0; break;
    }
    return settings;
}

void validate(const ExportSettings& settings, FigureFormat format)
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

FigureFormat formatFromName(const std::filesystem::path& file)
{
    const QString ending = QString::fromStdString(file.extension().string()).toLower();
    if (ending == QLatin1String(".pdf"))
        return FigureFormat::Pdf;
    if (ending == QLatin1String(".svg"))
        return FigureFormat::Svg;
    if (ending == QLatin1String(".png"))
        return FigureFormat::Png;
    throw InputError("-o", "-o is \"" + file.string() + "\"; its name must end in .pdf, .svg or .png");
}

QImage renderImage(const Figure& figure, const ExportSettings& settings)
{
    FigureRendering rendering(figure, {}, settings, FigureFormat::Png);
    rendering.drawMaps({});
    while (rendering.drawRest()) {}
    return rendering.image();
}

QByteArray renderFigure(const Figure& figure, const Experiment& experiment, const ExportSettings& settings,
                        FigureFormat format, const Progress& progress)
{
    FigureRendering rendering(figure, experiment, settings, format);
    rendering.drawMaps(progress);
    while (rendering.drawRest())
        progress.check();
    progress.check();
    rendering.encode();
    return rendering.bytes();
}

void exportFigure(const Figure& figure, const Experiment& experiment, const ExportSettings& settings,
                  const std::filesystem::path& file, const Progress& progress)
{
    const QByteArray bytes = renderFigure(figure, experiment, settings, formatFromName(file), progress);
    progress.check();
    writeFileAtomically(file, {bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

}  // namespace posbias::ui
