// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/paint/vector_map.h"

#include "ui/plot/ink/colour_map.h"
#include "ui/plot/ink/tex_device.h"
#include "ui/plot/paint/plot_context.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <set>
#include <vector>

namespace posbias::ui {
namespace {

constexpr std::size_t mostColours = 64;  ///< more make a picture the better file
constexpr std::size_t mostBands = 1024;
constexpr std::size_t mostTexBands = 4096;  ///< TeX has no pictures of its own: as many as its memory holds
constexpr std::size_t mostMapRuns = 1 << 16;
constexpr double steppedCells = 64.0;  ///< along a side; more are too small for steps to be seen

/// The cells of a map that a plot shows, whole or in part.
struct ShownCells {
    explicit ShownCells(const CellRect& cells)
        : firstQuery(static_cast<std::int64_t>(std::floor(cells.firstQuery))),
          lastQuery(static_cast<std::int64_t>(std::ceil(cells.lastQuery)) - 1),
          firstKey(static_cast<std::int64_t>(std::floor(cells.firstKey))),
          lastKey(static_cast<std::int64_t>(std::ceil(cells.lastKey)) - 1)
    {
    }
    OffsetRange offsets() const { return {firstQuery - lastKey, lastQuery - firstKey}; }

    std::int64_t firstQuery, lastQuery, firstKey, lastKey;
};

/// Offsets of one colour; painted as far as `end`, under the bands that follow without a gap.
struct ColourBand {
    OffsetRange offsets;
    QRgb colour = 0;
    std::int64_t end = 0;
};
/// Beyond every offset.
constexpr std::int64_t everyOffset = std::int64_t{1} << 40;

std::vector<ColourBand> bandsOf(const MapPanel& panel, const ColourScale& scale, OffsetRange within)
{
    std::vector<ColourBand> bands;
    for (const ValueRun& run : panel.source->runs(within, mostMapRuns)) {
        const QRgb colour = colourOf(run.value, scale);
        const bool goesOn = !bands.empty() && bands.back().offsets.last + 1 == run.offsets.first;
        if (goesOn && bands.back().colour == colour)
            bands.back().offsets.last = run.offsets.last;
        else
            bands.push_back({run.offsets, colour});
    }
    // Where a band ends at the side of what is shown, it ends with it: not inside the last cell.
    if (!bands.empty() && bands.front().offsets.first <= within.first)
        bands.front().offsets.first = -everyOffset;
    for (std::size_t k = bands.size(); k-- > 0;) {
        const std::int64_t next = bands[k].offsets.last + 1;
        const bool goesOn = k + 1 < bands.size() && bands[k + 1].offsets.first == next;
        bands[k].end = goesOn ? bands[k + 1].end : next > within.last ? everyOffset : next;
    }
    return bands;
}

bool fewEnough(const std::vector<ColourBand>& bands, bool tex)
{
    if (tex)
        return bands.size() <= mostTexBands;
    std::set<QRgb> colours;
    for (const ColourBand& band : bands)
        colours.insert(band.colour);
    return bands.size() <= mostBands && colours.size() <= mostColours;
}

/// Parts of a map at offsets first <= d < end, as polygons in pixels within what is shown: a line along their first
/// offset, and one along their last back.
class OffsetShapes {
public:
    OffsetShapes(const CellRect& cells, const QRect& plot) : m_cells(cells), m_scale(cells, plot) {}

    /// Along the borders of cells: in column j, queries j + first to j + end.
    QPolygonF stepped(std::int64_t first, std::int64_t end) const
    {
        const ShownCells shown(m_cells);
        QPolygonF upper, lower;
        for (std::int64_t j = shown.firstKey; j <= shown.lastKey; ++j) {
            const double top = query(static_cast<double>(j + first)), bottom = query(static_cast<double>(j + end));
            if (top >= bottom)
                continue;
            const double left = std::max(static_cast<double>(j), m_cells.firstKey);
            const double right = std::min(static_cast<double>(j + 1), m_cells.lastKey);
            addStep(upper, left, right, top);
            addStep(lower, left, right, bottom);
        }
        return outline(upper, lower);
    }

