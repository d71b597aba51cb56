// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figure/panels.h"

#include <algorithm>
#include <cmath>

namespace posbias {
namespace {

/// Maps come first: of the height that they share with curves they take a little more.
constexpr double mapWeight = 1.4;

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
    return {std::move(label), ColourMapName::RedBlue, -end, end, false};
}

ColourScale attentionScale(double smallest)
{
    // Whole decades; what is below a hundred-millionth is not worth a colour of its own.
    const double decades = std::clamp(std::ceil(-std::log10(smallest)), 1.0, 8.0);
    return {"attention", ColourMapName::Viridis, std::pow(10.0, -decades), 1.0, true};
}

MapPanel schemePanel(const Result& result, std::size_t scheme, std::shared_ptr<const MapSource> source, std::size_t scale)
{
    MapPanel panel;
    panel.title = schemeName(result.schemes[scheme].trained->scheme);
    panel.subtitle = trainingSubtitle(result, scheme);
    panel.role = schemeRole(scheme);
    panel.source = std::move(source);
    panel.scale = scale;
    panel.hatched = untrainedOffsets(result, scheme);
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

/// Another map, and a constant: costs nothing to make.
class RaisedMap : public MapSource {
public:
    RaisedMap(std::shared_ptr<const MapSource> map, double by) : m_map(std::move(map)), m_by(by) {}

    PixelGrid pixels(const CellRect& rect, int width, int height, const Progress& progress) const override
    {
        PixelGrid grid = m_map->pixels(rect, width, height, progress);
        for (std::size_t p = 0; p < grid.value.size(); ++p)
            if (grid.coverage[p] > 0.0f)
                grid.value[p] += m_by;
        return grid;
    }
    double at(std::int64_t query, std::int64_t key) const override
    {
        return mask() == Mask::Causal && key > query ? 0.0 : m_map->at(query, key) + m_by;
    }
    std::int64_t length() const override { return m_map->length(); }
    Mask mask() const override { return m_map->mask(); }

private:
    std::shared_ptr<const MapSource> m_map;
    double m_by;
};

std::shared_ptr<const MapSource> raised(std::shared_ptr<const MapSource> map, double by)
{
    return by == 0.0 ? map : std::make_shared<const RaisedMap>(std::move(map), by);
}

}  // namespace

FigureRow biasMaps(Figure& figure, const Result& result, bool raw)
{
    // Maps are kept relative to offset 0; raw biases are these, b(0) higher.
    const SchemeResult& a = result.schemes[0];
    const SchemeResult& b = result.schemes[1];
    const double a0 = a.attention->bias()[0], b0 = b.attention->bias()[0];
    const double raiseA = raw ? a0 : 0.0, raiseB = raw ? b0 : 0.0, shiftA = raw ? 0.0 : a0, shiftB = raw ? 0.0 : b0;
    const Bounds rangeA = a.biasBounds->of(a.biasBounds->range()), rangeB = b.biasBounds->of(b.biasBounds->range());
    const Bounds& difference = result.ranges.biasDifference;
    const std::size_t scale = figure.scales.size();
    figure.scales.push_back(sequential("bias", std::min(rangeA.min - shiftA, rangeB.min - shiftB),
                                       std::max(rangeA.max - shiftA, rangeB.max - shiftB)));
    figure.scales.push_back(diverging("difference", std::max(std::abs(difference.min + raiseB - raiseA),
                                                             std::abs(difference.max + raiseB - raiseA))));
    FigureRow row{{}, mapWeight};
    row.panels = {schemePanel(result, 0, raised(a.biasMap, raiseA), scale),
                  schemePanel(result, 1, raised(b.biasMap, raiseB), scale),
                  differencePanel("B \u2212 A", "difference of the two, same cells",
                                  raised(result.biasDifference, raiseB - raiseA), scale + 1)};
    return row;
}

FigureRow attentionMaps(Figure& figure, const Result& result)
{
    const std::size_t scale = figure.scales.size();
    figure.scales.push_back(attentionScale(result.ranges.smallestWeight));
    figure.scales.push_back(diverging("log\u2081\u2080 B / A", std::min(result.ranges.largestRatio, 8.0)));
    FigureRow row{{}, mapWeight};
    row.panels = {schemePanel(result, 0, result.schemes[0].attentionMap, scale),
                  schemePanel(result, 1, result.schemes[1].attentionMap, scale),
                  differencePanel("B / A", "ratio of the two, as powers of ten", result.attentionDifference,
                                  scale + 1)};
    return row;
}

}  // namespace posbias
