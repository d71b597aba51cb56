// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figure/study_panels.h"

#include "core/base/rounding.h"
#include "core/learning/learn.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace posbias {
namespace {

ChartAxis stepAxis(const Result& result)
{
    std::int64_t last = 1;
    for (const auto& scheme : result.training.schemes)
        last = std::max(last, scheme->course ? scheme->course->steps() : scheme->fit.steps);
    const bool exact = !stepsOf(result.experiment.learning);
    return {exact ? "no steps: the exact minimum" : "step (log)", "step", AxisScale::FromZero, true,
            AxisSpan{0.0, static_cast<double>(last)}};
}

/// The steps at which schemes are shown; one line where that is the same.
std::vector<ChartMark> stepMarks(const Result& result, const SchemeList& schemes)
{
    if (!stepsOf(result.experiment.learning))
        return {};
    const auto mark = [&](std::size_t s, const std::string& letter) {
        const std::int64_t step = result.schemes[s].trained->step;
        const Role role = letter.empty() ? Role::Neutral : schemeRole(s);
        return ChartMark{MarkKind::Shown,
                         static_cast<double>(step),
                         0.0,
                         letter + "step " + grouped(step),
                         role,
                         letter.empty() ? "" : letter + grouped(step)};
    };
    const auto stepOf = [&](std::size_t s) { return result.schemes[s].trained->step; };
    if (std::ranges::all_of(schemes, [&](std::size_t s) { return stepOf(s) == stepOf(schemes.front()); }))
        return {mark(schemes.front(), {})};
    std::vector<ChartMark> marks;
    for (const std::size_t s : schemes)
        marks.push_back(mark(s, schemeLetter(s) + " "));
    return marks;
}

std::vector<double> numbers(const std::vector<std::int64_t>& whole)
{
    return {whole.begin(), whole.end()};
}

std::vector<double> above(std::vector<double> losses, double teacher)
{
    for (double& loss : losses)
        loss -= teacher;
    return losses;
}

/// What has no steps is a level line. Solid, in colour or without: dashes tell what is measured.
Series historySeries(const Result& result, const SchemeHistory& history, std::size_t s, std::vector<double> y)
{
    Series series = schemeSeries(result, s);
    if (series.line == SeriesLine::Dashed)
        series.line = SeriesLine::Solid;
    series.x = numbers(history.steps);
    series.y = std::move(y);
    if (series.x.size() == 1) {
        series.x = {0.0, stepAxis(result).span->max};
        series.y.push_back(series.y.front());
    }
    return series;
}

Series dashed(Series series, const std::string& name)
{
    series.label.clear();
    series.line = SeriesLine::Dashed;
    series.name += " " + name;
    return series;
}

}  // namespace

ChartPanel lossChart(const Result& result, const SchemeList& schemes, const TrainingHistory* history)
{
    ChartPanel panel;
    panel.title = "Loss above the teacher\u2019s own";
    panel.x = stepAxis(result);
    panel.y = {"nats per query", {}, AxisScale::Signed, false, {}};
    const Training& training = result.training;
    const std::int64_t every =
        heldOutInterval({training.corpus, training.heldOut, training.documents}, result.experiment.learning);
    const std::string best = every > 1 ? "best of one in " + grouped(every) + ": " : "best: ";
    for (const std::size_t s : history ? schemes : SchemeList()) {
        const SchemeHistory& scheme = history->schemes[s];
        panel.series.push_back(historySeries(result, scheme, s, above(scheme.trainNll, history->teacherTrainNll)));
        if (scheme.heldOutNll.empty())
            continue;
        Series held =
            dashed(historySeries(result, scheme, s, above(scheme.heldOutNll, history->teacherHeldOutNll)), "held-out");
        const auto lowest = every > 0 ? std::ranges::lower_bound(scheme.steps, scheme.chosen) - scheme.steps.begin()
                                      : static_cast<std::ptrdiff_t>(firstSmallest(held.y));
        const std::int64_t step = scheme.steps[static_cast<std::size_t>(lowest)];
        if (scheme.steps.size() > 1)
            panel.marks.push_back({MarkKind::Best, static_cast<double>(step), held.y[static_cast<std::size_t>(lowest)],
                                   best + grouped(step), schemeRole(s)});
        panel.series.push_back(std::move(held));
    }
    panel.series.push_back(lineMeaning("on training documents", SeriesLine::Solid));
    if (result.training.heldOut)
        panel.series.push_back(lineMeaning("held-out", SeriesLine::Dashed));
    std::ranges::move(stepMarks(result, schemes), std::back_inserter(panel.marks));
    addCoincidence(panel);
    return panel;
}

