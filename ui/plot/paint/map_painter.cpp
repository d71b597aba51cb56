// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/paint/map_painter.h"

#include "ui/plot/ink/colour_map.h"
#include "ui/plot/ink/colour_tables.h"
#include "ui/plot/layout/axis_titles.h"
#include "ui/plot/layout/value_range.h"
#include "ui/plot/paint/cell_painter.h"
#include "ui/plot/paint/clipped_lines.h"
#include "ui/plot/paint/curve_painter.h"
#include "ui/plot/paint/hatching.h"
#include "ui/plot/paint/vector_map.h"

#include <QPaintEngine>

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

/// What a picture may reach past its plot, in units: the frame is drawn over it.
constexpr double hiddenByFrame = 0.75;
/// Of a cell in a PDF's picture, where there is room: poppler blends neighbouring pixels when it enlarges less than
/// fourfold, and leaves the middle of such a cell as it is.
constexpr double smoothedPixels = 3.0;

/// Pixel for pixel: no transform lies between the picture and the device.
void drawUnscaled(QPainter& painter, const QRect& device, const QImage& image)
{
    painter.save();
    const double ratio = painter.device()->devicePixelRatioF();
    painter.setWorldTransform(QTransform::fromScale(1.0 / ratio, 1.0 / ratio));
    painter.drawImage(device, image);
    painter.restore();
}

/// Where a picture's cells lie.
QRectF placeOf(const MapImage& map, const CellRect& cells, const QRect& plot)
{
    const MapScale scale(cells, plot);
    return {scale.point(map.cells.firstQuery, map.cells.firstKey), scale.point(map.cells.lastQuery, map.cells.lastKey)};
}

/// A picture of other cells or another size, until the right one is there.
void drawScaled(QPainter& painter, const CellRect& cells, const QRect& plot, const MapImage& map)
{
    const QRectF whole = placeOf(map, cells, plot);
    const QRectF part = whole & QRectF(plot);
    if (part.isEmpty())
        return;
    const double kx = map.image.width() / whole.width(), ky = map.image.height() / whole.height();
    painter.drawImage(part, map.image,
                      QRectF((part.left() - whole.left()) * kx, (part.top() - whole.top()) * ky, part.width() * kx,
                             part.height() * ky));
}

/// The small picture of the whole sequence where the last picture does not reach.
void drawBeneath(QPainter& painter, const CellRect& cells, const QRect& plot, const MapImage& last,
                 const MapImage& overview)
{
    const QRectF covered = last.image.isNull() ? QRectF() : placeOf(last, cells, plot) & QRectF(plot);
    const QRegion bare = QRegion(plot) - QRegion(covered.toRect());
    if (bare.isEmpty() || overview.image.isNull())
        return;
    painter.save();
    painter.setClipRegion(bare);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    drawScaled(painter, cells, plot, overview);
    painter.restore();
}

/// The offsets of a map that its mask lets see.
OffsetRange shownBand(const Figure& figure, const OffsetRange& range)
{
    const OffsetRange visible = visibleOffsets(figure.mask, figure.length);
    return {std::max(range.first, visible.first), std::min(range.last, visible.last)};
}

/// Ink that shows on a band's colours, without a halo that would tint the cells beside its lines.
QColor hatchInk(const PlotContext& context, const MapPanel& panel, const OffsetRange& band)
{
    if (!panel.source)
        return context.theme.hatch;
    const std::int64_t offset = band.first + band.size() / 2, query = std::max<std::int64_t>(offset, 0);
    const ColourScale& scale = context.figure.scales[panel.scale];
    const QColor words = wordsOn(QColor(colourOf(panel.source->at(query, query - offset), scale)));
    const bool inverted = (words.lightness() > 127) != (context.theme.hatch.lightness() > 127);
    return inverted ? context.theme.halo : context.theme.hatch;
}

void paintHatching(QPainter& painter, const PlotContext& context, const MapAt& at, const QRect& plot)
{
    const MapPanel& panel = context.panel<MapPanel>(at.row, at.panel);
    const bool straight = at.index < context.images.size() && context.images[at.index].straightBorders;
    for (const OffsetRange& range : panel.hatched) {
        const OffsetRange shown = shownBand(context.figure, range);
        if (shown.size() == 0)
            continue;
        const OffsetBand band = offsetBand(shown, context.geometry.cells, plot, straight);
        const QColor ink = hatchInk(context, panel, shown);
        drawHatch(painter, ink, band.hatch);
        painter.setPen(QPen(ink, 1.0, Qt::SolidLine, Qt::SquareCap));
        painter.drawLines(band.sides.data(), static_cast<int>(band.sides.size()));
    }
}

