// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figure/map_panels.h"

#include "core/fields/parameter_map.h"

namespace posbias {
namespace {

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
    std::vector<ValueRun> runs(OffsetRange within, std::size_t most) const override
    {
        std::vector<ValueRun> runs = m_map->runs(within, most);
        for (ValueRun& run : runs)
            run.value += m_by;
        return runs;
    }

private:
    std::shared_ptr<const MapSource> m_map;
    double m_by;
};

std::shared_ptr<const MapSource> raised(std::shared_ptr<const MapSource> map, double by)
{
    return by == 0.0 ? map : std::make_shared<const RaisedMap>(std::move(map), by);
}

/// Maps are kept relative to offset 0; raw biases are these, b(0) higher.
double raiseOf(const MapSubject& subject)
{
    if (!subject.raw)
        return 0.0;
    const double second = subject.second->attention->bias()[0];
    return subject.show == PanelKind::Bias ? second : second - subject.first->attention->bias()[0];
}

std::shared_ptr<const MapSource> sourceOf(const MapSubject& subject)
{
    const Result& result = *subject.first.result;
    switch (subject.show) {
    case PanelKind::Parameters:
        return parameterMap(subject.first->trained->table, result.experiment.mask, result.experiment.length);
    case PanelKind::Bias: return raised(subject.first->biasMap, raiseOf(subject));
    case PanelKind::BiasDifference:
        return raised(subject.isOwnPair() ? result.biasDifference
                                          : biasDifferenceMap(subject.first->biasMap, subject.second->biasMap),
                      raiseOf(subject));
    case PanelKind::AttentionRatio:
        return subject.isOwnPair() ? result.attentionDifference
                                   : attentionRatioMap(subject.first->attentionMap, subject.second->attentionMap);
    default: return subject.first->attentionMap;
    }
}

/// Colours name A and B; other schemes need their letter.
MapPanel schemePanel(const SchemeOf& of)
{
    MapPanel panel;
    panel.title = schemeName(of->trained->scheme);
    panel.role = schemeRole(of.scheme);
    if (panel.role == Role::Neutral)
        panel.title = schemeLetter(of.scheme) + " " + panel.title;
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
    return panel;
}

}  // namespace

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
