// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/stage/zoom.h"

#include "ui/plot/layout/figure_geometry.h"

#include <algorithm>
#include <utility>

namespace posbias::ui {

namespace {

constexpr std::chrono::milliseconds heldDown(500);
constexpr double boundaryCells = 32.0;

}  // namespace

Zoom::Range Zoom::fitted(const Range& range) const
{
    if (!range)
        return std::nullopt;
    return cellsWithin(range->firstQuery, range->firstKey, range->lastKey - range->firstKey, m_length);
}

CellRect Zoom::shown() const
{
    return squareCells(range(), m_length);
}

bool Zoom::canZoomIn() const
{
    const CellRect cells = shown();
    return cells.lastKey - cells.firstKey > fewestCells + 1e-6;
}

void Zoom::step(const Range& range, bool continues)
{
    if (sameCells(range, this->range()))
        return;
    if (!continues)
        m_before.push_back(m_chosen);
    m_after.clear();
    m_chosen = range;
}

void Zoom::set(const Range& range)
{
    step(range, false);
    m_last = Last::Other;
}

void Zoom::follow(const Range& range, bool continues)
{
    step(range, continues && m_last == Last::Hand);
    m_last = Last::Hand;
}

void Zoom::press(const Range& range, Clock::time_point when)
{
    step(range, m_last == Last::Key && when - m_lastPress < heldDown);
    m_last = Last::Key;
    m_lastPress = when;
}

/// A gesture that came home, or one that another length hides, leaves nothing to go back to.
bool Zoom::holdsOther(const std::vector<Range>& history) const
{
    const Range now = range();
    return std::ranges::any_of(history, [&](const Range& range) { return !sameCells(fitted(range), now); });
}

void Zoom::turn(std::vector<Range>& from, std::vector<Range>& to)
{
    if (!holdsOther(from))
        return;
    const Range now = range();
    to.push_back(m_chosen);
    do {
        m_chosen = from.back();
        from.pop_back();
    } while (sameCells(range(), now));
    m_last = Last::Other;
}

void Zoom::back()
{
    turn(m_before, m_after);
}

void Zoom::forward()
{
    turn(m_after, m_before);
}

Zoom::Range Zoom::scaled(double factor, CellPosition crosshair) const
{
    const CellRect cells = shown();
    const double query = static_cast<double>(crosshair.query) + 0.5, key = static_cast<double>(crosshair.key) + 0.5;
    const bool inside =
        query > cells.firstQuery && query < cells.lastQuery && key > cells.firstKey && key < cells.lastKey;
    return cellsScaled(cells, factor, inside ? query : (cells.firstQuery + cells.lastQuery) / 2.0,
                       inside ? key : (cells.firstKey + cells.lastKey) / 2.0, m_length);
}

Zoom::Range Zoom::moved(double queries, double keys) const
{
    const CellRect cells = shown();
    const double side = cells.lastKey - cells.firstKey;
    return cellsWithin(cells.firstQuery + queries * side, cells.firstKey + keys * side, side, m_length);
}

Zoom::Range Zoom::trainingLength(std::int64_t trainingLength) const
{
    return cellsWithin(0.0, 0.0, static_cast<double>(trainingLength), m_length);
}

Zoom::Range Zoom::trainingBoundary(std::int64_t trainingLength, CellPosition crosshair) const
{
    const double query = static_cast<double>(
        std::clamp(crosshair.query, std::min(trainingLength, m_length - 1), std::max(m_length - 1, std::int64_t{0})));
    const double key = query - static_cast<double>(trainingLength);
    const double side = std::min(boundaryCells, static_cast<double>(m_length) / 2.0);  // a short sequence: a part of it
    return cellsWithin(query + 0.5 - side / 2.0, key + 0.5 - side / 2.0, side, m_length);
}

}  // namespace posbias::ui