/// Light between the dashes, so that they show on every colour.
void paintTrainingLength(QPainter& painter, const PlotContext& context, const QRect& plot)
{
    for (const QLineF& line : trainingLinesOnMap(context, plot)) {
        painter.setPen(QPen(context.theme.halo, 1.0, Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(line);
        QPen pen(context.theme.line, 1.0, Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({5.0, 4.0});
        painter.setPen(pen);
        painter.drawLine(line);
    }
}

void paintQueryAxis(QPainter& painter, const PlotContext& context, const PanelPlace& place,
                    const std::vector<Tick>& ticks, const MapScale& scale)
{
    const Theme& theme = context.theme;
    const double left = place.plot.x(), line = textHeight(context.fonts.tick);
    double widest = 0.0;
    for (const Tick& tick : ticks) {
        const double y = scale.y(tick.at);
        drawLabel(painter, context.fonts.tick, theme.faintText,
                  QRectF(left - tickLength - 103.0, y - line / 2.0, 100.0, line), Qt::AlignRight | Qt::AlignVCenter,
                  tick);
        widest = std::max(widest, labelWidth(context.fonts.tick, tick));
    }
    drawUpwards(painter, context.fonts.tick, theme.faintText,
                QRectF(left - tickLength - 3.0 - 0.2 * line - widest - line, place.plot.y(), line, place.plot.height()),
                FigureText::tr("query position i"));
}

/// Of keys and of queries, in the same steps.
std::pair<std::vector<Tick>, std::vector<Tick>> mapTicks(const CellRect& cells, const QRect& plot, const Fonts& fonts)
{
    const auto width = [&](const QString& text) { return textWidth(fonts.tick, text); };
    const double step = std::max(cellStep(cells.firstKey, cells.lastKey, plot.width(), width),
                                 cellStep(cells.firstQuery, cells.lastQuery, plot.height(), width));
    const bool middles = MapScale(cells, plot).pixelsPerCell() >= borderedCell;
    const TextWidth height = [&](const QString&) { return textHeight(fonts.tick); };
    return {cellTicks(cells.firstKey, cells.lastKey, step, middles, plot.width(), width),
            cellTicks(cells.firstQuery, cells.lastQuery, step, middles, plot.height(), height)};
}

/// The scale's colours, from its low end on: each over all that follow, so that no seam shows. At the bottom, or at the
/// left of a bar that lies.
void paintBarColours(QPainter& painter, const ColourScale& scale, const QRectF& bar)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(Qt::NoPen);
    const ColourTable& table = colourTable(scale.map);
    for (std::size_t c = 0; c < table.size(); ++c) {
        if (c > 0 && table[c] == table[c - 1])
            continue;
        const double share = static_cast<double>(c) / static_cast<double>(table.size());
        painter.setBrush(QColor(table[c]));
        painter.drawRect(bar.width() > bar.height() ? bar.adjusted(share * bar.width(), 0.0, 0.0, 0.0)
                                                    : bar.adjusted(0.0, 0.0, 0.0, -share * bar.height()));
    }
    painter.restore();
}

/// Right of a standing bar, under a lying one.
void paintBarTick(QPainter& painter, const PlotContext& context, const QRectF& bar, const Tick& tick)
{
    const double line = textHeight(context.fonts.tick);
    painter.setPen(QPen(context.theme.faintText, 1.0));
    if (bar.width() > bar.height()) {
        const double x = bar.left() + tick.at * bar.width();
        painter.drawLine(QLineF(crisp(x - 0.25), bar.bottom() + 1.0, crisp(x - 0.25), bar.bottom() + 4.0));
        drawLabel(painter, context.fonts.tick, context.theme.faintText,
                  QRectF(x - 50.0, bar.bottom() + 5.0, 100.0, line), Qt::AlignHCenter | Qt::AlignTop, tick);
        return;
    }
    const double y = bar.bottom() - tick.at * bar.height();
    painter.drawLine(QLineF(bar.right() + 1.0, crisp(y - 0.25), bar.right() + 4.0, crisp(y - 0.25)));
    drawLabel(painter, context.fonts.tick, context.theme.faintText,
              QRectF(bar.right() + 7.0, y - line / 2.0, 60.0, line), Qt::AlignLeft | Qt::AlignVCenter, tick);
}

QString sampledText()
{
    return FigureText::tr("a sample of queries");
}

/// Over the dashed lines, and in files too: a picture must not pass for an average that it is not.
void paintSampledNote(QPainter& painter, const PlotContext& context, const QRectF& rect)
{
    painter.fillRect(rect, context.theme.stage);
    drawText(painter, context.fonts.tick, context.theme.faintText, rect, Qt::AlignCenter, sampledText());
}

}  // namespace

MapAt mapAt(const PlotContext& context, std::size_t row, std::size_t panel)
{
    MapAt at{row, panel, 0};
    for (std::size_t r = 0; r <= row; ++r)
        for (std::size_t p = 0; p < (r < row ? context.figure.rows[r].panels.size() : panel); ++p)
            at.index += std::holds_alternative<MapPanel>(context.figure.rows[r].panels[p]) ? 1 : 0;
    return at;
}

std::vector<QLineF> trainingLinesOnMap(const PlotContext& context, const QRect& plot)
{
    std::vector<QLineF> lines;
    if (!trainingLengthInside(context.figure))
        return lines;
    const double length = static_cast<double>(context.figure.trainingLength);
    const CellRect& cells = context.geometry.cells;
    const MapScale scale(cells, plot);
    if (length > cells.firstQuery && length < cells.lastQuery)
        lines.emplace_back(plot.x(), crisp(scale.y(length)), plot.x() + plot.width(), crisp(scale.y(length)));
    if (length > cells.firstKey && length < cells.lastKey)
        lines.emplace_back(crisp(scale.x(length)), plot.y(), crisp(scale.x(length)), plot.y() + plot.height());
    return lines;
}

QRectF sampledNote(const PlotContext& context, const MapAt& at)
{
    if (at.index >= context.images.size() || !context.images[at.index].sampled)
        return {};
    const QRect plot = context.place(at.row, at.panel).plot;
    const double width = textWidth(context.fonts.tick, sampledText()) + 8.0,
                 height = textHeight(context.fonts.tick) + 2.0;
    return {plot.x() + plot.width() - width - 3.0, plot.y() + 3.0, width, height};
}

LabelRoom mapRoom(const PlotContext& context, const MapAt& at)
{
    const QRect plot = context.place(at.row, at.panel).plot;
    LabelRoom room(plot, context.fonts.tick);
    room.haveDataEverywhere();
    if (context.figure.notes.empty())
        return room;
    for (const QLineF& line : trainingLinesOnMap(context, plot))
        room.avoid(line);
    for (const QRectF& number : cellNumberRects(context, at))
        room.keepClear(number);
    if (const QRectF sampled = sampledNote(context, at); !sampled.isNull())
        room.keepClear(sampled);
    for (const OffsetRange& range : context.panel<MapPanel>(at.row, at.panel).hatched)
        if (const OffsetRange shown = shownBand(context.figure, range); shown.size() > 0)
            room.avoidArea([band = offsetBand(shown, context.geometry.cells, plot)](const QRectF& words) {
                return std::ranges::any_of(band.hatch, [&](const QLineF& line) { return crosses(line, words); });
            });
    return room;
}

QRect deviceRect(const QPainter& painter, const QRect& rect)
{
    const QRectF mapped = painter.deviceTransform().mapRect(QRectF(rect));
    const int left = static_cast<int>(std::lround(mapped.left())), top = static_cast<int>(std::lround(mapped.top()));
    // One size for every map, wherever rounding puts its corner.
    const int side = std::max(1, static_cast<int>(std::lround(mapped.width())));
    return {left, top, side, std::max(1, static_cast<int>(std::lround(mapped.height())))};
}

void paintMapImage(QPainter& painter, const CellRect& cells, const QRect& plot, const MapImage& map)
{
    const QRect device = deviceRect(painter, plot);
    if (map.image.isNull())
        return;
    if (painter.paintEngine()->type() != QPaintEngine::Raster)
        painter.drawImage(QRectF(plot), map.image);
    else if (map.cells == cells && map.image.size() == device.size())
        drawUnscaled(painter, device, map.image);
    else
        drawScaled(painter, cells, plot, map);
}

MapImage paintFileMap(QPainter& painter, const MapPanel& panel, const MapRequest& request, const QRect& plot,
                      const Progress& progress)
{
    if (paintVectorMap(painter, panel, request.scale, request.cells, plot))
        return {{},
                request.cells,
                false,
                cellNumbers(*panel.source, request.cells, request.scale, request.parameters),
                hasStraightBorders(request.cells)};
    MapRequest fine = request;
    fine.pixels = request.pixels.expandedTo(plot.size() / hiddenByFrame);
    const double shown = request.cells.lastKey - request.cells.firstKey;
    if (painter.paintEngine()->type() == QPaintEngine::Pdf && shown <= mostFileCells)
        fine.pixels = fine.pixels.expandedTo(QSize(1, 1) * (smoothedPixels * shown));
    MapImage map = makeFileImage(fine, progress);
    if (!map.image.isNull())
        painter.drawImage(placeOf(map, request.cells, plot), map.image);
    map.image = {};
    return map;
}

void paintMapPicture(QPainter& painter, const PlotContext& context, const MapAt& at)
{
    const CellRect& cells = context.geometry.cells;
    const QRect plot = context.place(at.row, at.panel).plot;
    const MapImage last = at.index < context.images.size() ? context.images[at.index] : MapImage();
    if (at.index < context.overview.size() && last.cells != cells)
        drawBeneath(painter, cells, plot, last, context.overview[at.index]);
    paintMapImage(painter, cells, plot, last);
}

void paintMapLines(QPainter& painter, const PlotContext& context, const MapAt& at)
{
    const QRect plot = context.place(at.row, at.panel).plot;
    paintCellBorders(painter, context, plot);
    paintHatching(painter, context, at, plot);
    paintTrainingLength(painter, context, plot);
    paintCellNumbers(painter, context, at);
    painter.setPen(QPen(context.theme.frame, 1.0));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(plot).adjusted(-0.5, -0.5, 0.5, 0.5));
}

