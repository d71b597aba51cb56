// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/paint/hatching.h"

#include <algorithm>
#include <cmath>

namespace posbias::ui {
namespace {

constexpr double hatchSpacing = 11.0;  ///< pixels between neighbours along x (or y)
constexpr double largeCell = 3.0;      ///< pixels from which on cells show as steps

/// Lines x + y = u are the hatch; v = y - x = query - key tells where on them. A band of offsets is the stretch
/// of v between two borders, whatever u: straight ones, or staircases, which a hatch line meets once too.
class Band {
public:
    Band(const OffsetRange& offsets, const CellRect& cells, bool steps)
        : m_offsets(offsets), m_cells(cells), m_steps(steps)
    {
    }

    /// The border below offset d (between d - 1 and d): corners at (j, j + d) and (j + 1, j + d).
    double border(std::int64_t d, double u) const
    {
        if (!m_steps)
            return static_cast<double>(d) - 0.5;
        const double phase = std::fabs(std::remainder(u - static_cast<double>(d), 2.0));  // 0 at outer corners
        return static_cast<double>(d) - phase;
    }

    /// The stretch of v that is inside the map.
    std::pair<double, double> inside(double u) const
    {
        return {std::max(u - 2.0 * m_cells.lastKey, 2.0 * m_cells.firstQuery - u),
                std::min(u - 2.0 * m_cells.firstKey, 2.0 * m_cells.lastQuery - u)};
    }

    std::pair<double, double> stretch(double u) const
    {
        const auto [low, high] = inside(u);
        return {std::max(low, border(m_offsets.first, u)), std::min(high, border(m_offsets.last + 1, u))};
    }

    double firstU() const { return m_cells.firstKey + m_cells.firstQuery; }
    double lastU() const { return m_cells.lastKey + m_cells.lastQuery; }
    bool steps() const { return m_steps; }

private:
    OffsetRange m_offsets;
    CellRect m_cells;
    bool m_steps;
};

QPointF pixel(const MapScale& scale, double u, double v)
{
    return scale.point((u + v) / 2.0, (u - v) / 2.0);
}

/// A straight border y = x + v within the map.
QLineF straight(double v, const CellRect& cells, const MapScale& scale)
{
    const double from = std::max(cells.firstKey, cells.firstQuery - v);
    const double to = std::min(cells.lastKey, cells.lastQuery - v);
    return from < to ? QLineF(scale.point(from + v, from), scale.point(to + v, to)) : QLineF();
}

/// What lies inside `rect` of a line along x or y.
QLineF clippedSide(const QLineF& line, const QRectF& rect)
{
    const auto inside = [&](const QPointF& p) {
        return QPointF(std::clamp(p.x(), rect.left(), rect.right()), std::clamp(p.y(), rect.top(), rect.bottom()));
    };
    const QLineF part(inside(line.p1()), inside(line.p2()));
    // A line that passes outside would be laid along the edge.
    const bool passes = rect.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(line.center()) ||
                        QRectF(line.p1(), line.p2()).normalized().adjusted(-1e-6, -1e-6, 1e-6, 1e-6).intersects(rect);
    return passes ? part : QLineF();
}

std::vector<QLineF> side(const Band& band, std::int64_t d, const CellRect& cells, const QRect& plot)
{
    const MapScale scale(cells, plot);
    std::vector<QLineF> lines;
    if (!band.steps()) {
        lines.push_back(straight(static_cast<double>(d) - 0.5, cells, scale));
    } else {
        const auto corner = [&](double u) { return pixel(scale, u, band.border(d, u)); };
        for (double u = std::floor(band.firstU()); u < band.lastU(); ++u)
            lines.push_back(clippedSide(QLineF(corner(u), corner(u + 1.0)), QRectF(plot)));
    }
    std::erase_if(lines, [](const QLineF& line) { return line.length() < 1e-6; });
    return lines;
}

}  // namespace

OffsetBand offsetBand(const OffsetRange& offsets, const CellRect& cells, const QRect& plot, bool straight)
{
    const MapScale scale(cells, plot);
    const Band band(offsets, cells, !straight && scale.pixelsPerCell() >= largeCell);
    OffsetBand out;
    // Spaced from the corner of the whole sequence, so that the hatch stays on its cells while they are moved.
    const double step = hatchSpacing / scale.pixelsPerCell();
    for (double u = std::ceil(band.firstU() / step) * step; u <= band.lastU(); u += step)
        if (const auto [low, high] = band.stretch(u); high - low > 1e-6 * step)
            out.hatch.emplace_back(pixel(scale, u, low), pixel(scale, u, high));
    for (std::int64_t d : {offsets.first, offsets.last + 1})
        for (const QLineF& line : side(band, d, cells, plot))
            out.sides.push_back(line);
    return out;
}

QLineF diagonal(std::int64_t d, const CellRect& cells, const QRect& plot)
{
    return straight(static_cast<double>(d), cells, MapScale(cells, plot));
}

std::vector<QLineF> hatchLines(const QRectF& rect)
{
    std::vector<QLineF> lines;
    for (double u = rect.left() + rect.top() + 0.5 * hatchSpacing; u < rect.right() + rect.bottom();
         u += hatchSpacing) {
        const double left = std::max(rect.left(), u - rect.bottom()), right = std::min(rect.right(), u - rect.top());
        if (left < right)
            lines.emplace_back(left, u - left, right, u - right);
    }
    return lines;
}

void drawHatch(QPainter& painter, const QColor& ink, const std::vector<QLineF>& lines)
{
    painter.setPen(QPen(ink, 1.0, Qt::SolidLine, Qt::FlatCap));
    painter.drawLines(lines.data(), static_cast<int>(lines.size()));
}

}  // namespace posbias::ui
