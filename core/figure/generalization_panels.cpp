// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figure/study_panels.h"

#include <algorithm>
#include <cmath>

namespace posbias {
namespace {

constexpr std::size_t distanceDecades = 5;  ///< what is smaller by more is nothing beside the rest

ChartPanel lengthChart(const Result& result, std::string title)
{
    const Experiment& experiment = result.experiment;
    ChartPanel panel;
    panel.title = std::move(title);
    panel.x = {"evaluation length n (log)", "n", AxisScale::Logarithmic, true, AxisSpan{1.0, 1 << 20}};
    panel.marks = {trainingLengthMark(experiment),
                   {MarkKind::Shown, static_cast<double>(experiment.length), 0.0, "n = " + grouped(experiment.length)}};
    return panel;
}

/// From the largest value downwards.
void limitDecades(ChartPanel& panel)
{
    double low = 0.0, high = 0.0;
    for (const Series& series : panel.series)
        for (const double y : series.y) {
            high = std::max(high, y);
            if (y > 0.0 && (low == 0.0 || y < low))
                low = y;
        }
    double least = high;
    for (std::size_t k = 0; k < distanceDecades; ++k)
        least /= 10.0;
    low = std::max(low, least);
    if (high > 0.0 && high < 1.5 * low)  // all but one value: the decades about it
        panel.y.span =
            AxisSpan{std::pow(10.0, std::floor(std::log10(low))), std::pow(10.0, std::floor(std::log10(high)) + 1.0)};
    else if (high > 0.0)
        panel.y.span = AxisSpan{low, high};
}

/// One value of each length for every scheme shown.
void addSeries(ChartPanel& panel, const Result& result, const SchemeList& schemes, const Generalization* study,
               double Comparison::*value)
{
    for (const std::size_t s : schemes) {
        Series series = schemeSeries(result, s);
        if (study) {
            series.x.assign(study->lengths.begin(), study->lengths.end());
            for (const Comparison& at : study->schemes[s].atLengths)
                series.y.push_back(at.*value);
        }
        panel.series.push_back(std::move(series));
    }
    if (study)
        panel.x.span->max = static_cast<double>(study->lengths.back());
    addCoincidence(panel);
}

}  // namespace

ChartMark trainingLengthMark(const Experiment& experiment)
{
    return {MarkKind::TrainingLength,
            static_cast<double>(experiment.trainingLength),
            0.0,
            "training length " + grouped(experiment.trainingLength),
            Role::Neutral,
            "L = " + grouped(experiment.trainingLength)};
}

ChartPanel distanceByLength(const Result& result, const SchemeList& schemes, const Generalization* study)
{
    ChartPanel panel = lengthChart(result, "Distance from the data (KL)");
    panel.y = {"nats per query", {}, AxisScale::Logarithmic, false, {}};
    addSeries(panel, result, schemes, study, &Comparison::kl);
    limitDecades(panel);
    return panel;
}

ChartPanel untrainedByLength(const Result& result, const SchemeList& schemes, const Generalization* study)
{
    ChartPanel panel = lengthChart(result, "Attention on untrained offsets");
    panel.y.title = "share";
    panel.y.span = AxisSpan{0.0, 1.0};
    addSeries(panel, result, schemes, study, &Comparison::untrainedMass);
    return panel;
}

ChartPanel distanceByQuery(const Result& result, const SchemeList& schemes, const Generalization* study)
{
    const Experiment& experiment = result.experiment;
    ChartPanel panel;
    panel.title = "Distance by query, n = " + grouped(experiment.length);
    panel.x = {"query position i", "i", AxisScale::Linear, true,
               AxisSpan{0.0, static_cast<double>(std::max<std::int64_t>(experiment.length - 1, 1))}};
    panel.y = {"nats", {}, AxisScale::Logarithmic, false, {}};
    // With both sides visible a query past it may have trained offsets only, and one before it may not.
    if (experiment.trainingLength < experiment.length && experiment.mask == Mask::Causal)
        panel.marks = {trainingLengthMark(experiment)};
    for (const std::size_t s : schemes) {
        Series series = schemeSeries(result, s);
        if (study) {
            for (std::size_t k = 0; k + 1 < study->positions.size(); ++k)
                series.x.push_back(0.5 * static_cast<double>(study->positions[k] + study->positions[k + 1] - 1));
            series.y = study->schemes[s].klByPosition;
        }
        panel.series.push_back(std::move(series));
    }
    limitDecades(panel);
    addCoincidence(panel);
    return panel;
}

BarPanel causes(const Result& result, const SchemeList& schemes, const Generalization* study)
{
    BarPanel panel;
    panel.title = "Where the distance at n comes from";
    panel.unit = "nats per query";
    panel.totalLabel = "distance (KL)";
    for (const std::size_t s : schemes) {
        Bar bar{schemeLabel(result, s), schemeRole(s), {}, 0.0, s};
        if (study) {
            const Decomposition& gap = study->schemes[s].gap;
            bar.parts = {{"untrained and level", gap.untrained, true},
                         {"optimizer", gap.optimizer},
                         {"finite data", gap.estimation},
                         {"coarse sharing", gap.sharing}};
            bar.total = gap.total;
        }
        panel.bars.push_back(std::move(bar));
    }
    return panel;
}

}  // namespace posbias