void paintMapWords(QPainter& painter, const PlotContext& context, const MapAt& at)
{
    const MapPanel& panel = context.panel<MapPanel>(at.row, at.panel);
    const PanelPlace& place = context.place(at.row, at.panel);
    const CellRect& cells = context.geometry.cells;
    const Theme& theme = context.theme;
    QFont font = context.fonts.mapTitle;
    font.setPixelSize(place.titlePixels);
    drawLines(painter, font, panel.ownTitle ? theme.text : theme.textOf(panel.role), place.header, Qt::AlignLeft,
              place.title);
    const double line = textHeight(context.fonts.tick);
    drawLines(painter, context.fonts.tick, theme.faintText,
              QRectF(place.header.left(), place.header.bottom(), place.header.width(), line), Qt::AlignLeft,
              place.subtitle);
    const auto [keys, queries] = mapTicks(cells, place.plot, context.fonts);
    const MapScale scale(cells, place.plot);
    painter.setPen(QPen(theme.faintText, 1.0, Qt::SolidLine, Qt::FlatCap));  // ends at the map
    for (const Tick& tick : queries) {
        const double y = std::min(crisp(scale.y(tick.at)), place.plot.y() + place.plot.height() + 0.5);
        painter.drawLine(QLineF(place.plot.x() - tickLength, y, place.plot.x(), y));
    }
    if (place.leftLabels)
        paintQueryAxis(painter, context, place, queries, scale);
    paintBottomAxis(painter, context, place, PlotX(place, cells.firstKey, cells.lastKey), keys,
                    place.bottomTitle ? keyAxisTitle() : QString());
    if (const QRectF sampled = sampledNote(context, at); !sampled.isNull())
        paintSampledNote(painter, context, sampled);
}

