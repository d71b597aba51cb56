// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/figure_rendering.h"

#include "core/base/error.h"
#include "core/io/lecture_file.h"
#include "ui/plot/figure_geometry.h"
#include "ui/plot/figure_plot.h"
#include "ui/plot/figure_recipe.h"
#include "ui/plot/map_painter.h"
#include "ui/text/alternative_text.h"

#include <qcustomplot.h>

#include <QBuffer>
#include <QPageSize>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

/// Logical units: type of 13 units is 11 px at 96 dpi (8.25 pt), what papers use under figures.
constexpr double unitsPerMm = 96.0 / mmPerInch * 13.0 / 11.0;
constexpr double leastWidth = 480.0;  ///< units that a figure needs side by side; on narrower ones type shrinks
constexpr int mostVectorPixels = 4096;  ///< a side of a map's picture inside PDF and SVG
constexpr int svgPerMm = 100;           ///< whole hundredths of a millimetre
constexpr int pdfResolution = 1200;
constexpr int bandPixels = 1 << 22;     ///< of a picture that are painted at once: about 10 ms

/// Papers and slides have white pages: a figure's stage is white too.
Theme fileTheme(ThemeName name)
{
    Theme t = theme(name);
    if (name == ThemeName::Light)
        t.stage = t.window;
    return t;
}

struct Sheet {
    QSize size;  ///< units
    double perMm = unitsPerMm;
};

Sheet pageFor(const Figure& figure, const Page& settings)
{
    Sheet page;
    page.perMm = std::max(unitsPerMm, leastWidth / settings.widthMm);
    const auto units = [&](double mm) { return static_cast<int>(std::ceil(mm * page.perMm - 1e-6)); };
    const double needed = layOut(figure, Fonts(), QSize(units(settings.widthMm), 1)).leastHeight;
    page.perMm = std::max(page.perMm, needed / settings.heightMm);
    page.size = QSize(units(settings.widthMm), units(settings.heightMm));
    return page;
}

std::unique_ptr<QPaintDevice> svgDevice(QIODevice& out, const Page& settings, const FigureWords& words)
{
    auto svg = std::make_unique<QSvgGenerator>();
    svg->setOutputDevice(&out);
    svg->setResolution(static_cast<int>(svgPerMm * mmPerInch));
    const QSize size(static_cast<int>(std::lround(settings.widthMm * svgPerMm)),
                     static_cast<int>(std::lround(settings.heightMm * svgPerMm)));
    svg->setSize(size);
    svg->setViewBox(QRect(QPoint(), size));
    svg->setTitle(words.title.toHtmlEscaped());  // Qt writes it as it is
    return svg;
}

std::unique_ptr<QPaintDevice> pdfDevice(QIODevice& out, const Page& settings, const FigureWords& words)
{
    auto pdf = std::make_unique<QPdfWriter>(&out);
    pdf->setResolution(pdfResolution);
    pdf->setPageSize(QPageSize(QSizeF(settings.widthMm, settings.heightMm), QPageSize::Millimeter, QString(),
                               QPageSize::ExactMatch));
    pdf->setPageMargins(QMarginsF());
    pdf->setTitle(words.title);
    pdf->setCreator(QStringLiteral("PosBias"));
    pdf->setDocumentXmpMetadata(pdfRecipe(words));
    return pdf;
}

}  // namespace

struct FigureRendering::Private {
    Figure figure;
    FigureWords words;
    Page settings;
    FigureFormat format = FigureFormat::Png;
    Sheet page;
    FigureGeometry geometry;
    std::vector<MapImage> maps;  ///< drawn, without their pictures

    QImage image;
    RenderedFigure rendered;
    QBuffer buffer{&rendered.bytes};
    std::unique_ptr<QPaintDevice> vectorDevice;
    std::unique_ptr<QCPPainter> painter;
    std::unique_ptr<FigurePlot> plot;  ///< during step 2
    int rowsDone = 0;

    double pixelsPerUnit() const { return settings.dpi / mmPerInch / page.perMm; }
    void begin();
    void makeImage();
    std::unique_ptr<QCPPainter> painterOn(QPaintDevice& device, double top = 0.0) const;
    void drawRestOn(QCPPainter& on);
    MapRequest request(const MapPanel& panel, const QRect& plot) const;
    std::vector<std::pair<const MapPanel*, QRect>> mapPlaces() const;
};

void FigureRendering::Private::makeImage()
{
    const QSize size(exportPixels(settings.widthMm, settings.dpi), exportPixels(settings.heightMm, settings.dpi));
    image = QImage(size, QImage::Format_RGB32);
    if (image.isNull())
        throw FailureError("There is not enough memory for a picture of " + std::to_string(size.width()) + " x " +
                           std::to_string(size.height()) + " pixels");
    const int dotsPerMeter = static_cast<int>(std::lround(settings.dpi * 1000.0 / mmPerInch));
    image.setDotsPerMeterX(dotsPerMeter);
    image.setDotsPerMeterY(dotsPerMeter);
}

