// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figure/study_panels.h"

#include <algorithm>
#include <set>

namespace posbias {
namespace {

/// Nothing: the scheme does not have the setting.
std::optional<std::int64_t> presentValue(const Experiment& experiment, std::size_t scheme)
{
    const SweepOver over = experiment.sweep.over;
    if (over == SweepOver::Documents)
        return experiment.corpus.documents;
    const auto* t5 = std::get_if<T5>(&experiment.schemes[scheme]);
    if (!t5)
        return {};
    return over == SweepOver::Buckets ? t5->buckets : t5->maxDistance;
}

ChartAxis settingAxis(const SweepPlan& plan)
{
    ChartAxis axis;
    axis.scale = AxisScale::Logarithmic;
    axis.wholeNumbers = true;
    switch (plan.over) {
    case SweepOver::Buckets: axis.title = "number of buckets (log)", axis.symbol = "buckets"; break;
    case SweepOver::MaxDistance: axis.title = "maximum distance (log)", axis.symbol = "max distance"; break;
    case SweepOver::Documents: axis.title = "training documents (log)", axis.symbol = "documents"; break;
    }
    if (!plan.values.empty())
        axis.span = AxisSpan{static_cast<double>(plan.values.front()), static_cast<double>(plan.values.back())};
    return axis;
}

/// "32 buckets", "maximum distance 128", "40 documents": the value of the experiment itself.
std::string experimentValue(SweepOver over, std::int64_t value)
{
    switch (over) {
    case SweepOver::Buckets: return grouped(value) + (value == 1 ? " bucket" : " buckets");
    case SweepOver::MaxDistance: return "maximum distance " + grouped(value);
    case SweepOver::Documents: return grouped(value) + (value == 1 ? " document" : " documents");
    }
    return {};
}

/// One line for all schemes that have the same value now; where there are several, they say whose.
std::vector<ChartMark> presentMarks(const Experiment& experiment, const SchemeList& schemes)
{
    std::vector<ChartMark> marks;
    std::vector<std::string> letters;
    for (const std::size_t s : schemes) {
        const auto value = presentValue(experiment, s);
        if (!value)
            continue;
        const auto x = static_cast<double>(*value);
        const auto same = std::ranges::find(marks, x, &ChartMark::x);
        if (same != marks.end()) {
            same->role = Role::Neutral;
            letters[static_cast<std::size_t>(same - marks.begin())] += ", " + schemeLetter(s);
            continue;
        }
        marks.push_back(
            {MarkKind::Shown, x, 0.0, experimentValue(experiment.sweep.over, *value), schemeRole(s), grouped(*value)});
        letters.push_back(schemeLetter(s));
    }
    for (std::size_t k = 0; k < marks.size() && marks.size() > 1; ++k)
        for (std::string* label : {&marks[k].label, &marks[k].brief})
            *label = letters[k] + ": " + *label;
    return marks;
}

std::string skippedNote(const Sweep& sweep)
{
    constexpr std::size_t named = 4;
    std::set<std::int64_t> values;
    for (const SkippedValue& skipped : sweep.skipped)
        if (skipped.value)
            values.insert(*skipped.value);
    std::string note;
    std::size_t count = 0;
    for (const std::int64_t value : values) {
        if (count == named && values.size() > named + 1) {
            note += " and " + std::to_string(values.size() - named) + " more";
            break;
        }
        note += (note.empty() ? "skipped: " : ", ") + grouped(value);
        ++count;
    }
    return note;
}

/// Schemes without the setting are level lines from side to side.
Series sweptSeries(const Result& result, const SweepSeries& found, const ChartAxis& x)
{
    Series series = schemeSeries(result, found.scheme);
    series.y = found.mean;
    series.low = found.low;
    series.high = found.high;
    if (!found.values.empty()) {
        series.x.assign(found.values.begin(), found.values.end());
        series.dots = true;
        return series;
    }
    series.x = {x.span->min, x.span->max};
    for (std::vector<double>* values : {&series.y, &series.low, &series.high})
        values->push_back(values->front());
    return series;
}

}  // namespace

ChartPanel sweepChart(const Result& result, const SchemeList& schemes, const Sweep* sweep, SweepLength over)
{
    const Experiment& experiment = result.experiment;
    const std::int64_t length = over == SweepLength::Training ? experiment.trainingLength : experiment.length;
    const SweepPlan plan = sweep ? sweep->plan : sweepPlan(experiment);
    ChartPanel panel;
    panel.title = over == SweepLength::Training ? "Within the training length" : "O" + overTokens(length).substr(1);
    panel.x = settingAxis(plan);
    panel.y = {"distance (KL, nats)", {}, AxisScale::Logarithmic, false, {}};
    panel.marks = presentMarks(experiment, schemes);
    const std::vector<SweepSeries> all = sweep ? summarize(*sweep) : std::vector<SweepSeries>();
    for (const std::size_t s : schemes) {
        const auto at = std::ranges::find_if(
            all, [&](const SweepSeries& series) { return series.length == length && series.scheme == s; });
        if (at == all.end()) {
            panel.series.push_back(schemeSeries(result, s));
            continue;
        }
        const SweepSeries& found = *at;
        panel.series.push_back(sweptSeries(result, found, panel.x));
        if (found.best)
            panel.marks.push_back({MarkKind::Best, static_cast<double>(found.values[*found.best]),
                                   found.mean[*found.best], "best: " + grouped(found.values[*found.best]),
                                   schemeRole(found.scheme)});
    }
    if (sweep)
        panel.note = skippedNote(*sweep);
    addCoincidence(panel);
    return panel;
}

}  // namespace posbias
