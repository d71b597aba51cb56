// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/logarithmic_steps.h"
#include "core/figure/study_panels.h"

#include <algorithm>

namespace posbias {
namespace {

constexpr std::int64_t shortestTraining = 16, longTraining = 4096;
constexpr std::size_t trainingLengthsAsked = 33;

/// The experiment's own among them.
std::vector<std::int64_t> trainingLengths(std::int64_t own)
{
    const std::int64_t last = std::min(maxLength, std::max(longTraining, 4 * own));
    auto lengths = logarithmicSteps(std::min(shortestTraining, own), last, trainingLengthsAsked);
    if (const auto at = std::ranges::lower_bound(lengths, own); *at != own)
        lengths.insert(at, own);
    return lengths;
}

}  // namespace

ChartPanel parameterCounts(const Result& result, const SchemeList& schemes)
{
    const Experiment& experiment = result.experiment;
    const auto lengths = trainingLengths(experiment.trainingLength);
    ChartPanel panel;
    panel.title = "Learned parameters";
    panel.x = {"training length L (log)", "L", AxisScale::Logarithmic, true,
               AxisSpan{static_cast<double>(lengths.front()), static_cast<double>(lengths.back())}};
    panel.y = {{}, {}, AxisScale::Logarithmic, true, {}};
    panel.marks = {trainingLengthMark(experiment)};
    for (const std::size_t s : schemes) {
        Series series = schemeSeries(result, s);
        for (const std::int64_t length : lengths) {
            series.x.push_back(static_cast<double>(length));
            series.y.push_back(
                static_cast<double>(parameterTable(experiment.schemes[s], experiment.mask, length).parameterCount()));
        }
        panel.series.push_back(std::move(series));
    }
    return panel;
}

}  // namespace posbias
