// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/figure/study_panels.h"

#include <algorithm>
#include <cmath>

namespace posbias {
namespace {

/// Landings closer than this share of the axes are one mark.
constexpr double nearLevels = 0.02, nearDecades = 0.1;

/// The curve, and the present point where it stands beyond it.
Series levelSeries(const Result& result, const LevelStudy* study, std::size_t s, double level, double kl)
{
    Series series = schemeSeries(result, s);
    if (!study)
        return series;
    series.x = study->levels;
    series.y = study->schemes[s].kls;
    const auto at = std::ranges::upper_bound(series.x, level) - series.x.begin();
    series.x.insert(series.x.begin() + at, level);
    series.y.insert(series.y.begin() + at, kl);
    return series;
}

/// Optimizers that end at the same place are named together.
void addLandings(ChartPanel& panel, const LevelStudy& study, std::size_t s)
{
    const double range = study.levels.back() - study.levels.front();
    const std::size_t first = panel.marks.size();
    for (const Landing& landing : study.schemes[s].landings) {
        const auto same = std::find_if(
            panel.marks.begin() + static_cast<std::ptrdiff_t>(first), panel.marks.end(), [&](const ChartMark& mark) {
                return std::abs(mark.x - landing.level) < nearLevels * range &&
                       std::abs(std::log10(mark.y / landing.kl)) < nearDecades;
            });
        if (same != panel.marks.end())
            same->label += " \u00b7 " + landing.label;
        else
            panel.marks.push_back({MarkKind::Point, landing.level, landing.kl, landing.label, schemeRole(s)});
    }
}

/// With room beneath for handles and names.
AxisSpan roomySpan(const ChartPanel& panel)
{
    double low = HUGE_VAL, high = 0.0;
    const auto add = [&](double kl) {
        low = kl > 0.0 ? std::min(low, kl) : low;
        high = std::max(high, kl);
    };
    for (const Series& series : panel.series)
        std::ranges::for_each(series.y, add);
    for (const ChartMark& mark : panel.marks)
        add(mark.y);
    return low < high ? AxisSpan{low / std::pow(high / low, 0.25), high * std::pow(high / low, 0.05)}
                      : AxisSpan{0.5 * high, 2.0 * high};
}

}  // namespace

ChartPanel levelChart(const Result& result, const SchemeList& schemes, const LevelStudy* study)
{
    const Experiment& experiment = result.experiment;
    for (const std::size_t s : schemes)
        if (s > 1)
            throw InputError("schemes", "the panel \"level\" has scheme " + schemeLetter(s) +
                                            "; it must have A, B or both, which are the ones that can be shifted");
    ChartPanel panel;
    panel.title = "Distance from the data " + overTokens(experiment.length) + " (KL)";
    panel.x = {"level: mean of the trained biases", "level", AxisScale::Linear, false, {}};
    panel.y = {"nats per query", {}, AxisScale::Logarithmic, false, {}};
    for (const std::size_t s : schemes) {
        const double level = levelOf(*result.schemes[s].trained), kl = result.schemes[s].atLength.kl;
        panel.series.push_back(levelSeries(result, study, s, level, kl));
        if (study)
            addLandings(panel, *study, s);
        if (study && study->schemes[s].immune)
            panel.note += (panel.note.empty() ? "" : "; ") + schemeLetter(s) + ": no level makes a difference";
    }
    for (const std::size_t s : schemes) {
        const double level = levelOf(*result.schemes[s].trained);
        panel.marks.push_back({MarkKind::Handle, level, result.schemes[s].atLength.kl, schemeLetter(s), schemeRole(s)});
    }
    addCoincidence(panel);
    const AxisSpan span = roomySpan(panel);
    if (span.max > 0.0)
        panel.y.span = span;
    return panel;
}

}  // namespace posbias