    /// Along query - key = first - 1/2 and end - 1/2, which leaves the middle of every cell on its side.
    QPolygonF straight(std::int64_t first, std::int64_t end) const
    {
        const double above = static_cast<double>(first) - 0.5, below = static_cast<double>(end) - 0.5;
        const double left = std::max(m_cells.firstKey, m_cells.firstQuery - below);
        const double right = std::min(m_cells.lastKey, m_cells.lastQuery - above);
        if (left >= right)
            return {};
        const auto line = [&](double offset) {
            QPolygonF points{QPointF(left, query(left + offset))};
            for (const double side : {m_cells.firstQuery, m_cells.lastQuery})
                if (side - offset > left && side - offset < right)
                    points << QPointF(side - offset, side);
            return points << QPointF(right, query(right + offset));
        };
        return outline(line(above), line(below));
    }

private:
    double query(double at) const { return std::clamp(at, m_cells.firstQuery, m_cells.lastQuery); }

    static void addStep(QPolygonF& line, double left, double right, double at)
    {
        if (!line.isEmpty() && line.last().y() == at)
            line.removeLast();
        else
            line << QPointF(left, at);
        line << QPointF(right, at);
    }

    /// From cells to pixels.
    QPolygonF outline(const QPolygonF& upper, const QPolygonF& lower) const
    {
        QPolygonF corners = upper;
        std::copy(lower.rbegin(), lower.rend(), std::back_inserter(corners));
        for (QPointF& corner : corners)
            corner = m_scale.point(corner.y(), corner.x());
        return corners;
    }

    CellRect m_cells;
    MapScale m_scale;
};

void paintBands(QPainter& painter, const std::vector<ColourBand>& bands, const CellRect& cells, const QRect& plot)
{
    const OffsetShapes shapes(cells, plot);
    for (const ColourBand& band : bands) {
        painter.setBrush(QColor(band.colour));
        painter.drawPolygon(hasStraightBorders(cells) ? shapes.straight(band.offsets.first, band.end)
                                                      : shapes.stepped(band.offsets.first, band.end));
    }
}

/// A cell, and everything right of it in its row and in the rows below.
struct Corner {
    std::int64_t query, key;
    QRgb colour;
};

/// Where the colour changes along the rows; nothing where there are too many colours.
std::optional<std::vector<Corner>> cornersOf(const MapPanel& panel, const ColourScale& scale, const ShownCells& shown)
{
    const bool causal = panel.source->mask() == Mask::Causal;
    std::vector<Corner> corners;
    std::set<QRgb> colours;
    for (std::int64_t i = shown.firstQuery; i <= shown.lastQuery; ++i)
        for (std::int64_t j = shown.firstKey; j <= (causal ? std::min(i, shown.lastKey) : shown.lastKey); ++j) {
            const QRgb colour = colourOf(panel.source->at(i, j), scale);
            if (j > shown.firstKey && corners.back().colour == colour)
                continue;
            corners.push_back({i, j, colour});
            if (colours.insert(colour); colours.size() > mostColours)
                return std::nullopt;
        }
    return corners;
}

void paintCorners(QPainter& painter, const std::vector<Corner>& corners, Mask mask, const CellRect& cells,
                  const QRect& plot)
{
    const MapScale scale(cells, plot);
    const auto queryWithin = [&](double at) { return std::clamp(at, cells.firstQuery, cells.lastQuery); };
    const auto keyWithin = [&](double at) { return std::clamp(at, cells.firstKey, cells.lastKey); };
    for (const Corner& corner : corners) {
        const double end = mask == Mask::Causal ? static_cast<double>(corner.query + 1) : cells.lastKey;
        const QPointF from =
            scale.point(queryWithin(static_cast<double>(corner.query)), keyWithin(static_cast<double>(corner.key)));
        const QPointF to = scale.point(cells.lastQuery, keyWithin(end));
        painter.setBrush(QColor(corner.colour));
        painter.drawRect(QRectF(from, to));
    }
}

}  // namespace

bool hasStraightBorders(const CellRect& cells)
{
    return cells.lastKey - cells.firstKey > steppedCells;
}

bool paintVectorMap(QPainter& painter, const MapPanel& panel, const ColourScale& scale, const CellRect& cells,
                    const QRect& plot)
{
    const ShownCells shown(cells);
    const bool tex = dynamic_cast<const TexDevice*>(painter.device()) != nullptr;
    painter.save();
    painter.setPen(Qt::NoPen);
    bool painted = false;
    if (const auto bands = bandsOf(panel, scale, shown.offsets()); !bands.empty()) {
        painted = fewEnough(bands, tex);
        if (painted)
            paintBands(painter, bands, cells, plot);
    } else if (!hasStraightBorders(cells)) {
        if (const auto corners = cornersOf(panel, scale, shown)) {
            paintCorners(painter, *corners, panel.source->mask(), cells, plot);
            painted = true;
        }
    }
    painter.restore();
    return painted;
}

}  // namespace posbias::ui
