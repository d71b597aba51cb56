// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/figure_canvas.h"

#include "ui/plot/paint/bar_painter.h"
#include "ui/plot/paint/chart_painter.h"
#include "ui/plot/paint/chart_readout.h"
#include "ui/plot/paint/crosshair_painter.h"
#include "ui/plot/paint/curve_painter.h"
#include "ui/plot/paint/curve_thinning.h"
#include "ui/plot/paint/map_painter.h"
#include "ui/plot/paint/note_painter.h"
#include "ui/plot/paint/overview.h"
#include "ui/plot/paint/panel_heading.h"
#include "ui/plot/paint/panel_labels.h"
#include "ui/plot/paint/plot_parts.h"
#include "ui/plot/paint/ribbon_painter.h"
#include "ui/plot/paint/scheme_marks.h"

#include <qcustomplot.h>

#include <algorithm>
#include <utility>

namespace posbias::ui {
namespace {

const QString backgroundLayer = QStringLiteral("background");  // QCustomPlot's own names
const QString curveLayer = QStringLiteral("main");
const QString wordLayer = QStringLiteral("axes");
const QString mapLayer = QStringLiteral("maps");
const QString crosshairLayer = QStringLiteral("crosshair");

/// A panel's axis rectangle and curves.
struct CurveSet {
    std::size_t row = 0, panel = 0;
    QCPAxisRect* axes = nullptr;
    std::vector<QCPGraph*> graphs;
    double filledFor = 0.0;  ///< columns that the curves were thinned to
};
struct MapSet {
    MapAt at;
    QCPAxisRect* axes = nullptr;
};

}  // namespace

struct FigureCanvas::Private {
    Private(QWidget* parent, PictureListener pictureListener)
        : plot(new QCustomPlot(parent)),
          listener(std::move(pictureListener)),
          images({[this](std::vector<MapImage> made) { imagesArrived(std::move(made)); },
                  [this](std::vector<MapImage> made) { overviewArrived(std::move(made)); }, listener.progress,
                  listener.cancelled})
    {
        plot->setAttribute(Qt::WA_TransparentForMouseEvents);
        plot->setNotAntialiasedElements(QCP::aeNone);
        plot->plotLayout()->clear();
        layout = placedLayout([this](const QRect& rect) { place(rect); });
        plot->plotLayout()->addElement(0, 0, layout);
        // In buffers of their own: maps are drawn anew without curves while zooming, the crosshair without either.
        for (const QString& name : {mapLayer, crosshairLayer}) {
            plot->addLayer(name);
            plot->layer(name)->setMode(QCPLayer::lmBuffered);
        }
        QObject::connect(plot, &QCustomPlot::afterLayout, plot, [this] { wantImages(); });
        QObject::connect(plot, &QCustomPlot::afterReplot, plot, [this] { replotted(); });
    }

    void build();
    void buildMap(const MapAt& at);
    void buildRibbon(std::size_t row);
    void buildCurves(std::size_t row, std::size_t panel);
    void buildChart(std::size_t row, std::size_t panel);
    void part(const QString& layer, std::function<void(QPainter&)> paint)
    {
        parts.push_back(paintedPart(plot, layer, std::move(paint)));
    }
    void place(const QRect& viewport);
    void placeMaps();
    void fill(CurveSet& set);
    void wantImages();
    void imagesArrived(std::vector<MapImage> made);
    void overviewArrived(std::vector<MapImage> made);
    void replotted();
    void replotLater() { plot->replot(QCustomPlot::rpQueuedReplot); }
    void replotMapsLater();
    void replotMaps();
    void replotCrosshair()
    {
        if (context.geometry.size.isEmpty())
            replotLater();
        else
            plot->layer(crosshairLayer)->replot();
    }