void paintBottomAxis(QPainter& painter, const PlotContext& context, const PanelPlace& place, const PlotX& x,
                     const std::vector<Tick>& ticks, const QString& title)
{
    const double bottom = place.plot.y() + place.plot.height(), line = textHeight(context.fonts.tick);
    for (const Tick& tick : ticks) {
        const double at = x(tick.at);
        painter.setPen(QPen(context.theme.faintText, 1.0, Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(QLineF(crisp(at), bottom, crisp(at), bottom + tickLength));
        drawLabel(painter, context.fonts.tick, context.theme.faintText,
                  QRectF(at - 50.0, bottom + tickLength + 1.0, 100.0, line), Qt::AlignHCenter | Qt::AlignTop, tick);
    }
    drawText(painter, context.fonts.tick, context.theme.faintText,
             QRectF(place.plot.x(), bottom + tickLength + 2.0 + line, place.plot.width(), line), Qt::AlignHCenter,
             title);
}

void paintColourBars(QPainter& painter, const PlotContext& context)
{
    for (const BarPlace& place : context.geometry.bars) {
        const ColourScale& scale = context.figure.scales[place.scale];
        const QRectF bar(place.bar);
        paintBarColours(painter, scale, bar);
        painter.setPen(QPen(context.theme.frame, 1.0));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(bar.adjusted(-0.5, -0.5, 0.5, 0.5));
        drawText(painter, context.fonts.tick, context.theme.faintText, place.label, Qt::AlignLeft,
                 QString::fromStdString(scale.label));
        for (const Tick& tick : barTicks(scale, place.bar, context.fonts))
            paintBarTick(painter, context, bar, tick);
    }
}

}  // namespace posbias::ui
