// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/figure/figure_panels.h"

#include "core/base/error.h"
#include "core/experiment/fields.h"
#include "core/experiment/value_text.h"
#include "core/figure/study_panels.h"

#include <algorithm>
#include <numeric>

namespace posbias {
namespace {

bool showsAllSchemes(PanelKind kind)
{
    switch (kind) {
    case PanelKind::DistanceByLength:
    case PanelKind::UntrainedByLength:
    case PanelKind::DistanceByQuery:
    case PanelKind::SweepWithin:
    case PanelKind::SweepAtLength: return true;
    default: return false;
    }
}

CurvePanel rawProfile(const Result& result, const SchemeList& schemes)
{
    CurvePanel profile = biasProfile(result, schemes, true);
    profile.title = "Bias by offset, as it is";
    return profile;
}

ChartPanel withoutSchemeLabels(ChartPanel panel)
{
    for (Series& series : panel.series)
        if (!series.name.empty())
            series.label.clear();
    return panel;
}

/// "Adam", "Learning rate 0.03", "B: Buckets 8".
std::string settingText(const FieldDescription& field)
{
    std::string value;
    if (const auto* whole = std::get_if<std::int64_t>(&field.value))
        value = grouped(*whole);
    else if (const auto* real = std::get_if<double>(&field.value))
        value = numberText(*real);
    else if (const auto choice = std::ranges::find(field.choices, std::get<std::string>(field.value), &FieldChoice::id);
             choice != field.choices.end())
        value = choice->label;
    if (field.path == "learning.optimizer")
        return value;
    const std::string_view scheme = "scheme.";
    const std::string letter = field.group.starts_with(scheme)
                                   ? schemeLetter(std::stoul(field.group.substr(scheme.size()))) + ": "
                                   : std::string();
    return letter + field.label + (value.empty() ? "" : " " + value);
}

/// Titles of a scheme's maps have its settings, and titles of rows their query.
bool isTold(const FieldDescription& field, PanelKind show)
{
    return field.group == "title" || field.group == "view" ||
           (schemesShown(show) == 1 && field.group.starts_with("scheme."));
}

std::string settingsText(const PanelDesign& panel, const Experiment& experiment)
{
    std::string text;
    for (const FieldDescription& field : describeFields(experiment))
        if (std::ranges::find(panel.set, field.path, &FieldSetting::path) != panel.set.end() &&
            !isTold(field, panel.show))
            text += (text.empty() ? "" : ", ") + settingText(field);
    return text;
}

}  // namespace

SchemeList schemesOf(const PanelDesign& panel, const Experiment& experiment)
{
    for (const std::size_t scheme : panel.schemes)
        if (scheme >= experiment.schemes.size())
            throw InputError("schemes", "the panel \"" + panelId(panel.show) + "\" shows scheme number " +
                                            std::to_string(scheme + 1) + "; the experiment has " +
                                            std::to_string(experiment.schemes.size()));
    if (!panel.schemes.empty())
        return panel.schemes;
    SchemeList schemes(showsAllSchemes(panel.show) ? experiment.schemes.size() : schemesShown(panel.show).value_or(2));
    std::iota(schemes.begin(), schemes.end(), std::size_t{0});
    return schemes;
}

MapSubject mapSubject(const PanelDesign& panel, const FigureData& data)
{
    const Result& result = *data.of(panel).result;
    const SchemeList schemes = schemesOf(panel, result.experiment);
    MapSubject subject{panel.show, {&result, schemes.front()}, {&result, schemes.back()}, data.design.options.rawBias};
    if (schemes.size() == 2 && schemes.front() == schemes.back())
        subject.first.result = data.parts.front().result.get();
    return subject;
}

Panel panelOf(const PanelDesign& panel, const FigureData& data, bool explained)
{
    const FigurePart& part = data.of(panel);
    const Result& result = *part.result;
    const Studies& studies = part.studies;
    const SchemeList schemes = schemesOf(panel, result.experiment);
    const auto labelled = [&](ChartPanel chart) { return explained ? withoutSchemeLabels(std::move(chart)) : chart; };
    switch (panel.show) {
    case PanelKind::Buckets: return ribbons(result, schemes);
    case PanelKind::Profile: return biasProfile(result, schemes, data.design.options.rawBias);
    case PanelKind::RawProfile: return rawProfile(result, schemes);
    case PanelKind::AttentionRow: return attentionRow(result, schemes);
    case PanelKind::Exposure: return exposureProfile(result, schemes);
    case PanelKind::EffectiveSamples: return effectiveProfile(result, schemes);
    case PanelKind::ParameterCounts: return parameterCounts(result, schemes);
    case PanelKind::Losses: return labelled(lossChart(result, schemes, studies.history.get()));
    case PanelKind::DistanceBySteps: return labelled(distanceBySteps(result, schemes, studies.history.get()));
    case PanelKind::DistanceByLength: return distanceByLength(result, schemes, studies.generalization.get());
    case PanelKind::UntrainedByLength: return untrainedByLength(result, schemes, studies.generalization.get());
    case PanelKind::DistanceByQuery: return distanceByQuery(result, schemes, studies.generalization.get());
    case PanelKind::Causes: return causes(result, schemes, studies.generalization.get());
    case PanelKind::Level: return labelled(levelChart(result, schemes, studies.level.get()));
    case PanelKind::SweepWithin: return sweepChart(result, schemes, studies.sweep.get(), SweepLength::Training);
    case PanelKind::SweepAtLength: return sweepChart(result, schemes, studies.sweep.get(), SweepLength::Shown);
    case PanelKind::Parameters:
    case PanelKind::Bias:
    case PanelKind::BiasDifference:
    case PanelKind::Attention:
    case PanelKind::AttentionRatio: break;
    }
    return mapPanel(mapSubject(panel, data));
}

std::string titleOf(std::string own, const PanelDesign& panel, const FigureData& data)
{
    if (!panel.title.empty())
        return panel.title;
    if (panel.set.empty())
        return own;
    const std::string text = settingsText(panel, data.of(panel).result->experiment);
    return text.empty() ? own : own + " \u00b7 " + text;
}

}  // namespace posbias
