// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/figure_export.h"

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "core/io/experiment_file.h"
#include "ui/plot/figure_geometry.h"
#include "ui/plot/figure_plot.h"
#include "ui/plot/figure_recipe.h"

#include <QBuffer>
#include <QPageSize>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

constexpr double mmPerInch = 25.4;
/// Logical units: type of 13 units is 11 px at 96 dpi (8.25 pt), what papers use under figures.
constexpr double unitsPerMm = 96.0 / mmPerInch * 13.0 / 11.0;
constexpr double leastWidth = 480.0;  ///< units that a figure needs side by side; on narrower ones type shrinks

/// Papers and slides have white pages: a figure's stage is white too.
Theme fileTheme(ThemeName name)
{
    Theme t = theme(name);
    if (name == ThemeName::Light)
        t.stage = t.window;
    return t;
}

struct Page {
    QSize size;  ///< units
    double perMm = unitsPerMm;
};

Page pageFor(const Figure& figure, const ExportSettings& settings)
{
    Page page;
    page.perMm = std::max(unitsPerMm, leastWidth / settings.widthMm);
    const auto units = [&](double mm) { return static_cast<int>(std::ceil(mm * page.perMm - 1e-6)); };
    const double needed = layOut(figure, Fonts(), QSize(units(settings.widthMm), 1)).leastHeight;
    page.perMm = std::max(page.perMm, needed / settings.heightMm);
    page.size = QSize(units(settings.widthMm), units(settings.heightMm));
    return page;
}

/// `devicePerMm`: the device's own units.
void paint(QPaintDevice& device, const Figure& figure, const ExportSettings& settings, double devicePerMm)
{
    const Page page = pageFor(figure, settings);
    FigurePlot plot;
    plot.setImmediate(true);
    plot.setTheme(fileTheme(settings.theme));
    plot.setFigure(figure);
    const double scale = devicePerMm / page.perMm;
    plot.paintTo(device, page.size, settings.dpi / mmPerInch / page.perMm, QTransform::fromScale(scale, scale));
}

int pixels(double mm, int dpi)
{
    return static_cast<int>(std::lround(mm * dpi / mmPerInch));
}

QByteArray pngBytes(const Figure& figure, const std::string& recipe, const ExportSettings& settings)
{
    QImage image = renderImage(figure, settings);
    image.setText(QStringLiteral("posbias"), QString::fromStdString(recipe));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::WriteOnly) || !image.save(&buffer, "PNG"))
        throw FailureError("The PNG picture could not be made");
    return bytes;
}

QByteArray svgBytes(const Figure& figure, const std::string& recipe, const std::string& title,
                    const ExportSettings& settings)
{
    constexpr int perMm = 100;  // whole hundredths of a millimetre
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    svg.setResolution(static_cast<int>(perMm * mmPerInch));
    const QSize size(static_cast<int>(std::lround(settings.widthMm * perMm)),
                     static_cast<int>(std::lround(settings.heightMm * perMm)));
    svg.setSize(size);
    svg.setViewBox(QRect(QPoint(), size));
    svg.setTitle(QString::fromStdString(title).toHtmlEscaped());  // Qt writes it as it is
    paint(svg, figure, settings, perMm);
    return withSvgRecipe(bytes, recipe);
}

QByteArray pdfBytes(const Figure& figure, const std::string& recipe, const std::string& title,
                    const ExportSettings& settings)
{
    constexpr int resolution = 1200;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter pdf(&buffer);
        pdf.setResolution(resolution);
        pdf.setPageSize(QPageSize(QSizeF(settings.widthMm, settings.heightMm), QPageSize::Millimeter, QString(),
                                  QPageSize::ExactMatch));
        pdf.setPageMargins(QMarginsF());
        pdf.setTitle(QString::fromStdString(title));
        pdf.setCreator(QStringLiteral("PosBias"));
        pdf.setDocumentXmpMetadata(pdfRecipe(recipe, QString::fromStdString(title)));
        paint(pdf, figure, settings, resolution / mmPerInch);
    }
    return withFixedPdfDate(bytes);
}

std::string shortNumber(double value)
{
    return QString::number(value, 'g', 6).toStdString();
}

void checkRange(const char* name, const char* option, double value, double least, double most, const char* unit)
{
    if (!(value >= least && value <= most))
        throw InputError(option, std::string("The ") + name + " (" + option + ") is " + shortNumber(value) + unit + "; allowed are " +
                                     shortNumber(least) + " to " + shortNumber(most) + unit);
}

}  // namespace

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
    const double width = pixels(settings.widthMm, settings.dpi), height = pixels(settings.heightMm, settings.dpi);
    const double gib = 4.0 * width * height / 1073741824.0;
    if (gib > 1.0)
        throw InputError("--dpi",
                         "The resolution (--dpi) is " + std::to_string(settings.dpi) + ", which makes a PNG of " +
                             std::to_string(pixels(settings.widthMm, settings.dpi)) + " x " +
                             std::to_string(pixels(settings.heightMm, settings.dpi)) + " pixels (" +
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
    QImage image(pixels(settings.widthMm, settings.dpi), pixels(settings.heightMm, settings.dpi), QImage::Format_RGB32);
    if (image.isNull())
        throw FailureError("There is not enough memory for a picture of " +
                           std::to_string(pixels(settings.widthMm, settings.dpi)) + " x " +
                           std::to_string(pixels(settings.heightMm, settings.dpi)) + " pixels");
    image.fill(fileTheme(settings.theme).stage);
    paint(image, figure, settings, settings.dpi / mmPerInch);
    const int dotsPerMeter = static_cast<int>(std::lround(settings.dpi * 1000.0 / mmPerInch));
    image.setDotsPerMeterX(dotsPerMeter);
    image.setDotsPerMeterY(dotsPerMeter);
    return image;
}

QByteArray renderFigure(const Figure& figure, const Experiment& experiment, const ExportSettings& settings,
                        FigureFormat format)
{
    validate(settings, format);
    const std::string recipe = toJson(experiment);
    switch (format) {
    case FigureFormat::Pdf: return pdfBytes(figure, recipe, experiment.title, settings);
    case FigureFormat::Svg: return svgBytes(figure, recipe, experiment.title, settings);
    case FigureFormat::Png: break;
    }
    return pngBytes(figure, recipe, settings);
}

void exportFigure(const Figure& figure, const Experiment& experiment, const ExportSettings& settings,
                  const std::filesystem::path& file, const Progress& progress)
{
    const QByteArray bytes = renderFigure(figure, experiment, settings, formatFromName(file));
    progress.check();
    writeFileAtomically(file, {bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

}  // namespace posbias::ui
