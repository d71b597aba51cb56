// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figure/panels.h"

#include <algorithm>
#include <cmath>

namespace posbias {
namespace {

/// Maps come first: of the height that they share with curves they take a little more.
constexpr double mapWeight = 1.4;

struct Extremes {
    double min, max;
};

Extremes extremes(const OffsetValues& values, double shift)
{
    const auto [min, max] = std::ranges::minmax(values.values);
    return {min - shift, max - shift};
}

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
ColourScale sequential(std::string label, double min, double max)
{
    min = min < 0.0 ? roundedOutwards(min) : 0.0;
    max = max > 0.0 ? roundedOutwards(max) : 0.0;
    if (min == max)
        min = max - 1.0;
    return {std::move(label), ColourMapName::Viridis, min, max, false};
}

/// With room to spare, so that the largest difference keeps a colour on which lines can be read.
ColourScale diverging(std::string label, double largest)
{
    const double end = largest > 0.0 ? roundedUp(1.4 * largest) : 1.0;
    return {std::move(label), ColourMapName::Diverging, -end, end, false};
}

/// Attention of a late query and of the last one inside the training length: together they span the weights.
std::vector<double> telltaleRow(const Result& result, std::size_t scheme)
{
    const std::int64_t n = result.experiment.length;
    std::vector<double> row = result.schemes[scheme].attention->row(n - 1);
    const std::vector<double> inside =
        result.schemes[scheme].attention->row(std::min(n, result.experiment.trainingLength) - 1);
    row.insert(row.end(), inside.begin(), inside.end());
    return row;
}

ColourScale attentionScale(const std::vector<double>& a, const std::vector<double>& b)
{
    double smallest = 1.0;
    for (const auto* row : {&a, &b})
        for (double weight : *row)
            if (weight > 0.0)
                smallest = std::min(smallest, weight);
    // Whole decades; what is below a hundred-millionth is not worth a colour of its own.
    const double decades = std::clamp(std::ceil(-std::log10(smallest)), 1.0, 8.0);
    return {"attention", ColourMapName::Viridis, std::pow(10.0, -decades), 1.0, true};
}

ColourScale ratioScale(const std::vector<double>& a, const std::vector<double>& b)
{
    double largest = 0.0;
    for (std::size_t j = 0; j < a.size(); ++j)
        if (a[j] > 0.0 && b[j] > 0.0)
            largest = std::max(largest, std::abs(std::log10(b[j] / a[j])));
    return diverging("log\u2081\u2080 B / A", std::min(largest, 8.0));
}

MapPanel schemePanel(const Result& result, std::size_t scheme, std::shared_ptr<const MapSource> source, std::size_t scale)
{
    MapPanel panel;
    panel.title = schemeName(result.schemes[scheme].trained->scheme);
    panel.subtitle = trainingSubtitle(result, scheme);
    panel.role = schemeRole(scheme);
    panel.source = std::move(source);
    panel.scale = scale;
    panel.hatched = result.training.untrained(scheme, visibleOffsets(result.experiment.mask, result.experiment.length));
    return panel;
}

MapPanel differencePanel(std::string title, std::string subtitle, std::shared_ptr<const MapSource> source, std::size_t scale)
{
    MapPanel panel;
    panel.title = std::move(title);
    panel.subtitle = std::move(subtitle);
    panel.source = std::move(source);
    panel.scale = scale;
    return panel;
}

double largestDifference(const OffsetValues& a, const OffsetValues& b, bool raw)
{
    const double shiftA = raw ? 0.0 : a[0], shiftB = raw ? 0.0 : b[0];
    double largest = 0.0;
    for (std::size_t d = 0; d < a.values.size(); ++d)
        largest = std::max(largest, std::abs((b.values[d] - shiftB) - (a.values[d] - shiftA)));
    return largest;
}

std::shared_ptr<const MapSource> rawMap(const OffsetValues& values, const Result& result)
{
    return biasMap(values, result.experiment.mask, result.experiment.length);
}

}  // namespace

FigureRow biasMaps(Figure& figure, const Result& result, bool raw)
{
    const OffsetValues& a = result.schemes[0].attention->bias();
    const OffsetValues& b = result.schemes[1].attention->bias();
    const Extremes rangeA = extremes(a, raw ? 0.0 : a[0]), rangeB = extremes(b, raw ? 0.0 : b[0]);
    const std::size_t scale = figure.scales.size();
    figure.scales.push_back(sequential("bias", std::min(rangeA.min, rangeB.min), std::max(rangeA.max, rangeB.max)));
    figure.scales.push_back(diverging("difference", largestDifference(a, b, raw)));

    OffsetValues difference = b;
    for (std::size_t d = 0; raw && d < difference.values.size(); ++d)
        difference.values[d] -= a.values[d];
    FigureRow row{{}, mapWeight};
    row.panels = {schemePanel(result, 0, raw ? rawMap(a, result) : result.schemes[0].biasMap, scale),
                  schemePanel(result, 1, raw ? rawMap(b, result) : result.schemes[1].biasMap, scale),
                  differencePanel("B \u2212 A", "difference of the two, same cells",
                                  raw ? rawMap(difference, result) : result.biasDifference, scale + 1)};
    return row;
}

FigureRow attentionMaps(Figure& figure, const Result& result)
{
    const std::vector<double> a = telltaleRow(result, 0), b = telltaleRow(result, 1);
    const std::size_t scale = figure.scales.size();
    figure.scales.push_back(attentionScale(a, b));
    figure.scales.push_back(ratioScale(a, b));
    FigureRow row{{}, mapWeight};
    row.panels = {schemePanel(result, 0, result.schemes[0].attentionMap, scale),
                  schemePanel(result, 1, result.schemes[1].attentionMap, scale),
                  differencePanel("B / A", "ratio of the two, as powers of ten", result.attentionDifference, scale + 1)};
    return row;
}

}  // namespace posbias