    QCustomPlot* plot;
    PictureListener listener;
    PlotContext context;
    MapImages images;
    QCPLayout* layout = nullptr;
    std::vector<std::unique_ptr<QObject>> parts;
    std::vector<MapSet> maps;
    std::vector<CurveSet> curves;
    LayoutNeeds* needs = nullptr;  ///< while painting into a file
    /// Of the file whose places these are: its size, and pixels per unit. All bands of a picture have the same.
    std::optional<std::pair<QSize, double>> placedFor;
    bool immediate = false;
    bool announced = true;
    bool mapsAsked = false;
};

void FigureCanvas::Private::buildMap(const MapAt& at)
{
    maps.push_back({at, addAxes(layout, plot)});
    part(mapLayer, [this, at](QPainter& painter) {
        paintMapPicture(painter, context, at);
        paintMapLines(painter, context, at);
        paintMapWords(painter, context, at);
    });
}

void FigureCanvas::Private::buildRibbon(std::size_t row)
{
    part(backgroundLayer, [this, row](QPainter& painter) { paintRibbonBackground(painter, context, row); });
    part(curveLayer, [this, row](QPainter& painter) { paintRibbons(painter, context, row); });
    part(wordLayer, [this, row](QPainter& painter) { paintRibbonWords(painter, context, row); });
}

void FigureCanvas::Private::buildCurves(std::size_t row, std::size_t p)
{
    CurveSet set{row, p, addAxes(layout, plot), {}, 0.0};
    for (const Curve& curve : context.panel<CurvePanel>(row, p).curves) {
        QCPGraph* graph = fastGraph(set.axes);
        graph->setLayer(curveLayer);
        graph->setLineStyle(curve.steps ? QCPGraph::lsStepLeft : QCPGraph::lsLine);
        graph->setPen(curvePen(context, curve));
        set.graphs.push_back(graph);
    }
    curves.push_back(set);
    part(curveLayer, [this, row, p](QPainter& painter) { paintCurveMarks(painter, context, row, p); });
    part(backgroundLayer, [this, row, p](QPainter& painter) { paintCurveBackground(painter, context, row, p); });
    part(wordLayer, [this, row, p](QPainter& painter) { paintCurveWords(painter, context, row, p); });
}

void FigureCanvas::Private::buildChart(std::size_t row, std::size_t p)
{
    part(backgroundLayer, [this, row, p](QPainter& painter) { paintChartBackground(painter, context, row, p); });
    part(curveLayer, [this, row, p](QPainter& painter) { paintChartLines(painter, context, row, p); });
    part(wordLayer, [this, row, p](QPainter& painter) { paintChartWords(painter, context, row, p); });
}

void FigureCanvas::Private::build()
{
    placedFor.reset();
    plot->setBackground(context.theme.stage);
    plot->clearGraphs();
    parts.clear();
    maps.clear();
    curves.clear();
    layout->clear();
    part(wordLayer, [this](QPainter& painter) {
        paintColourBars(painter, context);
        paintFigureWords(painter, context);
    });
    for (std::size_t r = 0; r < context.figure.rows.size(); ++r)
        for (std::size_t p = 0; p < context.figure.rows[r].panels.size(); ++p) {
            const Panel& panel = context.figure.rows[r].panels[p];
            if (std::holds_alternative<MapPanel>(panel))
                buildMap({r, p, maps.size()});
            else if (std::holds_alternative<RibbonPanel>(panel))
                buildRibbon(r);
            else if (std::holds_alternative<CurvePanel>(panel))
                buildCurves(r, p);
            else if (std::holds_alternative<ChartPanel>(panel))
                buildChart(r, p);
            else
                part(curveLayer, [this, r, p](QPainter& painter) { paintBars(painter, context, r, p); });
        }
    part(crosshairLayer, [this](QPainter& painter) {
        paintNoteLines(painter, context);  // over the maps, whose layer lies on that of words
        paintCrosshair(painter, context);
        paintNoteWords(painter, context);
        paintOverview(painter, context);
        paintChartReadout(painter, context);
    });
    announced = false;
    replotLater();
}

void FigureCanvas::Private::place(const QRect& viewport)
{
    std::optional<std::pair<QSize, double>> file;
    if (context.pixelsPerUnit)
        file.emplace(viewport.size(), *context.pixelsPerUnit);
    if (!file || file != placedFor) {
        context.geometry = layOut(context.figure, context.fonts, viewport.size(), needs);
        placeLabels(context);
    }
    placedFor = file;
    placeMaps();
    for (CurveSet& set : curves)
        fill(set);
}

void FigureCanvas::Private::placeMaps()
{
    const CellRect& cells = context.geometry.cells;
    for (const MapSet& map : maps) {
        map.axes->setOuterRect(context.place(map.at.row, map.at.panel).plot);
        map.axes->axis(QCPAxis::atBottom)->setRange(cells.firstKey, cells.lastKey);
        map.axes->axis(QCPAxis::atLeft)->setRange(cells.firstQuery, cells.lastQuery);
        map.axes->axis(QCPAxis::atLeft)->setRangeReversed(true);
    }
}

void FigureCanvas::Private::replotMapsLater()
{
    if (mapsAsked)
        return;
    mapsAsked = true;
    QMetaObject::invokeMethod(
        plot, [this] { replotMaps(); }, Qt::QueuedConnection);
}

/// Other cells, other pictures: everything else stays where it is, unless the labels need another room.
void FigureCanvas::Private::replotMaps()
{
    mapsAsked = false;
    if (context.geometry.size.isEmpty()) {
        replotLater();
        return;
    }
    const FigureGeometry next = layOut(context.figure, context.fonts, context.geometry.size);
    if (next.rows != context.geometry.rows || next.bars != context.geometry.bars) {
        replotLater();
        return;
    }
    context.geometry = next;
    placeMapLabels(context);
    placeMaps();
    wantImages();
    plot->layer(mapLayer)->replot();
    plot->layer(crosshairLayer)->replot();
    replotted();
}

/// Axis ranges, and points no finer than the pixels.
void FigureCanvas::Private::fill(CurveSet& set)
{
    const PanelPlace& where = context.place(set.row, set.panel);
    const CurvePanel& panel = context.panel<CurvePanel>(set.row, set.panel);
    const OffsetScale scale(context.figure.offsetAxis);
    AxisMap axis{[](double x) { return x; }, [](double x) { return x; }, 0.0,
                 static_cast<double>(context.figure.length)};
    if (panel.axis == AxisKind::Offset)
        axis = {[scale](double x) { return scale.position(x); }, [scale](double at) { return scale.place(at); },
                scale.lower(), scale.upper()};
    set.axes->setOuterRect(where.plot);
    set.axes->axis(QCPAxis::atBottom)->setRange(axis.lower, axis.upper);
    // QCustomPlot counts from the top of the last pixel, painters from its bottom.
    const double pixel = (where.upper - where.lower) / where.plot.height();
    set.axes->axis(QCPAxis::atLeft)->setRange(where.lower + pixel, where.upper + pixel);
    const double columns =
        std::ceil(where.plot.width() * context.pixelsPerUnit.value_or(plot->bufferDevicePixelRatio()));
    if (columns == set.filledFor)
        return;
    set.filledFor = columns;
    for (std::size_t c = 0; c < set.graphs.size(); ++c) {
        const CurvePoints points =
            thinned(panel.curves[c], axis, panel.yLogarithmic, static_cast<int>(columns), panel.floor);
        set.graphs[c]->setData(QVector<double>(points.x.begin(), points.x.end()),
                               QVector<double>(points.y.begin(), points.y.end()), true);
    }
}

void FigureCanvas::Private::wantImages()
{
    if (context.pixelsPerUnit)  // they are there already
        return;
    std::vector<MapRequest> requests, overview;
    const double ratio = plot->bufferDevicePixelRatio();
    const CellRect whole = squareCells(std::nullopt, context.figure.length);
    const int small = static_cast<int>(std::lround(overviewSide(context) * ratio));
    for (const MapSet& map : maps) {
        const MapPanel& panel = context.panel<MapPanel>(map.at.row, map.at.panel);
        const int side = std::max(1, static_cast<int>(std::lround(map.axes->rect().width() * ratio)));
        const ColourScale& scale = context.figure.scales.at(panel.scale);
        requests.push_back({panel.source, context.geometry.cells, QSize(side, side), scale, panel.parameters});
        overview.push_back({panel.source, whole, QSize(small, small), scale});
    }
    images.want(requests, overview, immediate);
    if (images.pending())
        announced = false;
}

void FigureCanvas::Private::imagesArrived(std::vector<MapImage> made)
{
    context.images = std::move(made);
    if (!immediate)  // else a replot is under way
        replotMapsLater();
}

void FigureCanvas::Private::overviewArrived(std::vector<MapImage> made)
{
    context.overview = std::move(made);
    if (!immediate && overviewRect(context))
        replotCrosshair();
}

void FigureCanvas::Private::replotted()
{
    if (announced || images.pending())
        return;
    announced = true;
    listener.ready();
}

FigureCanvas::FigureCanvas(QWidget* parent, PictureListener listener)
    : d(std::make_unique<Private>(parent, std::move(listener)))
{
    d->build();
}

FigureCanvas::~FigureCanvas()
{
    d->parts.clear();  // before the plot that they are parts of
}

QWidget* FigureCanvas::widget() const
{
    return d->plot;
}

const PlotContext& FigureCanvas::context() const
{
    return d->context;
}

void FigureCanvas::setImmediate(bool immediate)
{
    d->immediate = immediate;
}

void FigureCanvas::setTheme(const Theme& theme)
{
    d->context.theme = theme;
    d->build();
}

void FigureCanvas::setFonts(const Fonts& fonts)
{
    d->context.fonts = fonts;
    d->build();
}

void FigureCanvas::setFigure(const Figure& figure)
{
    // Of another quantity, the last picture would be a wrong one.
    if (!std::ranges::equal(figure.scales, d->context.figure.scales, {}, &ColourScale::label, &ColourScale::label)) {
        d->images.forget();
        d->context.images.clear();
        d->context.overview.clear();
    }
    d->context.figure = figure;
    d->context.rowQuery.reset();
    if (figure.crosshair)
        d->context.rowQuery = figure.crosshair->query;
    d->context.geometry = {};
    d->context.labels.clear();
    d->build();
}

void FigureCanvas::setVisibleCells(const std::optional<CellRect>& rect)
{
    if (d->context.figure.visible == rect)
        return;
    d->context.figure.visible = rect;
    d->placedFor.reset();
    d->announced = false;
    d->replotMapsLater();
}

void FigureCanvas::setCrosshair(const std::optional<CellPosition>& crosshair)
{
    if (d->context.figure.crosshair == crosshair)
        return;
    d->context.figure.crosshair = crosshair;
    d->placedFor.reset();
    d->replotCrosshair();
}

void FigureCanvas::setBox(const std::optional<std::pair<std::size_t, QRect>>& box)
{
    d->context.box = box;
    d->replotCrosshair();
}

void FigureCanvas::setOverviewHeld(bool held)
{
    d->context.overviewHeld = held;
    d->replotCrosshair();
}

void FigureCanvas::setChartHover(const std::optional<ChartHover>& hover)
{
    if (d->context.chartHover == hover)
        return;
    d->context.chartHover = hover;
    d->replotCrosshair();
}

void FigureCanvas::cancelPictures()
{
    d->images.cancel();
}

void FigureCanvas::retryPictures()
{
    d->images.retry();
}

void FigureCanvas::setPixelRatio(double ratio)
{
    if (ratio == d->plot->bufferDevicePixelRatio())
        return;
    d->plot->setBufferDevicePixelRatio(ratio);
    d->announced = false;
    d->replotLater();
}

void FigureCanvas::paintOver(QCPPainter& painter, const QSize& size, double pixelsPerUnit,
                             const std::vector<MapImage>& maps, LayoutNeeds* needs)
{
    const std::vector<MapImage> images = std::exchange(d->context.images, maps);
    d->context.pixelsPerUnit = pixelsPerUnit;
    d->needs = needs;
    d->context.vectorDevice = painter.paintEngine()->type() != QPaintEngine::Raster;
    d->plot->setBackground(QBrush(Qt::NoBrush));
    d->plot->toPainter(&painter, size.width(), size.height());
    d->plot->setBackground(d->context.theme.stage);
    d->context.pixelsPerUnit.reset();
    d->needs = nullptr;
    d->context.vectorDevice = false;
    d->context.images = images;
    if (d->plot->isVisible())
        d->replotLater();
}

}  // namespace posbias::ui
