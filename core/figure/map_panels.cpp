// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figure/map_panels.h"

#include "core/base/rounding.h"
#include "core/evaluation/result_curves.h"
#include "core/fields/parameter_map.h"

#include <algorithm>
#include <cmath>

namespace posbias {
namespace {

/// Another map, and a constant: costs nothing to make. What is not above `rounding` is 0.
class RaisedMap : public MapSource {
public:
    RaisedMap(std::shared_ptr<const MapSource> map, double by, double rounding)
        : m_map(std::move(map)), m_by(by), m_rounding(rounding)
    {
    }

    PixelGrid pixels(const CellRect& rect, int width, int height, const Progress& progress) const override
    {
        PixelGrid grid = m_map->pixels(rect, width, height, progress);
        for (std::size_t p = 0; p < grid.value.size(); ++p)
            if (grid.coverage[p] > 0.0f)
                grid.value[p] = raised(grid.value[p]);
        return grid;
    }
    double at(std::int64_t query, std::int64_t key) const override
    {
        return mask() == Mask::Causal && key > query ? 0.0 : raised(m_map->at(query, key));
    }
    std::int64_t length() const override { return m_map->length(); }
    Mask mask() const override { return m_map->mask(); }
    std::vector<ValueRun> runs(OffsetRange within, std::size_t most) const override
    {
        std::vector<ValueRun> runs = m_map->runs(within, most);
        for (ValueRun& run : runs)
            run.value = raised(run.value);
        return runs;
    }

private:
    double raised(double value) const { return beyondRounding(value + m_by, m_rounding); }

    std::shared_ptr<const MapSource> m_map;
    double m_by, m_rounding;
};

std::shared_ptr<const MapSource> raised(std::shared_ptr<const MapSource> map, double by, double rounding)
{
    return by == 0.0 ? map : std::make_shared<const RaisedMap>(std::move(map), by, rounding);
}

/// Maps are kept relative to offset 0; raw biases are these, b(0) higher.
double raiseOf(const MapSubject& subject)
{
    return subject.raw ? subject.first->attention->bias()[0] : 0.0;
}

/// Of a pair.
Bounds differencesOf(const MapSubject& subject)
{
    return subject.isOwnPair() ? subject.first.result->ranges.biasDifference
                               : biasDifferences(*subject.first, *subject.second);
}

double raiseOfDifference(const MapSubject& subject)
{
    const double difference = subject.second->attention->bias()[0] - subject.first->attention->bias()[0];
    return subject.raw ? beyondRounding(difference, biasRounding(*subject.first, *subject.second)) : 0.0;
}

std::shared_ptr<const MapSource> sourceOf(const MapSubject& subject)
{
    const Result& result = *subject.first.result;
    switch (subject.show) {
    case PanelKind::Parameters:
        return parameterMap(subject.first->trained->table, result.experiment.mask, result.experiment.length);
    case PanelKind::Bias: return raised(subject.first->biasMap, raiseOf(subject), 0.0);
    case PanelKind::BiasDifference:
        return raised(subject.isOwnPair() ? result.biasDifference : biasDifference(*subject.first, *subject.second),
                      raiseOfDifference(subject), biasRounding(*subject.first, *subject.second));
    case PanelKind::AttentionRatio:
        return subject.isOwnPair() ? result.attentionDifference
                                   : attentionRatio(*subject.first, *subject.second, differencesOf(subject).onlyZero());
    default: return subject.first->attentionMap;
    }
}

MapPanel schemePanel(const SchemeOf& of)
{
    MapPanel panel;
    panel.title = schemeName(of->trained->scheme);
    panel.role = schemeRole(of.scheme);
    panel.subtitle = trainingSubtitle(*of.result, of.scheme);
    panel.hatched = untrainedOffsets(*of.result, of.scheme);
    return panel;
}

MapPanel differencePanel(const MapSubject& subject)
{
    const bool ratio = subject.show == PanelKind::AttentionRatio;
    const std::string first = schemeLetter(subject.first.scheme), second = schemeLetter(subject.second.scheme);
    MapPanel panel;
    if (subject.first.scheme == subject.second.scheme) {
        panel.title = "Change of " + second;
        panel.subtitle = ratio ? "ratio to what it is without, as powers of ten" : "difference from what it is without";
    } else {
        panel.title = second + (ratio ? " / " : " \u2212 ") + first;
        panel.subtitle = ratio ? "ratio of the two, as powers of ten" : "difference of the two, same cells";
    }
    if (differencesOf(subject).onlyZero() && (ratio || raiseOfDifference(subject) == 0.0))
        panel.subtitle = "no difference in any cell";
    return panel;
}

}  // namespace

double largestDifference(const MapSubject& subject)
{
    const Bounds bounds = differencesOf(subject);
    const double raise = raiseOfDifference(subject), rounding = biasRounding(*subject.first, *subject.second);
    return beyondRounding(std::max(std::abs(bounds.min + raise), std::abs(bounds.max + raise)), rounding);
}

MapPanel mapPanel(const MapSubject& subject)
{
    MapPanel panel = schemesShown(subject.show) == 2 ? differencePanel(subject) : schemePanel(subject.first);
    panel.source = sourceOf(subject);
    panel.parameters = subject.show == PanelKind::Parameters;
    if (subject.show == PanelKind::Attention)
        panel.masked = 0.0;
    else if (panel.parameters)
        panel.masked = static_cast<double>(noParameter);
    return panel;
}

}  // namespace posbias
