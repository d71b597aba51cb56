// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/zoom.h"

#include "ui/plot/figure_geometry.h"

#include <algorithm>
#include <utility>

namespace posbias::ui {

namespace {

constexpr int oneGesture = 500;  // ms

}  // namespace

void Zoom::follow(const Range& range)
{
    if (range == m_range)
        return;
    if (!m_sinceStep.isValid() || m_sinceStep.elapsed() > oneGesture)
        m_history.push_back(m_range);
    m_range = range;
    m_sinceStep.start();
}

void Zoom::set(const Range& range)
{
    m_sinceStep.invalidate();
    follow(range);
    m_sinceStep.invalidate();
}

void Zoom::back()
{
    if (m_history.empty())
        return;
    m_range = m_history.back();
    m_history.pop_back();
    m_sinceStep.invalidate();
}

bool Zoom::fitTo(std::int64_t length)
{
    const auto n = static_cast<double>(length);
    if (!m_range || (m_range->lastKey <= n && m_range->lastQuery <= n))
        return false;
    m_range.reset();
    m_history.clear();
    return true;
}

Zoom::Range Zoom::scaled(double factor, CellPosition about, std::int64_t length) const
{
    const auto n = static_cast<double>(length);
    const CellRect now = m_range.value_or(CellRect{0.0, n, 0.0, n});
    const auto interval = [&](double first, double last, std::int64_t cell) {
        const double centre = static_cast<double>(cell) + 0.5;
        const double size = std::min(n, std::max(fewestCells, (last - first) / factor));
        const double share = std::clamp((centre - first) / (last - first), 0.0, 1.0);
        const double start = std::clamp(centre - share * size, 0.0, n - size);
        return std::pair{start, start + size};
    };
    const auto [left, right] = interval(now.firstKey, now.lastKey, about.key);
    const auto [top, bottom] = interval(now.firstQuery, now.lastQuery, about.query);
    if (right - left >= n && bottom - top >= n)
        return std::nullopt;
    return CellRect{left, right, top, bottom};
}

}  // namespace posbias::ui
