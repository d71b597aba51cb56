// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/curve_thinning.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace posbias::ui {
namespace {

class Thinner {
public:
    Thinner(const Curve& curve, const AxisMap& axis, bool yLogarithmic)
        : m_curve(curve), m_axis(axis), m_logarithmic(yLogarithmic)
    {}

    CurvePoints run(int columns)
    {
        const std::vector<double>& x = m_curve.x;
        const double first = m_axis.toData(m_axis.lower), last = m_axis.toData(m_axis.upper);
        std::size_t k = static_cast<std::size_t>(std::ranges::lower_bound(x, first - 1e-9) - x.begin());
        if (k > 0)
            addEdge(k - 1, first);
        for (int c = 0; c < columns && k < x.size(); ++c) {
            const bool end = c + 1 == columns;
            const double border = end ? std::nextafter(last + 1e-9, HUGE_VAL)
                                      : m_axis.toData(m_axis.lower + (m_axis.upper - m_axis.lower) * (c + 1) / columns);
            std::size_t next = k;
            while (next < x.size() && x[next] < border)
                ++next;
            addColumn(k, next);
            k = next;
        }
        if (k > 0 && k < x.size())
            addEdge(k - 1, last);
        return std::move(m_points);
    }

private:
    double height(std::size_t k) const
    {
        if (!m_logarithmic)
            return m_curve.y[k];
        return m_curve.y[k] > 0.0 ? std::log10(m_curve.y[k]) : std::numeric_limits<double>::quiet_NaN();
    }
    void add(double x, double y)
    {
        m_points.x.push_back(std::clamp(m_axis.toAxis(x), m_axis.lower, m_axis.upper));
        m_points.y.push_back(y);
    }

    /// Where the axis cuts between points k and k + 1.
    void addEdge(std::size_t k, double at)
    {
        if (k + 1 >= m_curve.x.size())
            return;
        const double share = (at - m_curve.x[k]) / (m_curve.x[k + 1] - m_curve.x[k]);
        add(at, m_curve.steps ? height(k) : height(k) + share * (height(k + 1) - height(k)));
    }

    void addColumn(std::size_t begin, std::size_t end)
    {
        if (end - begin <= 4) {
            for (std::size_t k = begin; k < end; ++k)
                add(m_curve.x[k], height(k));
            return;
        }
        const auto first = m_curve.y.begin() + static_cast<std::ptrdiff_t>(begin);
        const auto last = m_curve.y.begin() + static_cast<std::ptrdiff_t>(end);
        const auto [low, high] = std::minmax_element(first, last);
        const auto index = [&](auto it) { return static_cast<std::size_t>(it - m_curve.y.begin()); };
        std::size_t kept[] = {begin, index(low), index(high), end - 1};
        std::ranges::sort(kept);
        for (std::size_t n = 0; n < 4; ++n)
            if (n == 0 || kept[n] != kept[n - 1])
                add(m_curve.x[kept[n]], height(kept[n]));
    }

    const Curve& m_curve;
    const AxisMap& m_axis;
    bool m_logarithmic;
    CurvePoints m_points;
};

}  // namespace

CurvePoints thinned(const Curve& curve, const AxisMap& axis, bool yLogarithmic, int columns)
{
    return Thinner(curve, axis, yLogarithmic).run(std::max(columns, 1));
}

}  // namespace posbias::ui