/// `top`: of the picture, where the device begins.
std::unique_ptr<QCPPainter> FigureRendering::Private::painterOn(QPaintDevice& device, double top) const
{
    auto made = std::make_unique<QCPPainter>(&device);
    made->setModes(QCPPainter::PainterModes(QCPPainter::pmVectorized) | QCPPainter::pmNoCaching |
                   QCPPainter::pmNonCosmetic);
    made->setRenderHint(QPainter::LosslessImageRendering);  // no JPEG inside PDF
    const double perMm = format == FigureFormat::Png   ? settings.dpi / mmPerInch
                         : format == FigureFormat::Svg ? svgPerMm
                                                       : pdfResolution / mmPerInch;
    const double scale = perMm / page.perMm;
    made->setWorldTransform(QTransform(scale, 0.0, 0.0, scale, 0.0, -top));
    return made;
}

void FigureRendering::Private::begin()
{
    const QColor background = fileTheme(settings.theme).stage;
    if (format == FigureFormat::Png) {
        makeImage();
        image.fill(background);
        painter = painterOn(image);
        return;
    }
    buffer.open(QIODevice::WriteOnly);
    vectorDevice = format == FigureFormat::Svg ? svgDevice(buffer, settings, words)
                                               : pdfDevice(buffer, settings, words);
    painter = painterOn(*vectorDevice);
    painter->fillRect(QRect(QPoint(), page.size), background);
}

/// As many pixels as the device has there.
MapRequest FigureRendering::Private::request(const MapPanel& panel, const QRect& plot) const
{
    int side = std::max(1, static_cast<int>(std::lround(plot.width() * pixelsPerUnit())));
    if (vectorDevice)
        side = std::min(side, mostVectorPixels);
    return {panel.source, geometry.cells, QSize(side, side), figure.scales.at(panel.scale)};
}

std::vector<std::pair<const MapPanel*, QRect>> FigureRendering::Private::mapPlaces() const
{
    std::vector<std::pair<const MapPanel*, QRect>> places;
    for (std::size_t r = 0; r < figure.rows.size(); ++r)
        for (std::size_t p = 0; p < figure.rows[r].panels.size(); ++p)
            if (const auto* map = std::get_if<MapPanel>(&figure.rows[r].panels[p]))
                places.emplace_back(map, geometry.rows[r][p].plot);
    return places;
}

FigureRendering::FigureRendering(const Figure& figure, const Recipe& recipe, FigureFormat format)
    : d(std::make_unique<Private>())
{
    const Page& settings = recipe.design.page;
    validate(settings, format);
    d->figure = figure;
    d->words.recipe = toJson(recipe);
    d->words.title = QString::fromStdString(figure.title.empty() ? recipe.experiment.title : figure.title);
    d->words.description = alternativeText(figure);
    d->settings = settings;
    d->format = format;
    d->page = pageFor(figure, settings);
    d->geometry = layOut(figure, Fonts(), d->page.size);
}

FigureRendering::~FigureRendering() = default;

void FigureRendering::drawMaps(const Progress& progress)
{
    d->begin();
    const auto places = d->mapPlaces();
    for (std::size_t k = 0; k < places.size(); ++k) {
        const auto& [panel, plot] = places[k];
        MapImage map = makeMapImage(d->request(*panel, plot), progress.part(k, places.size()));
        paintMapImage(*d->painter, d->geometry.cells, plot, map);
        map.image = {};
        d->maps.push_back(std::move(map));
        progress.at(static_cast<double>(k + 1) / static_cast<double>(places.size()));
    }
}

void FigureRendering::Private::drawRestOn(QCPPainter& on)
{
    if (!plot) {
        plot = std::make_unique<FigurePlot>();
        plot->setTheme(fileTheme(settings.theme));
        plot->setFigure(figure);
    }
    plot->paintOver(on, page.size, pixelsPerUnit(), maps);
}

bool FigureRendering::drawRest()
{
    bool more = false;
    if (d->vectorDevice) {
        d->drawRestOn(*d->painter);
        d->painter.reset();
    } else {
        d->painter.reset();
        QImage& image = d->image;
        const int rows = std::min(std::max(1, bandPixels / image.width()), image.height() - d->rowsDone);
        QImage band(image.scanLine(d->rowsDone), image.width(), rows, image.bytesPerLine(), image.format());
        d->drawRestOn(*d->painterOn(band, d->rowsDone));
        d->rowsDone += rows;
        more = d->rowsDone < image.height();
    }
    if (!more)
        d->plot.reset();
    return more;
}

void FigureRendering::encode()
{
    switch (d->format) {
    case FigureFormat::Pdf: d->rendered.bytes = withFixedPdfDate(d->rendered.bytes); return;
    case FigureFormat::Svg: d->rendered.bytes = withSvgRecipe(d->rendered.bytes, d->words); return;
    default: break;
    }
    d->image.setText(QString::fromLatin1(recipeKey), QString::fromStdString(d->words.recipe));
    if (!d->buffer.open(QIODevice::WriteOnly) || !d->image.save(&d->buffer, "PNG"))
        throw FailureError("The PNG picture could not be made");
}

const QImage& FigureRendering::image() const
{
    return d->image;
}

const RenderedFigure& FigureRendering::rendered() const
{
    return d->rendered;
}

}  // namespace posbias::ui
