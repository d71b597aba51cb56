// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/paint/curve_thinning.h"

#include "ui/plot/layout/value_range.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace posbias::ui {
namespace {

class Thinner {
public:
    Thinner(const Curve& curve, const AxisMap& axis, bool yLogarithmic, const std::optional<AxisFloor>& floor)
        : m_source(*curve.source),
          m_range(m_source.range()),
          m_steps(curve.steps),
          m_axis(axis),
          m_logarithmic(yLogarithmic),
          m_floor(floor)
    {
    }

    CurvePoints run(int columns)
    {
        const double first = m_axis.toData(m_axis.lower), last = m_axis.toData(m_axis.upper);
        if (place(m_range.last) + (m_steps ? 1.0 : 0.0) < first)
            return {};
        std::int64_t x = firstAtOrAfter(first - tolerance);
        if (x > m_range.first)
            addEdge(x - 1, first);
        for (int c = 0; c < columns && x <= m_range.last; ++c) {
            const bool end = c + 1 == columns;
            const double border = end ? std::nextafter(last + tolerance, HUGE_VAL)
                                      : m_axis.toData(m_axis.lower + (m_axis.upper - m_axis.lower) * (c + 1) / columns);
            const std::int64_t next = firstAtOrAfter(border);
            addColumn(x, next - 1);
            x = std::max(x, next);
        }
        if (m_steps && x > m_range.first)
            addEdge(x - 1, std::min(static_cast<double>(m_range.last + 1), last));
        else if (x > m_range.first && x <= m_range.last)
            addEdge(x - 1, last);
        return std::move(m_points);
    }

private:
    static constexpr double tolerance = 1e-9;
    static constexpr std::int64_t exact = 4;  ///< positions in a column that are drawn one by one

    /// A step begins at its position, a line passes through the middle of its place.
    double place(std::int64_t x) const { return static_cast<double>(x) + (m_steps ? 0.0 : 0.5); }
    std::int64_t firstAtOrAfter(double at) const
    {
        const double x = std::ceil(m_steps ? at : at - 0.5);
        return static_cast<std::int64_t>(
            std::clamp(x, static_cast<double>(m_range.first), static_cast<double>(m_range.last + 1)));
    }
    double height(double y) const { return curvePosition(m_logarithmic, m_floor, y); }
    double heightAt(std::int64_t x) const { return height(m_source.at(x)); }

    void add(double x, double y)
    {
        m_points.x.push_back(std::clamp(m_axis.toAxis(x), m_axis.lower, m_axis.upper));
        m_points.y.push_back(y);
    }
    /// Steps as high as the one before need no point.
    void addPosition(std::int64_t x, double y)
    {
        const bool gap = std::isnan(y);
        if (m_steps && !m_points.y.empty() && (y == m_points.y.back() || (gap && std::isnan(m_points.y.back()))))
            return;
        if (!gap || !m_points.y.empty())
            add(place(x), y);
    }

    /// Where the axis, or the last step, ends between positions x and x + 1.
    void addEdge(std::int64_t x, double at)
    {
        double y = heightAt(x);
        if (!m_steps)
            y += (at - place(x)) * (heightAt(x + 1) - y);
        if (!std::isnan(y))
            add(at, y);
    }

    void addColumn(std::int64_t first, std::int64_t last)
    {
        if (last - first < exact) {
            for (std::int64_t x = first; x <= last; ++x)
                addPosition(x, heightAt(x));
            return;
        }
        const Bounds all = m_source.bounds({first, last});
        const bool gaps = m_logarithmic && all.min <= 0.0;
        const Bounds shown = gaps ? m_source.boundsAbove(0.0, {first, last}) : all;
        std::array kept{first, gaps ? all.minAt : first, shown.empty() ? first : shown.minAt,
                        shown.empty() ? first : shown.maxAt, last};
        std::ranges::sort(kept);
        for (std::size_t k = 0; k < kept.size(); ++k)
            if (k == 0 || kept[k] != kept[k - 1])
                addPosition(kept[k], heightAt(kept[k]));
    }

    const CurveSource& m_source;
    OffsetRange m_range;
    bool m_steps;
    const AxisMap& m_axis;
    bool m_logarithmic;
    std::optional<AxisFloor> m_floor;
    CurvePoints m_points;
};

}  // namespace

CurvePoints thinned(const Curve& curve, const AxisMap& axis, bool yLogarithmic, int columns,
                    const std::optional<AxisFloor>& floor)
{
    return Thinner(curve, axis, yLogarithmic, floor).run(std::max(columns, 1));
}

}  // namespace posbias::ui
