// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/files/figure_rendering.h"

#include "core/base/error.h"
#include "core/io/lecture_file.h"
#include "ui/plot/figure_plot.h"
#include "ui/plot/files/figure_digest.h"
#include "ui/plot/files/figure_recipe.h"
#include "ui/plot/files/file_devices.h"
#include "ui/plot/files/page_fit.h"
#include "ui/plot/files/tex_file.h"
#include "ui/plot/layout/figure_geometry.h"
#include "ui/plot/paint/map_painter.h"
#include "ui/text/alternative_text.h"

#include <qcustomplot.h>

#include <QBuffer>

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

constexpr int bandPixels = 1 << 22;  ///< of a picture that are painted at once: about 10 ms

Fonts fontsOf(const Page& page)
{
    return Fonts(TypeSizes(), usedFontFamily(page));
}

}  // namespace

struct FigureRendering::Private {
    Figure figure, described;  ///< as the page has it; as it was given, each panel with all its words
    FigureWords words;
    std::string name;
    Page settings;
    Fonts fonts;
    FigureFormat format = FigureFormat::Png;
    PageFit page;
    FigureGeometry geometry;
    std::vector<MapImage> maps;  ///< drawn, without their pictures

    QImage image;
    RenderedFigure rendered;
    WordLog log;
    QBuffer buffer{&rendered.bytes};
    std::unique_ptr<QPaintDevice> vectorDevice;
    std::unique_ptr<QCPPainter> painter;
    std::unique_ptr<FigurePlot> plot;  ///< during step 2
    int rowsDone = 0;

    double pixelsPerUnit() const { return settings.dpi / mmPerInch / page.unitsPerMm; }
    void begin();
    void makeImage();
    void makeVectorDevice();
    std::unique_ptr<QCPPainter> painterOn(QPaintDevice& device, double top = 0.0) const;
    void drawRestOn(QCPPainter& on);
    MapRequest request(const MapPanel& panel, const QRect& plot) const;
    std::vector<std::pair<const MapPanel*, QRect>> mapPlaces() const;
};

void FigureRendering::Private::makeImage()
{
    const QSize size(exportPixels(settings.widthMm, settings.dpi), exportPixels(settings.heightMm, settings.dpi));
    image = QImage(size, settings.transparent ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32);
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
    const double dotsPerInch = image.isNull() ? device.logicalDpiX() : settings.dpi;
    const double scale = dotsPerInch / mmPerInch / page.unitsPerMm;
    made->setWorldTransform(QTransform(scale, 0.0, 0.0, scale, 0.0, -top));
    return made;
}

void FigureRendering::Private::begin()
{
    const QColor background = fileTheme(settings.theme, figure.grey).stage;
    if (format == FigureFormat::Png) {
        makeImage();
        image.fill(settings.transparent ? QColor(Qt::transparent) : background);
        painter = painterOn(image);
        return;
    }
    makeVectorDevice();
    painter = painterOn(*vectorDevice);
    if (!settings.transparent)
        painter->fillRect(QRectF(0.0, 0.0, settings.widthMm * page.unitsPerMm, settings.heightMm * page.unitsPerMm),
                          background);
}

void FigureRendering::Private::makeVectorDevice()
{
    words.description = alternativeText(described);  // reads the maps: not while the window waits
    if (format == FigureFormat::Tex) {
        vectorDevice =
            std::make_unique<TexDevice>(QSizeF(settings.widthMm, settings.heightMm), name, settings.text, &log);
        return;
    }
    buffer.open(QIODevice::WriteOnly);
    if (format == FigureFormat::Svg)
        vectorDevice = std::make_unique<SvgDevice>(buffer, settings, &log);
    else
        vectorDevice = std::make_unique<PdfDevice>(buffer, settings, words, &log);
}

