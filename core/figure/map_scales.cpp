// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figure/map_panels.h"

#include "core/evaluation/result_curves.h"

#include <algorithm>
#include <cmath>

namespace posbias {
namespace {

using Subjects = std::vector<MapSubject>;

/// The next number up that reads well at the end of a scale: 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten.
double roundedUp(double value)
{
    const double decade = std::pow(10.0, std::floor(std::log10(value)));
    for (const double digit : {1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0})
        if (value <= digit * decade)
            return digit * decade;
    return 10.0 * decade;
}

double roundedOutwards(double value)
{
    return value == 0.0 ? 0.0 : std::copysign(roundedUp(std::abs(value)), value);
}

/// Ends that read well. Not empty: a constant field still gets a scale.
ColourScale sequential(double min, double max)
{
    min = min < 0.0 ? roundedOutwards(min) : 0.0;
    max = max > 0.0 ? roundedOutwards(max) : 0.0;
    if (min == max)
        min = max - 1.0;
    return {"bias", ColourMapName::Viridis, min, max, false};
}

/// With room to spare, so that the largest difference keeps a colour on which lines can be read.
ColourScale diverging(std::string label, double largest)
{
    const double end = largest > 0.0 ? roundedUp(1.4 * largest) : 1.0;
    return {std::move(label), ColourMapName::RedBlue, -end, end, false, true, largest == 0.0};
}

// ---- What the maps hold ----------------------------------------------------------------------------------------

ColourScale biasScale(const Subjects& subjects)
{
    Bounds all;
    for (const MapSubject& subject : subjects) {
        Bounds range = subject.first->biasBounds->of(subject.first->biasBounds->range());
        const double shift = subject.raw ? 0.0 : subject.first->attention->bias()[0];
        range.min -= shift;
        range.max -= shift;
        all.add(range);
    }
    return sequential(all.min, all.max);
}

/// Above 0, of the telltale queries (MapRanges). A result knows that of its A and B together.
double smallestWeight(const SchemeOf& of, const Subjects& beside)
{
    const auto completesPair = [&](const MapSubject& other) {
        return other.first.result == of.result && other.first.scheme == 1 - of.scheme;
    };
    if (of.scheme < 2 && std::ranges::any_of(beside, completesPair))
        return of.result->ranges.smallestWeight;
    const std::int64_t last = of->attention->length() - 1;
    double smallest = 1.0;
    for (const std::int64_t query : {last, std::min(last, of.result->experiment.trainingLength - 1)}) {
        const auto row = attentionRowCurve(*of->attention, of->biasBounds, query);
        smallest = std::min(smallest, row->boundsAbove(0.0, row->range()).min);
    }
    return smallest;
}

ColourScale attentionScale(const Subjects& subjects)
{
    double smallest = 1.0;
    for (const MapSubject& subject : subjects)
        smallest = std::min(smallest, smallestWeight(subject.first, subjects));
    // Whole decades; what is below a hundred-millionth is not worth a colour of its own.
    const double decades = std::clamp(std::ceil(-std::log10(smallest)), 1.0, 8.0);
    return {"attention", ColourMapName::Viridis, std::pow(10.0, -decades), 1.0, true};
}

double largestRatio(const MapSubject& subject)
{
    return subject.isOwnPair()
               ? subject.first.result->ranges.largestRatio
               : mapRanges(*subject.first, *subject.second, subject.first.result->experiment.trainingLength)
                     .largestRatio;
}

/// "log10 B / A" where all show that.
std::string ratioLabel(const Subjects& subjects)
{
    const MapSubject& one = subjects.front();
    const bool same = one.first.scheme != one.second.scheme && std::ranges::all_of(subjects, [&](const MapSubject& s) {
                          return s.first.scheme == one.first.scheme && s.second.scheme == one.second.scheme;
                      });
    const std::string pair = schemeLetter(one.second.scheme) + " / " + schemeLetter(one.first.scheme);
    return "log\u2081\u2080 " + (same ? pair : "ratio");
}

template <typename Size>
double largestOf(const Subjects& subjects, Size size)
{
    double largest = 0.0;
    for (const MapSubject& subject : subjects)
        largest = std::max(largest, size(subject));
    return largest;
}

ColourScale parameterScale(const Subjects& subjects)
{
    const double last = largestOf(subjects, [](const MapSubject& subject) {
        return static_cast<double>(subject.first->trained->table.parameterCount() - 1);
    });
    return {"parameter", ColourMapName::Viridis, 0.0, std::max(last, 1.0), false};
}

ColourScale scaleOf(const Subjects& subjects)
{
    switch (subjects.front().show) {
    case PanelKind::Parameters: return parameterScale(subjects);
    case PanelKind::Bias: return biasScale(subjects);
    case PanelKind::BiasDifference: return diverging("difference", largestOf(subjects, largestDifference));
    case PanelKind::AttentionRatio:
        return diverging(ratioLabel(subjects), std::min(largestOf(subjects, largestRatio), 8.0));
    default: return attentionScale(subjects);
    }
}

}  // namespace

ColourScale fittedScale(const std::vector<MapSubject>& subjects, const Dress& dress)
{
    ColourScale scale = scaleOf(subjects);
    scale.map = scale.differences ? differencesOf(dress) : dress.colours;
    return scale;
}

}  // namespace posbias
