// SPDX-License-Identifier: GPL-3.0-or-later
// The pictures of a moving figure, on axes and colour scales that stand still.

#include "core/figure/figure_data.h"

#include "core/base/error.h"
#include "core/base/joint_progress.h"
#include "core/base/parallel.h"
#include "core/figure/axis_extremes.h"

#include <algorithm>
#include <cmath>

namespace posbias {
namespace {

/// Every figure keeps its biases and their sums, about 100 bytes for each token of each scheme: 3.4 GB.
constexpr double mostTokens = 1 << 25, bytesPerToken = 100.0;

void checkMemory(const std::vector<Recipe>& recipes)
{
    double tokens = 0.0;
    for (const Recipe& recipe : recipes)
        tokens += static_cast<double>(recipe.experiment.length) * static_cast<double>(recipe.experiment.schemes.size());
    if (tokens > mostTokens)
        throw InputError("frames.count", "frames.count is " + std::to_string(recipes.size()) + ", which needs about " +
                                             std::to_string(std::llround(tokens * bytesPerToken / 1e9)) +
                                             " GB of memory at these lengths; it must need at most " +
                                             std::to_string(std::llround(mostTokens * bytesPerToken / 1e9)) + " GB");
}

using Spans = std::vector<std::optional<AxisSpan>>;

void include(std::optional<AxisSpan>& span, double min, double max)
{
    span = span ? AxisSpan{std::min(span->min, min), std::max(span->max, max)} : AxisSpan{min, max};
}

void include(std::optional<AxisSpan>& span, const std::optional<AxisSpan>& other)
{
    if (other)
        include(span, other->min, other->max);
}

/// The values of one axis of a chart: its own span, or of all that is drawn.
class AxisValues {
public:
    explicit AxisValues(const ChartAxis& axis) : m_axis(axis), m_span(axis.span) {}

    void add(double value)
    {
        const bool hasPlace = std::isfinite(value) && (m_axis.scale != AxisScale::Logarithmic || value > 0.0);
        if (!m_axis.span && hasPlace)
            include(m_span, value, value);
    }
    void add(const std::vector<double>& values)
    {
        for (const double value : values)
            add(value);
    }
    const std::optional<AxisSpan>& span() const { return m_span; }

private:
    const ChartAxis& m_axis;
    std::optional<AxisSpan> m_span;
};

/// The axes of a panel that can be held still, with what they show now.
template <typename Use>
void forEachAxis(ChartPanel& panel, Use use)
{
    AxisValues x(panel.x), y(panel.y);
    for (const Series& series : panel.series) {
        x.add(series.x);
        for (const std::vector<double>* values : {&series.y, &series.low, &series.high})
            y.add(*values);
    }
    for (const ChartMark& mark : panel.marks) {
        x.add(mark.x);
        if (mark.kind == MarkKind::Best || mark.kind == MarkKind::Point)
            y.add(mark.y);
    }
    use(x.span(), panel.x.span);
    use(y.span(), panel.y.span);
}

template <typename Use>
void forEachAxis(CurvePanel& panel, Use use)
{
    Bounds bounds;
    const double least = panel.yLogarithmic ? 0.0 : -HUGE_VAL;
    for (const Curve& curve : panel.curves)
        bounds.add(curve.source->boundsAbove(least, curve.source->range()));
    if (panel.span)
        bounds = {panel.span->min, panel.span->max};
    use(bounds.empty() ? std::nullopt : std::optional(AxisSpan{bounds.min, bounds.max}), panel.span);
}

template <typename Other, typename Use>
void forEachAxis(Other&, Use)
{
}

template <typename Use>
void forEachAxis(Figure& figure, Use use)
{
    for (FigureRow& row : figure.rows)
        for (Panel& panel : row.panels)
            std::visit([&](auto& shown) { forEachAxis(shown, use); }, panel);
}

void shareAxes(std::vector<Figure>& figures)
{
    Spans shared;
    for (Figure& figure : figures) {
        std::size_t axis = 0;
        forEachAxis(figure, [&](const std::optional<AxisSpan>& shown, const std::optional<AxisSpan>&) {
            if (shared.size() == axis)
                shared.emplace_back();
            include(shared[axis++], shown);
        });
    }
    for (Figure& figure : figures) {
        std::size_t axis = 0;
        forEachAxis(figure,
                    [&](const std::optional<AxisSpan>&, std::optional<AxisSpan>& span) { span = shared[axis++]; });
    }
}

/// A line for 0 on one of them is on all.
void shareExtremes(std::vector<Figure>& figures)
{
    const std::vector<FigureRow>& rows = figures.front().rows;
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t p = 0; p < rows[r].panels.size(); ++p) {
            std::vector<ChartPanel*> charts;
            std::vector<CurvePanel*> curves;
            for (Figure& figure : figures) {
                if (r >= figure.rows.size() || p >= figure.rows[r].panels.size())
                    continue;
                Panel& panel = figure.rows[r].panels[p];
                if (auto* chart = std::get_if<ChartPanel>(&panel))
                    charts.push_back(chart);
                else if (auto* curve = std::get_if<CurvePanel>(&panel))
                    curves.push_back(curve);
            }
            placeExtremes(charts);
            placeExtremes(curves);
        }
}

void shareScales(std::vector<Figure>& figures)
{
    std::vector<ColourScale> shared = figures.front().scales;
    for (const Figure& figure : figures)
        for (std::size_t k = 0; k < shared.size(); ++k) {
            const ColourScale& scale = figure.scales[k];
            if (shared[k].empty)
                shared[k] = scale;
            else if (!scale.empty) {
                shared[k].min = std::min(shared[k].min, scale.min);
                shared[k].max = std::max(shared[k].max, scale.max);
            }
        }
    for (Figure& figure : figures)
        figure.scales = shared;
}

}  // namespace

std::vector<Figure> makeFrames(const std::vector<Recipe>& recipes, const Progress& progress)
{
    if (recipes.empty())
        return {};
    checkMemory(recipes);
    JointProgress joint(progress, recipes.size());
    const Progress beginning = joint.part(0);
    const FigureData first = evaluateFigure(recipes.front(), beginning);
    std::vector<Figure> figures(recipes.size());
    figures.front() = makeFigure(first);
    // The others train only what the first did not: of frames over steps, nothing.
    inParallel(recipes.size() - 1, [&](std::size_t k) {
        const Progress part = joint.part(k + 1);
        figures[k + 1] = makeFigure(evaluateFigure(recipes[k + 1], part, &first));
    });
    shareScales(figures);
    shareAxes(figures);
    shareExtremes(figures);
    return figures;
}

}  // namespace posbias