ChartPanel distanceBySteps(const Result& result, const SchemeList& schemes, const TrainingHistory* history)
{
    const Experiment& experiment = result.experiment;
    ChartPanel panel;
    panel.title = "Distance from the data (KL)";
    panel.x = stepAxis(result);
    panel.y = {"nats per query", {}, AxisScale::Logarithmic, false, {}};
    const bool two = experiment.length != experiment.trainingLength;
    for (const std::size_t s : history ? schemes : SchemeList()) {
        const SchemeHistory& scheme = history->schemes[s];
        panel.series.push_back(historySeries(result, scheme, s, scheme.klAtLength));
        if (two)
            panel.series.push_back(dashed(historySeries(result, scheme, s, scheme.klWithin), "within L"));
    }
    panel.series.push_back(lineMeaning(overTokens(experiment.length), SeriesLine::Solid));
    if (two)
        panel.series.push_back(lineMeaning("within the training length", SeriesLine::Dashed));
    panel.marks = stepMarks(result, schemes);
    addCoincidence(panel);
    return panel;
}

Series schemeSeries(const Result& result, std::size_t scheme)
{
    Series series;
    series.name = schemeLetter(scheme);
    series.label = schemeLabel(result, scheme);
    series.role = schemeRole(scheme);
    series.line = schemeLine(scheme);
    series.scheme = scheme;
    return series;
}

void addCoincidence(ChartPanel& panel)
{
    constexpr double seen = 3e-3;  ///< of the panel's height: less is no distance between two lines
    const bool logarithmic = panel.y.scale == AxisScale::Logarithmic;
    const double floor = logarithmic && panel.y.span ? panel.y.span->min : 0.0;  // what is below stands there
    const auto heightOf = [&](double y) { return scalePosition(panel.y.scale, logarithmic ? std::max(y, floor) : y); };
    double lowest = HUGE_VAL, highest = -HUGE_VAL;
    for (const Series& series : panel.series)
        for (const double y : series.y)
            if (const double height = heightOf(y); std::isfinite(height)) {
                lowest = std::min(lowest, height);
                highest = std::max(highest, height);
            }
    const double distance = lowest < highest ? seen * (highest - lowest) : 0.0;
    const auto same = [&](double a, double b) {
        return a == b || (std::isnan(a) && std::isnan(b)) || std::abs(heightOf(a) - heightOf(b)) <= distance;
    };
    const auto covers = [&](const Series& above, const Series& below) {
        const bool solid = above.line == SeriesLine::Solid || above.line == below.line;
        const auto hidden = [&](std::size_t k) {
            const auto at = std::ranges::lower_bound(above.x, below.x[k]);
            return at != above.x.end() && *at == below.x[k] &&
                   same(above.y[static_cast<std::size_t>(at - above.x.begin())], below.y[k]);
        };
        bool all = solid && !above.name.empty() && !above.y.empty();
        for (std::size_t k = 0; all && k < below.y.size(); ++k)
            all = hidden(k);
        return all && std::ranges::any_of(below.y, [](double y) { return std::isfinite(y); });
    };
    for (auto below = panel.series.begin(); below != panel.series.end(); ++below) {
        if (below->y.empty() || below->name.empty())
            continue;
        const auto above = std::find_if(panel.series.rbegin(), std::reverse_iterator(below + 1),
                                        [&](const Series& series) { return covers(series, *below); });
        if (above != std::reverse_iterator(below + 1))
            panel.note += (panel.note.empty() ? "" : "; ") + below->name + " lies under " + above->name;
    }
}

Series lineMeaning(std::string label, SeriesLine line)
{
    Series series;
    series.label = std::move(label);
    series.line = line;
    return series;
}

std::string overTokens(std::int64_t length)
{
    return "over " + grouped(length) + (length == 1 ? " token" : " tokens");
}

}  // namespace posbias