/// As many pixels as the device has there.
MapRequest FigureRendering::Private::request(const MapPanel& panel, const QRect& plot) const
{
    const int side = std::max(1, static_cast<int>(std::lround(plot.width() * pixelsPerUnit())));
    return {panel.source, geometry.cells, QSize(side, side), figure.scales.at(panel.scale), panel.parameters};
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

FigureRendering::FigureRendering(const Figure& figure, const Recipe& recipe, FigureFormat format,
                                 const std::shared_ptr<const PageFit>& fit)
    : d(std::make_unique<Private>())
{
    const Page& settings = recipe.design.page;
    if (format == FigureFormat::Gif)
        throw InputError("-o", "A GIF is a sweep of several pictures; this figure has one: say what changes with "
                               "--frames, or take PNG, SVG or PDF");
    Q_ASSERT(!isTable(format));
    validate(settings, format);
    d->words.recipe = toJson(recipe);
    d->words.title = QString::fromStdString(figure.title.empty() ? recipe.experiment.title : figure.title);
    d->name = recipe.design.name.empty() ? "figure" : recipe.design.name;
    d->settings = settings;
    d->format = format;
    d->fonts = fontsOf(settings);
    d->page = fit ? *fit : fitPage({&figure, 1}, d->fonts, settings);
    d->settings.heightMm = d->page.heightMm;
    validate(d->settings, format);
    d->described = figure;
    d->figure = arranged(figure, d->page.arrangement);
    d->geometry = layOut(d->figure, d->fonts, d->page.size, d->page.needsOfAll());
}

FigureRendering::~FigureRendering() = default;

void FigureRendering::drawMaps(const Progress& progress)
{
    d->begin();
    const auto places = d->mapPlaces();
    for (std::size_t k = 0; k < places.size(); ++k) {
        const auto& [panel, plot] = places[k];
        const MapRequest request = d->request(*panel, plot);
        const Progress part = progress.part(k, places.size());
        if (d->vectorDevice) {
            d->maps.push_back(paintFileMap(*d->painter, *panel, request, plot, part));
        } else {
            MapImage map = makeMapImage(request, part);
            paintMapImage(*d->painter, d->geometry.cells, plot, map);
            map.image = {};
            d->maps.push_back(std::move(map));
        }
        progress.at(static_cast<double>(k + 1) / static_cast<double>(places.size()));
    }
}

void FigureRendering::Private::drawRestOn(QCPPainter& on)
{
    if (!plot) {
        plot = std::make_unique<FigurePlot>();
        plot->setTheme(fileTheme(settings.theme, figure.grey));
        plot->setFonts(fonts);
        plot->setFigure(figure);
    }
    plot->paintOver(on, page.size, pixelsPerUnit(), maps, page.needsOfAll());
}

bool FigureRendering::drawRest()
{
    bool more = false;
    if (d->vectorDevice) {
        d->drawRestOn(*d->painter);
        d->painter.reset();
        if (d->format == FigureFormat::Svg)  // here, where fonts are at hand
            d->rendered.bytes = static_cast<const SvgDevice&>(*d->vectorDevice).withWords(d->rendered.bytes);
    } else {
        d->painter.reset();
        QImage& image = d->image;
        const int rows = std::min(std::max(1, bandPixels / image.width()), image.height() - d->rowsDone);
        PictureBand band(image, d->rowsDone, rows, &d->log);
        d->drawRestOn(*d->painterOn(band, d->rowsDone));
        d->rowsDone += rows;
        more = d->rowsDone < image.height();
    }
    if (!more) {
        d->plot.reset();
        d->rendered.remarks = remarks(d->format);
    }
    return more;
}

QStringList FigureRendering::remarks(FigureFormat as) const
{
    QStringList all;
    if (!d->page.note.empty())
        all << QString::fromStdString(d->page.note);
    const bool tex = as == FigureFormat::Tex;
    if (tex) {
        TexNeeds needs;
        if (d->settings.text != TextForm::Outline)
            for (const QString& text : d->log.samples())
                texText(text, needs);
        all += texRemarks(needs, d->name);
    }
    if ((!tex || d->settings.text == TextForm::Outline) && !d->log.missing().empty())
        all << QStringLiteral("No installed font has %1: there are boxes in the figure instead")
                   .arg(namedCharacters(d->log.missing()));
    return all;
}

void FigureRendering::encode()
{
    switch (d->format) {
    case FigureFormat::Pdf:
        d->rendered.bytes =
            withDigests(withFixedPdfDate(PdfDevice::withSpaces(d->rendered.bytes)), d->format, d->words.description);
        return;
    case FigureFormat::Svg:
        d->rendered.bytes = withDigests(withSvgRecipe(d->rendered.bytes, d->words), d->format, d->words.description);
        return;
    case FigureFormat::Tex: {
        const auto& device = static_cast<const TexDevice&>(*d->vectorDevice);
        d->rendered.sideFiles = device.sideFiles();
        d->rendered.bytes =
            withDigests(texFile(device, d->settings, d->words), d->format, d->words.description, d->rendered.sideFiles);
        return;
    }
    default: break;
    }
    d->words.description = alternativeText(d->described);
    addRecipe(d->image, d->words);
    if (!d->buffer.open(QIODevice::WriteOnly) || !d->image.save(&d->buffer, "PNG"))
        throw FailureError("The PNG picture could not be made");
    d->rendered.bytes = withDigests(d->rendered.bytes, d->format, d->words.description);
}

std::shared_ptr<const PageFit> fitFrames(std::span<const Figure> frames, const Page& page)
{
    return std::make_shared<const PageFit>(fitPage(frames, fontsOf(page), page));
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
